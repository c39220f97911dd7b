import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays } from '../../src/decision/time.ts';
import { type ForecastQuestion, futures } from '../../src/forecast/forecast.ts';
import { leastToReach, type Spending, worthOf } from '../../src/forecast/worth.ts';
import { dollars, firstDay, questionOf, seriesOf } from './series-of.ts';

const constant = Array.from({ length: 60 }, () => 10);
const today = addDays(firstDay, constant.length);

function spendingOf(question: ForecastQuestion): Spending {
  const ahead = futures(question);
  return ahead.kind === 'futures' ? { ahead, funds: question.funds } : assert.fail('too early');
}

describe('what an amount buys', () => {
  it('is days, until a date, with a probability', () => {
    assert.deepEqual(worthOf(spendingOf(questionOf(constant, 55)), dollars(110)), {
      until: addDays(firstDay, 60 + 15),
      untilWithout: addDays(firstDay, 60 + 4),
      days: 11,
      certainty: 8_000,
    });
  });

  it('is nothing for nothing', () => {
    const worth = worthOf(spendingOf(questionOf(seriesOf('bursts', 1, 90), 1_000)), 0n);
    assert.deepEqual([worth.days, worth.until], [0, worth.untilWithout]);
  });

  it('has no date beyond a year', () => {
    const worth = worthOf(spendingOf(questionOf(constant, 55)), dollars(1e6));
    assert.deepEqual([worth.until, worth.days], [null, null]);
  });
});

describe('the least amount to reach a day', () => {
  // Ten dollars a day, and fifty-five of them: five days end with money left.
  const cases: readonly [sentence: string, daysAhead: number, least: bigint][] = [
    ['is nothing for today, which has begun', 0, 0n],
    ['is nothing where there is enough', 5, 0n],
    ['is what the next day lacks, and the smallest bit more', 6, dollars(5) + 1n],
    ['grows with each day', 16, dollars(105) + 1n],
  ];
  for (const [sentence, daysAhead, least] of cases) {
    it(sentence, () => {
      const spending = spendingOf(questionOf(constant, 55));
      assert.equal(leastToReach(spending, addDays(today, daysAhead)), least);
    });
  }

  it('lasts until the day before, and a bit less of it does not', () => {
    const families = ['a weekday pattern', 'bursts', 'spend on one day of three'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...families),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 1, max: 60 }),
        (family, seed, balance, daysAhead) => {
          const lot = { amount: dollars(balance / 2), expiresAt: Date.parse('2025-04-20T12:00:00Z') };
          const question = questionOf(seriesOf(family, seed, 90), balance, { seed });
          const spending = spendingOf({ ...question, funds: { ...question.funds, lots: [lot] } });
          const day = addDays(addDays(firstDay, 90), daysAhead);
          const least = leastToReach(spending, day);
          const { until } = worthOf(spending, least);
          assert.ok(until === null || until >= addDays(day, -1), `${least} lasts until ${until}`);
          if (least === 0n) return;
          const { until: lacking } = worthOf(spending, least - 1n);
          assert.ok(lacking !== null && lacking < addDays(day, -1));
        },
      ),
      { numRuns: 30 },
    );
  });
});
