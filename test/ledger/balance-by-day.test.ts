import assert from 'node:assert/strict';
import { balanceByDay } from '../../src/ledger/balance-by-day.ts';
import { toDecimal } from '../../src/money/money.ts';
import { at, call, day, followedBy, funding, type Ledger, ledger, observe, usage } from './builders.ts';

const now = at('2026-06-01');

function balances({ state }: Ledger, ...days: readonly string[]): readonly string[] {
  return balanceByDay(state, days.map(day)).map((each) => `${each.day} ${toDecimal(each.balance)}`);
}

describe('balanceByDay', () => {
  it('is zero where nothing is known', () => {
    assert.deepEqual(balances(ledger(now), '2026-03-01'), ['2026-03-01 0.00']);
  });

  it('follows when things took effect, not when they were recorded', () => {
    const told = ledger(
      now,
      usage('B1', call('2026-03-03T23:59', '5')),
      funding({ id: 'F1', at: at('2026-03-02T12:00') }),
      usage('B2', call('2026-03-02T08:00', '20')),
    );
    assert.deepEqual(balances(told, '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'), [
      '2026-03-01 0.00',
      '2026-03-02 80.00',
      '2026-03-03 75.00',
      '2026-03-04 75.00',
    ]);
  });

  it('is the figure read, at the end of its day less the calls after it', () => {
    const told = ledger(
      now,
      usage('B1', call('2026-03-01', '30'), call('2026-03-02T13:00', '5')),
      observe({ id: 'O1', at: at('2026-03-02T12:00'), usageBefore: 30_000_000n }),
    );
    assert.deepEqual(balances(told, '2026-03-01', '2026-03-02'), ['2026-03-01 -30.00', '2026-03-02 95.00']);
  });

  it('has funds to the end of the day on which they lapse', () => {
    const told = followedBy(
      ledger(now, funding({ id: 'F1', at: at('2026-03-02T12:00') })),
      { type: 'settle' },
      at('2027-04-01'),
    );
    assert.deepEqual(balances(told, '2027-03-01', '2027-03-02'), ['2027-03-01 100.00', '2027-03-02 0.00']);
  });
});
