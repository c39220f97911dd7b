import assert from 'node:assert/strict';
import { readAccount, readEvent, storeAccount, storeEvent } from '../../src/ledger/stored-account.ts';
import { moneyOf } from '../money/builders.ts';
import { at, call, day, funding, ledger, observe, usage } from './builders.ts';

const now = at('2027-06-01');
const { state, log } = ledger(
  now,
  funding({ id: 'F1', reference: 'order 7', amount: moneyOf('100000000.000001') }),
  usage('B1', call('2026-03-01', '30')),
  observe({ id: 'O1', at: at('2026-04-01'), usageBefore: 30_000_000n }),
);

describe('the stored account', () => {
  it('has amounts as text, for a JSON number keeps only 53 bits', () => {
    const { totals } = JSON.parse(JSON.stringify(storeAccount(state)));
    assert.equal(totals.funding, state.totals.funding.toString());
  });

  it('is the same text for the same state', () => {
    const { usageByDay } = ledger(now, usage('B2', call('2026-03-02', '1'), call('2026-03-01', '1'))).state;
    const turned = new Map([...usageByDay].reverse());
    assert.equal(
      JSON.stringify(storeAccount({ ...state, usageByDay })),
      JSON.stringify(storeAccount({ ...state, usageByDay: turned })),
    );
  });

  // A sample of version 1 as it was once written: it must be read for as long as this version exists.
  it('still reads version 1', () => {
    const stored = {
      v: 1,
      currency: 'USD',
      totals: { credits: '70000000', funding: '-100000000', usage: '30000000', expiry: '0', adjustment: '0' },
      entries: 2,
      fundings: [
        {
          id: 'F1',
          kind: 'purchase',
          amount: { currency: 'USD', microUnits: '100000000' },
          at: 1767225600000,
          recordedBy: 'buyer',
          reference: null,
        },
      ],
      observations: [],
      usageByDay: { '2026-03-01': '30000000' },
      settlements: {},
      chargedCalls: 1,
      settledAt: 1780272000000,
    };
    const read = readAccount(stored);
    assert.deepEqual(read.usageByDay.get(day('2026-03-01')), 30_000_000n);
    assert.deepEqual(JSON.parse(JSON.stringify(storeAccount(read))), stored);
  });

  const stored = storeAccount(state) as Record<string, unknown>;
  const foreign: readonly [sentence: string, shape: unknown][] = [
    ['another version', { ...stored, v: 2 }],
    ['nothing', null],
    ['an amount as a number', { ...stored, totals: { ...state.totals, credits: 5 } }],
    ['an amount that is no integer', { ...stored, usageByDay: { '2026-03-01': '1.5' } }],
    ['a day that is none', { ...stored, usageByDay: { yesterday: '1' } }],
    ['a currency that is none', { ...stored, currency: 'QQQ' }],
    ['a missing part', { ...stored, settledAt: undefined }],
  ];
  for (const [sentence, shape] of foreign) {
    it(`is not read from a foreign shape: ${sentence}`, () => {
      assert.throws(() => readAccount(shape));
    });
  }
});

describe('a stored event', () => {
  for (const event of log) {
    it(`is read back as it was: ${event.type}`, () => {
      assert.deepEqual(readEvent(JSON.parse(JSON.stringify(storeEvent(event)))), event);
    });
  }

  it('is not read from a foreign shape', () => {
    assert.throws(() => readEvent({ v: 1, type: 'accountClosed', recordedAt: 0, entries: [] }));
  });
});
