import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayMs } from '../../src/decision/time.ts';
import { readDecimal } from '../../src/money/read-decimal.ts';
import { type SandboxFunding, sandboxFundings } from '../../src/sandbox/fundings.ts';
import { makeUsage } from '../../src/sandbox/usage-maker.ts';
import { usageMaking } from './sandbox-usage.ts';

function microUnits({ amount }: SandboxFunding): bigint {
  return readDecimal(amount)?.microUnits ?? assert.fail(amount);
}

describe('fundings of the sandbox', () => {
  const end = fc.integer({
    min: Date.parse('2026-01-01T00:00:00Z'),
    max: Date.parse('2031-01-01T00:00:00Z'),
  });

  it('leave a balance that is worth asking for, whenever the sandbox is started', () => {
    fc.assert(
      fc.property(end, (endAt) => {
        const calls = makeUsage({ ...usageMaking, endAt });
        const fundings = sandboxFundings(calls, endAt);
        const kinds = fundings.map(({ kind }) => kind);
        assert.equal(kinds[0], 'opening');
        assert.equal(kinds.filter((kind) => kind === 'recharge').length, 3);
        assert.equal(kinds.filter((kind) => kind === 'purchase').length, 1);

        const check = fundings.find(({ kind }) => kind === 'check') ?? assert.fail('no check');
        const after = fundings.filter(({ at, kind }) => at > check.at && kind !== 'check');
        const spent = calls
          .filter(({ startedAt }) => startedAt >= check.at)
          .reduce((sum, call) => sum + call.chargeMicroUnits, 0n);
        const left = after.reduce((sum, funding) => sum + microUnits(funding), microUnits(check)) - spent;
        assert.ok(left > 400_000_000n && left < 700_000_000n, `${left} micro-units left`);
      }),
      { numRuns: 15 },
    );
  });

  it('lie before the end, in their order, each with an id of its own', () => {
    const endAt = Date.parse('2026-11-24T00:00:00Z');
    const fundings = sandboxFundings(makeUsage({ ...usageMaking, endAt }), endAt);
    assert.ok(fundings.every(({ at }) => at < endAt && at > endAt - 93 * dayMs));
    assert.deepEqual(
      fundings.map(({ at }) => at),
      fundings.map(({ at }) => at).sort((left, right) => left - right),
    );
    assert.equal(new Set(fundings.map(({ id }) => id)).size, fundings.length);
  });
});
