import assert from 'node:assert/strict';
import fc from 'fast-check';
import { billedSeconds, priceCall } from '../../src/rates/price.ts';
import type { BillingRules, PricedRate, Rounding } from '../../src/rates/rate.ts';
import { priced } from './decks.ts';

const seconds = fc.integer({ min: 1, max: 100_000 });
const rounding: fc.Arbitrary<Rounding> = fc.record({
  mode: fc.constantFrom('half_up', 'up', 'down'),
  decimals: fc.integer({ min: 0, max: 6 }),
});
const billing: fc.Arbitrary<BillingRules> = fc.record({
  connectionFee: fc.bigInt({ min: 0n, max: 5_000_000n }),
  firstIncrementSeconds: fc.integer({ min: 1, max: 120 }),
  nextIncrementSeconds: fc.integer({ min: 1, max: 120 }),
  minimumSeconds: fc.integer({ min: 0, max: 180 }),
  maximumCharge: fc.constant(null),
  rounding,
});
const anyRate: fc.Arbitrary<PricedRate> = fc
  .record({ billing, perMinute: fc.bigInt({ min: 0n, max: 10_000_000n }) })
  .map(priced);

function chargeOf(rate: PricedRate, durationSeconds: number): bigint {
  const result = priceCall({ rate, durationSeconds });
  assert(result.kind === 'priced');
  return result.price.charge.microUnits;
}

describe('price of a call, for any rules', () => {
  it('never falls when the call is longer', () => {
    fc.assert(
      fc.property(anyRate, seconds, seconds, (rate, first, more) => {
        assert(chargeOf(rate, first + more) >= chargeOf(rate, first));
      }),
    );
  });

  it('bills whole increments, at least the duration and the minimum, and less than one increment too much', () => {
    fc.assert(
      fc.property(billing, seconds, (rules, duration) => {
        const billed = billedSeconds(rules, duration);
        assert(billed >= duration && billed >= rules.minimumSeconds && billed >= rules.firstIncrementSeconds);
        const floor = Math.max(rules.minimumSeconds, rules.firstIncrementSeconds, duration);
        assert(billed < floor + rules.nextIncrementSeconds);
      }),
    );
  });

  it('is a multiple of its rounding unit, less than one unit from the exact sum, on the side of its mode', () => {
    fc.assert(
      fc.property(anyRate, seconds, (rate, duration) => {
        const { mode, decimals } = rate.billing.rounding;
        const unit = 10n ** BigInt(6 - decimals);
        const charge = chargeOf(rate, duration);
        assert.equal(charge % unit, 0n);
        const billed = BigInt(billedSeconds(rate.billing, duration));
        const sixtyfoldRest = 60n * charge - (billed * rate.perMinute + 60n * rate.billing.connectionFee);
        if (mode === 'up') assert(sixtyfoldRest >= 0n && sixtyfoldRest < 60n * unit);
        if (mode === 'down') assert(sixtyfoldRest <= 0n && sixtyfoldRest > -60n * unit);
        if (mode === 'half_up') assert(sixtyfoldRest <= 30n * unit && sixtyfoldRest > -30n * unit);
      }),
    );
  });

  it('never passes the limit per call', () => {
    fc.assert(
      fc.property(anyRate, seconds, fc.bigInt({ min: 0n, max: 3_000_000n }), (rate, duration, limit) => {
        const limited = { ...rate, billing: { ...rate.billing, maximumCharge: limit } };
        const free = chargeOf(rate, duration);
        assert.equal(
          chargeOf(limited, duration),
          [free, limit].sort((left, right) => Number(left - right))[0],
        );
      }),
    );
  });
});
