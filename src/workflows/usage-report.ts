import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { modelFor, type UsageAnswer, type UsageFigures, usageFigures } from '../answers/usage.ts';
import { comparedPeriod } from '../answers/usage-period.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Period, Question, UsageDimension } from '../language/question.ts';
import type { Currency } from '../money/currency.ts';
import { maskedNumber, maySeeNumbers } from '../people/number-sight.ts';
import { callersTable, readCaller } from '../usage/caller.ts';
import { usageModel } from '../usage/read-models.ts';
import { forEligible } from './for-eligible.ts';
import { knownUsage, spanOf } from './known-usage.ts';
import type { Ports, Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

type UsageQuestion = Extract<Question, { readonly intent: 'usage' }>;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerUsage(ports: Ports, question: UsageQuestion, asker: Asker): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'usage' }, async () => {
    const report = await usageReport(ports.store, asker.tenant, {
      period: question.period ?? 'last_30_days',
      by: question.by ?? 'country',
      now: ports.clock.now(),
      timeZone: asker.timeZone,
      numbersMasked: !(await seesNumbers(ports, asker)),
    });
    return report.accounts.length === 0 ? { kind: 'no-account', currency: ports.defaultCurrency } : report;
  });
}

async function seesNumbers(
  { directory }: Pick<Ports, 'directory'>,
  { tenant, person }: Asker,
): Promise<boolean> {
  const known = person === null ? null : await directory.person(tenant, person);
  return known !== null && maySeeNumbers(known);
}

/** What a report is to be about. */
export interface UsageWanted {
  readonly period: Period;
  readonly by: UsageDimension;
  readonly now: Instant;
  /** Whose dates the period has. */
  readonly timeZone: string;
  readonly numbersMasked: boolean;
}

/** The spend of every account; none where the tenant has no account. @throws {StoreUnavailable} */
export async function usageReport(store: Store, tenant: TenantId, wanted: UsageWanted): Promise<UsageAnswer> {
  const { period, by, numbersMasked } = wanted;
  const books = await readBooks(store, tenant);
  const compared = comparedPeriod(period, wanted);
  const shownKey = by === 'number' && numbersMasked ? maskedNumber : (key: string) => key;
  const accounts = await Promise.all(
    [...books.accounts.keys()]
      .sort()
      .map(async (currency) =>
        usageFigures(await countedUsage(store, tenant, { currency, by }), { ...compared, by, shownKey }),
      ),
  );
  const shown = withSpend(accounts);
  return {
    kind: 'usage',
    period,
    by,
    ...compared,
    accounts: by === 'user' ? await withNames(store, tenant, shown) : shown,
    numbersMasked: by === 'number' && numbersMasked,
    ...knownUsage(books, spanOf(compared.days), wanted.now),
  };
}

async function countedUsage(
  store: Store,
  tenant: TenantId,
  { currency, by }: { readonly currency: Currency; readonly by: UsageDimension },
) {
  const [microUnits, calls] = await Promise.all([
    store.counts(tenant, usageModel('usage', currency, modelFor[by])),
    store.counts(tenant, usageModel('calls', currency, modelFor[by])),
  ]);
  return { currency, microUnits, calls };
}

function withSpend(accounts: readonly UsageFigures[]): readonly UsageFigures[] {
  const moved = accounts.filter(({ calls, totalBefore }) => calls > 0 || totalBefore.microUnits !== 0n);
  return moved.length > 0 ? moved : accounts.slice(0, 1);
}

/** Users by the names that came with their calls. */
async function withNames(
  store: Store,
  tenant: TenantId,
  accounts: readonly UsageFigures[],
): Promise<readonly UsageFigures[]> {
  const users = accounts.flatMap(({ rows }) => rows.flatMap(({ key }) => (key === null ? [] : [key])));
  const callers = await store.records(tenant, callersTable, users);
  const nameOf = (user: string | null): string | null => {
    const caller = user === null ? undefined : callers.get(user);
    return caller === undefined ? user : readCaller(caller).displayName;
  };
  return accounts.map((account) => ({
    ...account,
    rows: account.rows.map((row) => ({ ...row, label: nameOf(row.key) })),
  }));
}
