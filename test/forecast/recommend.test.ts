import assert from 'node:assert/strict';
import { friendlyAmount } from '../../src/forecast/friendly-amount.ts';
import {
  type Advice,
  type Recommendation,
  type RecommendQuestion,
  recommend,
  type TenantFacts,
} from '../../src/forecast/recommend.ts';
import { type Currency, currency } from '../../src/money/currency.ts';
import { dollars, fundsOf, questionOf, seriesOf } from './series-of.ts';

function known(code: string): Currency {
  const found = currency(code);
  assert.ok(found);
  return found;
}

const usd = known('USD');
const plainTenant: TenantFacts = { agreement: 'mosa', country: 'US', agreementCountry: null };

function question(spends: readonly number[], rest: Partial<RecommendQuestion> = {}): RecommendQuestion {
  return { ...questionOf(spends, 500), currency: usd, tenant: plainTenant, ...rest };
}

function advice(recommendation: Recommendation): Advice {
  assert.equal(recommendation.kind, 'advice');
  return recommendation;
}

const constant = (spend: number) => Array.from({ length: 60 }, () => spend);

describe('a recommendation', () => {
  it('is a trigger of 72 hours and an amount of half a month, both easy to say', () => {
    const { trigger, amount, reasons, warnings, unsafe } = advice(recommend(question(constant(33))));
    assert.deepEqual(
      { trigger, amount, reasons, warnings, unsafe },
      {
        trigger: dollars(100),
        amount: dollars(500),
        reasons: {
          p99Of72Hours: dollars(99),
          usualMonth: dollars(990),
          rechargesPerMonth: 1.98,
          idle: dollars(350),
          minimum: dollars(50),
        },
        warnings: [],
        unsafe: null,
      },
    );
  });

  it('never has an amount below the trigger, which one purchase must lift above', () => {
    const bursts = Array.from({ length: 90 }, (_, day) => (day % 15 === 7 ? 900 : 1));
    const { trigger, amount } = advice(recommend(question(bursts)));
    assert.ok(amount >= trigger);
  });

  it('never has an amount below the smallest that is sold, and warns where it outlives its year', () => {
    const { amount, warnings } = advice(recommend(question(constant(0.1))));
    assert.equal(amount, dollars(50));
    assert.deepEqual(warnings, ['funds-would-expire']);
  });

  it('shows what a present trigger lacks, and what the safer one costs', () => {
    const at = (trigger: number) => {
      const funds = fundsOf(500, { autoRecharge: { trigger: dollars(trigger), amount: dollars(500) } });
      return advice(recommend(question(constant(33), { funds }))).unsafe;
    };
    assert.deepEqual(at(40), { present: dollars(40), lacks: dollars(59), moreIdle: dollars(60) });
    assert.equal(at(99), null);
  });

  it('knows no smallest purchase outside of US dollars', () => {
    const { reasons, warnings } = advice(recommend(question(constant(33), { currency: known('EUR') })));
    assert.equal(reasons.minimum, null);
    assert.deepEqual(warnings, ['minimum-unknown']);
  });

  it('is to switch off, without a figure, for a tenant that pays afterwards', () => {
    assert.deepEqual(recommend(question(constant(33), { tenant: { ...plainTenant, agreement: 'mca' } })), {
      kind: 'post-paid',
      warnings: ['switch-auto-recharge-off'],
    });
  });

  const warned: readonly (readonly [sentence: string, tenant: Partial<TenantFacts>, warning: string])[] = [
    ['credits may be unavailable in Korea', { country: 'KR' }, 'credits-may-be-unavailable'],
    ['credits may be unavailable in Russia', { country: 'RU' }, 'credits-may-be-unavailable'],
    ['credits may be unavailable in Taiwan', { country: 'TW' }, 'credits-may-be-unavailable'],
    ['a reseller buys for its customers', { agreement: 'csp' }, 'reseller-buys'],
    [
      'an Enterprise Agreement is billed in another country',
      { agreement: 'ea', agreementCountry: 'DE' },
      'agreement-in-another-region',
    ],
  ];
  for (const [sentence, tenant, warning] of warned)
    it(`warns that ${sentence}`, () => {
      const result = recommend(question(constant(33), { tenant: { ...plainTenant, ...tenant } }));
      assert.deepEqual(advice(result).warnings, [warning]);
    });

  it('is too early below fourteen days', () => {
    assert.equal(recommend(question(constant(33).slice(0, 13))).kind, 'too-early');
  });

  // Money arrives 72 hours after the crossing: the lag of the reports, and a day to mend a failed card.
  it('leaves no hour at zero in a year, with little more idle money than the best trigger found by search', () => {
    const years = [11, 12, 13, 14].map((seed) => seriesOf('a weekday pattern', seed, 90 + 365));
    const advised = years.map((spends) => advice(recommend(question(spends.slice(0, 90)))));
    let hoursAtZero = 0;
    let idle = 0;
    let bestIdle = 0;
    years.forEach((spends, index) => {
      const { trigger, amount } = advised[index] ?? advised[0] ?? assert.fail();
      const year = spends.slice(90).map((spend) => spend * 1e6);
      const result = liveThrough(year, Number(trigger), Number(amount));
      hoursAtZero += result.hoursAtZero;
      idle += result.idle;
      bestIdle += leastIdle(year, Number(amount));
    });
    assert.equal(hoursAtZero, 0);
    assert.ok(idle <= 1.2 * bestIdle, `${idle / bestIdle}`);
  });
});

interface Lived {
  readonly hoursAtZero: number;
  readonly idle: number;
}

function liveThrough(year: readonly number[], trigger: number, amount: number): Lived {
  let balance = trigger + amount;
  let arrivesIn = Number.POSITIVE_INFINITY;
  let hoursAtZero = 0;
  let sum = 0;
  for (let hour = 0; hour < 24 * year.length; hour += 1) {
    balance -= (year[Math.floor(hour / 24)] ?? 0) / 24;
    if (balance < trigger && arrivesIn === Number.POSITIVE_INFINITY) arrivesIn = 72;
    arrivesIn -= 1;
    if (arrivesIn <= 0) {
      balance += amount;
      arrivesIn = Number.POSITIVE_INFINITY;
    }
    if (balance <= 0) hoursAtZero += 1;
    sum += Math.max(0, balance);
  }
  return { hoursAtZero, idle: sum / (24 * year.length) };
}

function leastIdle(year: readonly number[], amount: number): number {
  for (let trigger = 0; ; trigger += 5e6) {
    const { hoursAtZero, idle } = liveThrough(year, trigger, amount);
    if (hoursAtZero === 0) return idle;
  }
}

describe('a friendly amount', () => {
  const cases: readonly (readonly [code: string, exact: number, friendly: number])[] = [
    ['USD', 0, 0],
    ['USD', 0.2, 1],
    ['USD', 10, 10],
    ['USD', 10.01, 12],
    ['USD', 137, 150],
    ['USD', 2_310, 2_500],
    ['USD', 9_001, 10_000],
    ['KRW', 300, 1_000],
    ['KRW', 1_234_567, 1_500_000],
  ];
  for (const [code, exact, friendly] of cases)
    it(`of ${exact} ${code} is ${friendly}`, () => {
      assert.equal(friendlyAmount(dollars(exact), known(code)), dollars(friendly));
    });

  it('is never below', () => {
    for (let exact = 1; exact < 3_000; exact += 7)
      assert.ok(friendlyAmount(dollars(exact), usd) >= dollars(exact));
  });
});
