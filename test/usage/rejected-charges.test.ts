import assert from 'node:assert/strict';
import { type RejectedCall, rejectedCall, rejectedCharges } from '../../src/usage/rejected-charges.ts';
import { eur, fixture, idOf, readAll, usd } from './samples.ts';

const span = { from: Date.parse('2026-10-01T00:00:00Z'), to: Date.parse('2026-10-02T00:00:00Z') };
const whole: RejectedCall = {
  id: null,
  startedAt: span.from,
  currency: usd,
  capability: 'MCOPSTNPP',
  charge: 1_000_000n,
};

describe('a call whose row could not be taken in', () => {
  it('tells what can be read of it, the money from its own text', () => {
    const content = `{"id":"${idOf(7)}","startDateTime":"2026-10-01T05:05:59Z","charge":0.30000000000000004,"currency":"usd","licenseCapability":"MCOPSTNPP","duration":"long"}`;
    assert.deepEqual(rejectedCall({ kind: 'row', source: 'graph', content }), {
      id: idOf(7),
      startedAt: Date.parse('2026-10-01T05:05:59Z'),
      currency: 'USD',
      capability: 'MCOPSTNPP',
      charge: 300_000n,
    });
  });

  it('tells the same of a row of the report', async () => {
    const exported = new TextDecoder().decode(fixture('pstn-usage-export.csv'));
    const rows = await readAll(exported.replace('0.00,0.13,EUR', '0.00,-0.13,EUR'));
    const rejected = rows.find(({ kind }) => kind === 'rejected');
    assert.ok(rejected?.kind === 'rejected');
    const { charge, currency, capability } = rejectedCall({ ...rejected, kind: 'row' });
    assert.deepEqual([charge, currency, capability], [-130_000n, 'EUR', 'MCOPSTNPP']);
  });

  for (const content of ['"no row"', '{"charge":', '', `{"charge":${'1'.repeat(60)}}`]) {
    it(`tells nothing where it is ${content.slice(0, 20) || 'empty'}`, () => {
      const nothing = { id: null, startedAt: null, currency: null, capability: null, charge: null };
      assert.deepEqual(rejectedCall({ kind: 'row', source: 'graph', content }), nothing);
    });
  }
});

describe('what rejected calls may have taken from a balance', () => {
  const cases: readonly (readonly [string, Partial<RejectedCall>, rows: number, charges: bigint | null])[] = [
    ['is their charge', {}, 1, 1_000_000n],
    ['is unknown where the charge cannot be read', { charge: null }, 1, null],
    ['is unknown where the currency cannot be read', { currency: null }, 1, null],
    [
      'may be theirs where the time or what pays cannot be read',
      { startedAt: null, capability: null },
      1,
      1_000_000n,
    ],
    ['is nothing before the stretch', { startedAt: span.from - 1 }, 0, null],
    ['is nothing from its end on', { startedAt: span.to }, 0, null],
    ['is nothing in another currency', { currency: eur }, 0, null],
    ['is nothing where a plan pays', { capability: 'MCOMEETADD' }, 0, null],
  ];
  for (const [sentence, told, rows, charges] of cases) {
    it(sentence, () => {
      assert.deepEqual(rejectedCharges([{ ...whole, ...told }], { currency: usd, span }), { rows, charges });
    });
  }

  it('is the sum of what can be read', () => {
    const calls = [whole, { ...whole, charge: 250_000n }, { ...whole, charge: null }];
    assert.deepEqual(rejectedCharges(calls, { currency: usd, span }), { rows: 3, charges: 1_250_000n });
  });
});
