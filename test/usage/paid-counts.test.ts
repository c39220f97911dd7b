import assert from 'node:assert/strict';
import { type Day, utcDay } from '../../src/decision/time.ts';
import { decideIntake } from '../../src/usage/intake.ts';
import { type FundedRow, firstKnown, isFunded } from '../../src/usage/known-row.ts';
import { monthsOf, paidCount, paidField, paidModel, readPaidField } from '../../src/usage/paid-counts.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import { idOf, knownAfter, usageRow, usd } from './samples.ts';

const day = (text: string) => text as Day;

describe('a price that was paid', () => {
  const cases: readonly [sentence: string, row: Partial<UsageRow>, perStartedMinute: bigint][] = [
    ['is the charge of one minute', { durationSeconds: 60 }, 130_000n],
    ['goes by the minutes that were begun', { durationSeconds: 61 }, 65_000n],
    ['is of one minute for a call of a second', { durationSeconds: 1 }, 130_000n],
    ['is kept to a tenth of a cent, so that equal prices meet', { durationSeconds: 420 }, 19_000n],
    ['is kept to a tenth of a won', { currency: 'KRW' as never, charge: 13_770_000n }, 13_800_000n],
  ];
  for (const [sentence, row, perStartedMinute] of cases) {
    it(sentence, () => {
      assert.equal(paidField(funded(row))?.perStartedMinute, perStartedMinute);
    });
  }

  it('is told with its day, its way and the beginning of the number that was called', () => {
    const field = {
      day: day('2026-10-01'),
      direction: 'out',
      digits: '49305550',
      perStartedMinute: 130_000n,
    };
    assert.deepEqual(paidField(funded()), field);
    assert.deepEqual(paidField(funded({ callType: 'conf_in', calleeNumber: '+18005550123' })), {
      ...field,
      direction: 'in',
      digits: '18005550',
    });
  });

  it('keeps the digits before a mask', () => {
    assert.equal(paidField(funded({ calleeNumber: '+34912****' }))?.digits, '34912');
  });

  it('is none without a length or a number', () => {
    assert.equal(paidCount(funded({ durationSeconds: 0 }), 1n), null);
    assert.equal(paidCount(funded({ calleeNumber: null }), 1n), null);
    assert.equal(paidCount(funded({ calleeNumber: 'anonymous' }), 1n), null);
  });

  it('reads back from the field that it was counted in', () => {
    const row = funded();
    const count = paidCount(row, 1n) ?? assert.fail('no price');
    assert.equal(count.model, 'paid:USD:2026-10');
    assert.deepEqual(readPaidField(count.field), paidField(row));
    assert.throws(() => readPaidField('2026-10-01|out|49|0.13'), RangeError);
  });
});

describe('the prices that were paid', () => {
  const paidIn = (rows: readonly UsageRow[], known = knownAfter()) =>
    decideIntake(rows, known).counts.filter(({ model }) => model === paidModel(usd, '2026-10'));

  it('are counted with the rows that told of them', () => {
    const counts = paidIn([usageRow({ id: idOf(1) }), usageRow({ id: idOf(2) })]);
    assert.deepEqual(counts, [
      { model: 'paid:USD:2026-10', field: '2026-10-01|out|49305550|130000', by: 2n },
    ]);
  });

  it('move with a correction, and are counted once when a row is told again', () => {
    const known = knownAfter([usageRow()]);
    assert.deepEqual(paidIn([usageRow()], known), []);
    const corrected = paidIn([usageRow({ charge: 260_000n })], known);
    assert.deepEqual(
      corrected.map(({ field, by }) => [readPaidField(field).perStartedMinute, by]),
      [
        [130_000n, -1n],
        [260_000n, 1n],
      ],
    );
  });

  it('lie in one model a month, of which ninety days need four at most', () => {
    const to = utcDay(Date.parse('2026-11-24T12:00:00Z'));
    assert.deepEqual(monthsOf({ from: day('2026-08-27'), to }), ['2026-08', '2026-09', '2026-10', '2026-11']);
    assert.deepEqual(monthsOf({ from: to, to }), ['2026-11']);
  });
});

function funded(row: Partial<UsageRow> = {}): FundedRow {
  const known = firstKnown(usageRow(row));
  if (!isFunded(known)) throw new Error('The row moves no balance.');
  return known;
}
