import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render } from '../../cards/render.ts';
import type { BalanceAnswer, BalanceFigures } from '../../src/answers/answer.ts';
import { addDays, dayMs, utcDay } from '../../src/decision/time.ts';
import { currency } from '../../src/money/currency.ts';
import { type Money, money } from '../../src/money/money.ts';
import { brokenRules } from './card-rules.ts';
import { factsIn } from './facts-in-text.ts';
import { readers } from './samples.ts';

const now = readers.en.now;
const largest = 10n ** 18n;
const amountsUpTo = (limit: bigint) => fc.bigInt({ min: -limit, max: limit });
const past = fc.integer({ min: 0, max: 400 * dayMs }).map((ago) => now - ago);

const figures = (limit: bigint) =>
  fc.constantFrom('USD', 'KRW', 'EUR', 'KWD', 'JPY', 'AUD', 'CHF').chain((code) => accountIn(code, limit));

function accountIn(code: string, limit: bigint): fc.Arbitrary<BalanceFigures> {
  const of = currency(code);
  if (of === null) throw new Error(`${code} is no currency.`);
  const amounts: fc.Arbitrary<Money> = amountsUpTo(limit).map((microUnits) => money(microUnits, of));
  const atLeastNothing = fc.bigInt({ min: 0n, max: limit }).map((microUnits) => money(microUnits, of));
  return fc.record({
    currency: fc.constant(code),
    estimate: amounts,
    confirmed: fc.option(fc.record({ amount: atLeastNothing, at: past })),
    notYetReported: fc.record({ low: atLeastNothing, high: atLeastNothing }),
    reportedUntil: fc.option(past),
    chargedCalls: fc.nat(),
    lastDrift: fc.option(
      fc.record({ amount: amounts, basisPoints: fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })) }),
    ),
    level: fc.constantFrom('healthy', 'low', 'empty'),
    trend: fc
      .array(amounts, { maxLength: 31 })
      .map((balances) =>
        balances.map((balance, ago) => ({ day: addDays(utcDay(now), ago - balances.length), balance })),
      ),
    expiresNext: fc.option(
      fc.record({
        amount: atLeastNothing,
        at: fc.integer({ min: 0, max: 60 * dayMs }).map((in_) => now + in_),
      }),
    ),
    ledgerVersion: fc.nat(),
  });
}

const balances = (limit: bigint): fc.Arbitrary<BalanceAnswer> =>
  fc
    .uniqueArray(figures(limit), { minLength: 1, maxLength: 6, selector: (account) => account.currency })
    .map((accounts) => ({ kind: 'balance', accounts }));

describe('the balance card', () => {
  it('keeps the rules for all cards, whatever the figures', () => {
    fc.assert(
      fc.property(balances(largest), fc.constantFrom('en' as const, 'ko' as const), (answer, language) => {
        assert.deepEqual(brokenRules(render(answer, readers[language])), []);
      }),
      { numRuns: 150 },
    );
  });

  it('tells the same facts in both languages', () => {
    fc.assert(
      fc.property(balances(largest), (answer) => {
        const english = factsIn('en', render(answer, readers.en).text);
        const korean = factsIn('ko', render(answer, readers.ko).text);
        assert.deepEqual(korean, english);
      }),
      { numRuns: 150 },
    );
  });
});
