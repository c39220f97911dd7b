import assert from 'node:assert/strict';
import { lotBook, lots, lotsThatPaid } from '../../src/ledger/lots.ts';
import { moneyOf } from '../money/builders.ts';
import { at, call, day, funding, ledger, observe, usage } from './builders.ts';

const now = at('2026-06-01');

/** Lots in short: what each still has and what lapsed of it, in whole units. */
function purse(facts: Parameters<typeof lots>[0], asOf: number) {
  return lots(facts, asOf).map(({ id, remaining, expired }) => [
    id,
    remaining / 1_000_000n,
    expired / 1_000_000n,
  ]);
}

describe('lots', () => {
  it('are consumed first in, first out, whatever the order in which they were told', () => {
    const { state } = ledger(
      now,
      funding({ id: 'young', at: at('2026-03-01') }),
      usage('B1', call('2026-04-01', '130')),
      funding({ id: 'old', at: at('2026-02-01') }),
    );
    assert.deepEqual(purse(state, now), [
      ['funding:old', 0n, 0n],
      ['funding:young', 70n, 0n],
    ]);
  });

  it('can be traced both ways', () => {
    const { state } = ledger(
      now,
      funding({ id: 'A', at: at('2026-02-01') }),
      funding({ id: 'B', at: at('2026-03-01') }),
      usage('B1', call('2026-04-01', '90'), call('2026-04-02', '30')),
    );
    const found = lots(state, now);
    assert.deepEqual(
      found.map((lot) => [...lot.consumedByDay]),
      [
        [
          [day('2026-04-01'), 90_000_000n],
          [day('2026-04-02'), 10_000_000n],
        ],
        [[day('2026-04-02'), 20_000_000n]],
      ],
    );
    assert.deepEqual(
      lotsThatPaid(day('2026-04-02'), found).map(({ lot, microUnits }) => [lot.id, microUnits]),
      [
        ['funding:A', 10_000_000n],
        ['funding:B', 20_000_000n],
      ],
    );
    assert.deepEqual(lotsThatPaid(day('2026-04-03'), found), []);
  });

  it('leave a deficit when they are used up, which the next funds pay first', () => {
    const short = ledger(now, funding({ id: 'A' }), usage('B1', call('2026-02-01', '130'))).state;
    assert.equal(lotBook(short, now).deficit, 30_000_000n);

    const { state } = ledger(
      now,
      funding({ id: 'A' }),
      usage('B1', call('2026-02-01', '130')),
      funding({ id: 'B', at: at('2026-03-01') }),
    );
    const book = lotBook(state, now);
    assert.equal(book.deficit, 0n);
    assert.deepEqual([...(book.lots[1]?.consumedByDay ?? [])], [[day('2026-02-01'), 30_000_000n]]);
  });

  it('live to the end of the UTC day of their expiry', () => {
    const { state } = ledger(now, funding({ id: 'A', at: at('2026-01-10T08:00') }));
    assert.deepEqual(purse(state, at('2027-01-10T23:59')), [['funding:A', 100n, 0n]]);
    assert.deepEqual(purse(state, at('2027-01-11T00:00')), [['funding:A', 0n, 100n]]);
  });

  it('still pay the calls of their last day, made after their hour', () => {
    const { state } = ledger(
      at('2027-01-10T20:00'),
      funding({ id: 'A', at: at('2026-01-10T08:00') }),
      usage('B1', call('2027-01-10T19:00', '40')),
    );
    assert.deepEqual(purse(state, at('2027-02-01')), [['funding:A', 0n, 60n]]);
  });

  it('pay the calls of their own first day, made before they came in', () => {
    const { state } = ledger(
      now,
      usage('B1', call('2026-01-10T07:00', '40')),
      funding({ id: 'A', at: at('2026-01-10T08:00') }),
    );
    assert.deepEqual(purse(state, now), [['funding:A', 60n, 0n]]);
  });

  it('do not lapse for a call that is dated after today', () => {
    const { state } = ledger(now, funding({ id: 'A' }), usage('B1', call('2030-01-01', '40')));
    assert.deepEqual(purse(state, now), [['funding:A', 60n, 0n]]);
  });

  it('are opened by the first figure read, for a year at most', () => {
    const [lot] = lots(ledger(now, observe({ id: 'O1', at: at('2026-02-01T10:00') })).state, now);
    assert.deepEqual(
      [lot?.id, lot?.kind, lot?.expiresAt],
      ['observation:O1', 'opening', at('2027-02-01T10:00')],
    );
  });

  it('are written off, oldest first, where a figure is less than the ledger says', () => {
    const { state } = ledger(
      now,
      observe({ id: 'O1' }),
      funding({ id: 'A', at: at('2026-02-01') }),
      observe({ id: 'O2', at: at('2026-03-01'), amount: moneyOf('70') }),
    );
    assert.deepEqual(
      lots(state, now).map((lot) => [lot.id, lot.remaining, lot.writtenOff]),
      [
        ['observation:O1', 0n, 100_000_000n],
        ['funding:A', 70_000_000n, 30_000_000n],
      ],
    );
  });

  it('gain one of unknown origin, where a figure is more than the ledger says', () => {
    const { state } = ledger(
      now,
      observe({ id: 'O1' }),
      observe({ id: 'O2', at: at('2026-03-01'), amount: moneyOf('150') }),
    );
    const found = lots(state, now)[1];
    assert.deepEqual([found?.kind, found?.remaining], ['unknown', 50_000_000n]);
  });

  it('follow a figure below zero', () => {
    const { state } = ledger(now, observe({ id: 'O1', amount: moneyOf('-20') }));
    assert.equal(lotBook(state, now).deficit, 20_000_000n);
  });

  it('stand on what started before a figure of the same day, to the call', () => {
    const { state } = ledger(
      now,
      observe({ id: 'O1', at: at('2026-02-01T12:00') }),
      usage('B1', call('2026-02-01T11:59', '30'), call('2026-02-01T12:01', '5')),
      funding({ id: 'A', at: at('2026-02-01T11:00') }),
    );
    // The purchase of 100 paid the call before the figure; what the figure had beyond the 70 left is of unknown origin.
    assert.deepEqual(purse(state, now), [
      ['funding:A', 65n, 0n],
      ['observation:O1', 30n, 0n],
    ]);
  });
});
