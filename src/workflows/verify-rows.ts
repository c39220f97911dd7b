import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { type Day, type Instant, utcDay } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import { isFunded, type KnownRow } from '../usage/known-row.ts';
import { monthOf, paidModel } from '../usage/paid-counts.ts';
import { poolModel } from '../usage/pool-counts.ts';
import { dimensions, usageModel } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import { UsageCounts } from '../usage/usage-counts.ts';
import type { Store } from './ports.ts';
import type { TenantBooks } from './tenant-books.ts';

/** Something that must hold of a tenant's books and does not. */
export interface TenantViolation {
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** A row that moves a balance. */
export interface BookedRow {
  readonly id: string;
  readonly currency: Currency;
  readonly charge: bigint;
  readonly startedAt: Instant;
}

/** All rows of a tenant, as far as they must agree with something else. */
export interface TenantRows {
  /** Those that move a balance and those that do not. */
  readonly count: number;
  readonly booked: readonly BookedRow[];
  /** What the read models must say. */
  readonly counts: UsageCounts;
  /** Those whose record has not a shape that this version knows. */
  readonly unreadable: readonly string[];
}

/** Reads every row once. */
export async function readRows(store: Store, tenant: TenantId): Promise<TenantRows> {
  const booked: BookedRow[] = [];
  const counts = new UsageCounts();
  const unreadable: string[] = [];
  let count = 0;
  for await (const batch of store.allRecords(tenant, 'usage')) {
    count += batch.length;
    for (const [id, stored] of batch) {
      const row = readable(stored);
      if (row === null) unreadable.push(id);
      if (row === null) continue;
      counts.add(row);
      if (!isFunded(row)) continue;
      booked.push({ id, currency: row.currency, charge: row.charge, startedAt: row.startedAt });
    }
  }
  return { count, booked, counts, unreadable };
}

function readable(stored: JsonValue): KnownRow | null {
  try {
    return readRow(stored);
  } catch {
    return null;
  }
}

/** The rows as they are known must come to what was booked for them, in the accounts and in the read models. */
export async function violationsOfRows(
  store: Store,
  tenant: TenantId,
  { books, rows }: { readonly books: TenantBooks; readonly rows: TenantRows },
): Promise<readonly TenantViolation[]> {
  const { rows: kept } = books.usage.state;
  return [
    ...rows.unreadable.map((id) => ({ code: 'row-unreadable', data: { id } })),
    ...(kept === rows.count ? [] : [{ code: 'row-records-differ', data: { kept, found: rows.count } }]),
    ...[...books.accounts.values()].flatMap(({ state }) => rowsAgainstAccount(state, rows.booked)),
    ...(await rowsAgainstReadModels(store, tenant, { models: modelsOf(books), counts: rows.counts })),
  ];
}

function rowsAgainstAccount(state: AccountState, rows: readonly BookedRow[]): readonly TenantViolation[] {
  const { currency } = state;
  const own = rows.filter((row) => row.currency === currency);
  const violations: TenantViolation[] = [];
  const differs = (code: string, data: TenantViolation['data']): void => {
    violations.push({ code, data: { currency, ...data } });
  };
  const charged = own.reduce((sum, row) => sum + row.charge, 0n);
  if (charged !== state.totals.usage) {
    differs('rows-differ-from-usage', { rows: `${charged}`, booked: `${state.totals.usage}` });
  }
  if (own.length !== state.chargedCalls) {
    differs('row-count-differs', { rows: own.length, booked: state.chargedCalls });
  }
  const ofRows = byDay(own);
  for (const day of [...new Set([...ofRows.keys(), ...state.usageByDay.keys()])].sort()) {
    const [found, booked] = [ofRows.get(day) ?? 0n, state.usageByDay.get(day) ?? 0n];
    if (found !== booked) differs('rows-differ-on-day', { day, rows: `${found}`, booked: `${booked}` });
  }
  return violations;
}

function byDay(rows: readonly BookedRow[]): ReadonlyMap<Day, bigint> {
  const sums = new Map<Day, bigint>();
  for (const { startedAt, charge } of rows) {
    const day = utcDay(startedAt);
    sums.set(day, (sums.get(day) ?? 0n) + charge);
  }
  return sums;
}

async function rowsAgainstReadModels(
  store: Store,
  tenant: TenantId,
  { models, counts }: { readonly models: readonly string[]; readonly counts: UsageCounts },
): Promise<readonly TenantViolation[]> {
  const expected = new Map<string, Map<string, bigint>>();
  for (const { model, field, by } of counts.changes()) {
    expected.set(model, (expected.get(model) ?? new Map()).set(field, by));
  }
  const violations: TenantViolation[] = [];
  for (const model of new Set([...models, ...expected.keys()])) {
    const kept = await store.counts(tenant, model);
    const rows = expected.get(model) ?? new Map<string, bigint>();
    for (const field of new Set([...kept.keys(), ...rows.keys()])) {
      const [found, told] = [rows.get(field) ?? 0n, kept.get(field) ?? 0n];
      if (found === told) continue;
      violations.push({
        code: 'read-model-differs',
        data: { model, field, rows: `${found}`, kept: `${told}` },
      });
    }
  }
  return violations;
}

/** All read models of the accounts and of included minutes, for the months in which there is usage. */
function modelsOf({ accounts }: TenantBooks): readonly string[] {
  const models = [...accounts.values()].flatMap(({ state: { currency, usageByDay } }) => [
    ...dimensions.flatMap((dimension) => [
      usageModel('usage', currency, dimension),
      usageModel('calls', currency, dimension),
    ]),
    ...monthsIn(usageByDay).flatMap((month) => [paidModel(currency, month), poolModel(month)]),
  ]);
  return [...new Set(models)];
}

function monthsIn(usageByDay: ReadonlyMap<Day, bigint>): readonly string[] {
  return [...new Set([...usageByDay.keys()].map(monthOf))];
}
