import assert from 'node:assert/strict';
import { hourMs } from '../../src/decision/time.ts';
import { attributeDrift } from '../../src/ledger/attribution.ts';
import { lagSince, lapsesAbout, usualRecharges } from '../../src/ledger/drift-evidence.ts';
import type { Funding } from '../../src/ledger/facts.ts';
import { readAttribution, storeAttribution } from '../../src/ledger/stored-attribution.ts';
import { moneyOf } from '../money/builders.ts';
import { at, call, funding, ledger, usage } from './builders.ts';

const units = (amount: string): bigint => moneyOf(amount).microUnits;

describe('the evidence of a drift', () => {
  const came = (...amounts: readonly (readonly [Funding['kind'], string])[]): readonly Funding[] =>
    amounts.map(([kind, amount], index) => ({
      id: `f${index}`,
      kind,
      amount: moneyOf(amount),
      at: at('2026-01-01'),
      recordedBy: 'buyer',
      reference: null,
    }));

  it('has the recharges that came most often, at most three of them', () => {
    const fundings = came(
      ['recharge', '50'],
      ['purchase', '900'],
      ['recharge', '200'],
      ['recharge', '200'],
      ['recharge', '30'],
      ['recharge', '70'],
    );
    assert.deepEqual(usualRecharges(fundings), [units('200'), units('30'), units('50')]);
  });

  it('has the purchases where nothing was ever recharged, and nothing where no money came in', () => {
    assert.deepEqual(usualRecharges(came(['purchase', '100'])), [units('100')]);
    assert.deepEqual(usualRecharges([]), []);
  });

  const bought = [
    funding({ id: 'F1', at: at('2025-03-10'), amount: moneyOf('100') }),
    funding({ id: 'F2', at: at('2026-03-01'), amount: moneyOf('500') }),
    usage('u1', call('2025-06-01T09:00', '40')),
  ];
  const lapseCases: readonly (readonly [sentence: string, when: string, lapses: readonly string[]])[] = [
    ['none long before', '2026-03-06', []],
    ['what is left of a lot, below zero, before its end', '2026-03-07', ['-60']],
    ['the same on its last day', '2026-03-10T12:00', ['-60']],
    ['what lapsed, above zero, just after its end', '2026-03-11', ['60']],
    ['none long after', '2026-03-14', []],
  ];
  for (const [sentence, when, lapses] of lapseCases) {
    it(`of funds that lapse has ${sentence}`, () => {
      const { state } = ledger(at(when), ...bought);
      assert.deepEqual(lapsesAbout(state, at(when)), lapses.map(units));
    });
  }

  const lag = { low: 16n, high: 160n };
  const lagCases: readonly (readonly [hours: number, low: bigint, high: bigint])[] = [
    [0, 0n, 0n],
    [4, 0n, 40n],
    [16, 0n, 160n],
    [24, 16n, 160n],
    [240, 16n, 160n],
  ];
  for (const [hours, low, high] of lagCases) {
    it(`has a lag of ${low} to ${high} where the check before is ${hours} hours old`, () => {
      const checkedAt = at('2026-03-01');
      assert.deepEqual(lagSince(lag, { checkedAt, at: checkedAt + hours * hourMs }), { low, high });
    });
  }

  it('comes to parts that are read back as they were stored', () => {
    const parts = attributeDrift({
      drift: units('145.000001'),
      unreported: { low: units('2'), high: units('18') },
      usualRecharges: [units('200')],
      lapses: [units('-50')],
      changedRows: units('-1.5'),
      rejected: { rows: 0, charges: null },
      limit: units('8'),
    });
    assert.ok(parts.length > 2);
    assert.deepEqual(readAttribution(JSON.parse(JSON.stringify(storeAttribution(parts)))), parts);
  });

  it('is read in the first shape that was ever stored', () => {
    const stored = { v: 1, parts: [{ cause: 'lag', microUnits: '-5000000', certainty: 'likely' }] };
    const parts = [{ cause: 'lag', microUnits: -5_000_000n, certainty: 'likely' }];
    assert.deepEqual(readAttribution(stored), parts);
    assert.throws(() => readAttribution({ ...stored, v: 2 }));
  });
});
