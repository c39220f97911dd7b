import type { DigestAccount, DigestChange, DigestDrew } from '../answers/digest.ts';
import { digestOutlook } from '../answers/digest.ts';
import { sumsByValue } from '../answers/explain.ts';
import type { DayRange } from '../answers/usage-period.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Instant, utcDay } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';
import { callersTable, readCaller } from '../usage/caller.ts';
import { usageModel } from '../usage/read-models.ts';
import { accountFigures } from './account-figures.ts';
import { type DigestBooks, outlookOf, standingOf } from './digest-books.ts';
import type { DigestSaid } from './digest-record.ts';
import type { Store } from './ports.ts';

/** The accounts of a digest, by currency in alphabetical order. @throws {StoreUnavailable} */
export async function digestAccounts(
  store: Store,
  tenant: TenantId,
  { books: digest, since }: { readonly books: DigestBooks; readonly since: DigestSaid | null },
): Promise<readonly DigestAccount[]> {
  const { books, now } = digest;
  const days = daysSince(since, now);
  const accounts = [...books.accounts.values()].sort((left, right) =>
    left.state.currency < right.state.currency ? -1 : 1,
  );
  return Promise.all(
    accounts.map(async (account) => {
      const { state } = account;
      const figures = accountFigures(books, account, now);
      const { currency, estimate, confirmed, reportedUntil, gaps } = figures;
      return {
        currency,
        estimate,
        confirmed,
        reportedUntil,
        ...(gaps && { gaps }),
        change: changeOf(state, since, now),
        drew: await drewMost(store, tenant, { of: state.currency, days }),
        outlook: digestOutlook(outlookOf(state, now)),
      };
    }),
  );
}

const firstDays = 7;

/** UTC days, by which usage is counted. */
function daysSince(since: DigestSaid | null, now: Instant): DayRange {
  const to = utcDay(now);
  const from = since === null || since.at > now ? addDays(to, 1 - firstDays) : utcDay(since.at);
  return { from, to };
}

function changeOf(state: AccountState, since: DigestSaid | null, now: Instant): DigestChange | null {
  const before = since?.accounts.get(state.currency);
  // A clock that ran ahead and was put right left a digest behind that was not yet.
  if (since === null || before === undefined || since.at > now) return null;
  const { balance, used, funded } = standingOf(state);
  const inCurrency = (microUnits: bigint): Money => money(microUnits, state.currency);
  const [moved, calls, came] = [balance - before.balance, before.used - used, funded - before.funded];
  return {
    since: since.at,
    moved: inCurrency(moved),
    calls: inCurrency(calls),
    funded: inCurrency(came),
    other: inCurrency(moved - calls - came),
  };
}

async function drewMost(
  store: Store,
  tenant: TenantId,
  { of, days }: { readonly of: Currency; readonly days: DayRange },
): Promise<DigestDrew | null> {
  const [users, destinations] = await Promise.all(
    (['user', 'destination'] as const).map((by) => store.counts(tenant, usageModel('usage', of, by))),
  );
  const [user, destination] = [users, destinations].map((model) => dearest(model, days));
  if (!user && !destination) return null;
  return {
    days,
    user: user
      ? { name: await nameOfCaller(store, tenant, user.value), amount: money(user.microUnits, of) }
      : null,
    destination: destination
      ? { destination: destination.value, amount: money(destination.microUnits, of) }
      : null,
  };
}

interface Dearest {
  readonly value: string;
  readonly microUnits: bigint;
}

/** Null where the report names none; the first by name of several that cost the same. */
function dearest(model: ReadonlyMap<string, bigint> | undefined, days: DayRange): Dearest | null {
  const named = [...sumsByValue(model ?? new Map(), days)].flatMap(([value, microUnits]) =>
    value === null || microUnits <= 0n ? [] : [{ value, microUnits }],
  );
  const [most] = named.sort((left, right) =>
    left.microUnits === right.microUnits
      ? Number(left.value > right.value) * 2 - 1
      : Number(right.microUnits - left.microUnits > 0n) * 2 - 1,
  );
  return most ?? null;
}

async function nameOfCaller(store: Store, tenant: TenantId, user: string): Promise<string> {
  const caller = (await store.records(tenant, callersTable, [user])).get(user);
  return caller === undefined ? user : readCaller(caller).displayName;
}
