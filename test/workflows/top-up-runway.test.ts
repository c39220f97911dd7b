import assert from 'node:assert/strict';
import type { TopUpRunway } from '../../src/answers/top-up.ts';
import { addDays, type Day, dayMs, startOfDay } from '../../src/decision/time.ts';
import { type AccountState, balance, emptyAccount } from '../../src/ledger/account.ts';
import type { Funding } from '../../src/ledger/facts.ts';
import { toDecimal } from '../../src/money/money.ts';
import { runwayWith } from '../../src/workflows/top-up-runway.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';

const today = '2026-11-24' as Day;
const now = startOfDay(today) + 1;
const dollars = (amount: number): bigint => BigInt(amount) * 1_000_000n;

/** Ten dollars a day for sixty days, and what is left of the funds that came in so many days ago. */
function accountWith(
  left: number,
  funded: readonly { readonly kind: Funding['kind']; readonly daysAgo: number }[],
): AccountState {
  const spent = 60n * dollars(10);
  const each = (dollars(left) + spent) / BigInt(funded.length);
  return {
    ...emptyAccount(currencyOf('USD')),
    totals: {
      credits: dollars(left),
      funding: -dollars(left) - spent,
      usage: spent,
      expiry: 0n,
      adjustment: 0n,
    },
    usageByDay: new Map(
      Array.from({ length: 60 }, (_, index) => [addDays(today, -1 - index), dollars(10)] as const),
    ),
    fundings: funded.map(({ kind, daysAgo }, index) => ({
      id: `funding ${index}`,
      kind,
      amount: { ...moneyOf('1'), microUnits: each },
      at: now - daysAgo * dayMs,
      recordedBy: 'buyer',
      reference: null,
    })),
  };
}

const bought = (...daysAgo: readonly number[]) =>
  daysAgo.map((days) => ({ kind: 'purchase' as const, daysAgo: days }));
const recharged = (...daysAgo: readonly number[]) =>
  daysAgo.map((days) => ({ kind: 'recharge' as const, daysAgo: days }));

/** In days from today, and amounts in text. */
function inDays(runway: TopUpRunway | null) {
  if (runway === null) return null;
  const ahead = (day: Day | null) => (day === null ? null : (startOfDay(day) - startOfDay(today)) / dayMs);
  const { before, after, days, nextRecharge } = runway;
  return [
    ahead(before),
    ahead(after),
    days,
    nextRecharge && [ahead(nextRecharge.day), toDecimal(nextRecharge.least)],
  ];
}

describe('what a request for an amount says of the money', () => {
  const cases: readonly [
    sentence: string,
    account: AccountState | undefined,
    amount: number,
    says: ReturnType<typeof inDays>,
  ][] = [
    [
      'days more, and nothing of a rhythm that is not there',
      accountWith(55, bought(90)),
      110,
      [4, 15, 11, null],
    ],
    [
      'the least that reaches the usual recharge',
      accountWith(55, recharged(60, 30, 0)),
      110,
      [4, 15, 11, [30, '245.01']],
    ],
    [
      'that nothing is needed to reach it',
      accountWith(400, recharged(84, 56, 28)),
      110,
      [38, 49, 11, [28, '0.00']],
    ],
    [
      'what was recharged in a rhythm, whatever was bought between',
      accountWith(55, [...recharged(70, 50, 30), ...bought(29), ...recharged(10), ...bought(1)]),
      110,
      [4, 15, 11, [10, '45.01']],
    ],
    [
      'what was bought in a rhythm where nothing ever recharged',
      accountWith(55, bought(65, 45, 25, 5)),
      10,
      [4, 5, 1, [15, '95.01']],
    ],
    ['dates beyond a year as such', accountWith(55, bought(90)), 1_000_000, [4, null, null, null]],
    ['nothing of a tenant without an account', undefined, 100, null],
    ['nothing where it is too early', { ...accountWith(55, bought(90)), usageByDay: new Map() }, 100, null],
  ];
  for (const [sentence, account, amount, says] of cases) {
    it(`says ${sentence}`, () => {
      if (account !== undefined) assert.ok(balance(account).microUnits > 0n);
      const runway = runwayWith(account, dollars(amount), now);
      assert.deepEqual(inDays(runway), says);
      if (runway !== null) assert.equal(runway.certainty, 8_000);
    });
  }
});
