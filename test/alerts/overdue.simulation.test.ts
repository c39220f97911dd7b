import assert from 'node:assert/strict';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { microUnitsToDecimal } from '../../src/money/money.ts';
import { randomOf } from '../../src/sandbox/usage/random.ts';
import { balanceOf, Incidents, noon, usd } from './builders.ts';

const tenants = 500;
const microUnitsOf = (units: number): bigint => BigInt(Math.round(units * 1_000_000));

/**
 * A tenant whose trigger is three dear days, as advised, and whose recharge was switched off silently; its figure is
 * read once a day, and calls in between are not known before.
 */
function switchedOff(seed: number): { readonly overdueAt: number | null; readonly zeroAt: number } {
  const random = randomOf(`switched off/${seed}`);
  const usualDay = 5 * 200 ** random.next();
  const spread = 0.1 + 0.5 * random.next();
  const spendOn = (day: number): number => {
    const weekend = new Date(noon + day * dayMs).getUTCDay() % 6 === 0 ? 0.2 : 1;
    return usualDay * weekend * Math.exp(spread * random.normal() - spread ** 2 / 2);
  };
  const worstDay = usualDay * Math.exp(spread * 2.33 - spread ** 2 / 2);
  const trigger = microUnitsOf(3 * worstDay);
  const incidents = new Incidents({ levels: [], autoRecharge: { [usd]: { trigger, amount: null } } });

  let balance = 3 * worstDay * (1 + random.next());
  for (let day = 0; balance > 0; day += 1) {
    incidents.at = noon + day * dayMs;
    incidents.observe(
      balanceOf(microUnitsToDecimal(microUnitsOf(balance), 2), {
        usualDay: microUnitsOf(usualDay),
        lastPurchase: null,
      }),
    );
    for (let hour = 0; hour < 24; hour += 1) incidents.after(hourMs).tick();
    balance -= spendOn(day);
  }
  const overdue = incidents.log.find(
    ({ type, episode }) => type === 'opened' && episode.startsWith('recharge-overdue'),
  );
  return { overdueAt: overdue?.at ?? null, zeroAt: incidents.at };
}

describe('a recharge that was switched off silently', () => {
  it('is told before the balance is gone, in at least 99 of 100 tenants whose figure is read daily', () => {
    let told = 0;
    for (let seed = 0; seed < tenants; seed += 1) {
      const { overdueAt, zeroAt } = switchedOff(seed);
      if (overdueAt !== null && overdueAt < zeroAt) told += 1;
    }
    assert.ok(told >= tenants * 0.99, `${told} of ${tenants}`);
  });
});
