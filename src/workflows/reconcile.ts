import { z } from 'zod';
import type { BalanceReconciledAnswer } from '../answers/answer.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { type AccountState, account } from '../ledger/account.ts';
import { attributeDrift, type DriftPart, unexplainedOf } from '../ledger/attribution.ts';
import { checks } from '../ledger/check.ts';
import { driftLimit, isOverLimit } from '../ledger/drift-limit.ts';
import { checksTable, storeAttribution } from '../ledger/stored-attribution.ts';
import type { Currency } from '../money/currency.ts';
import { type Money, money, toDecimal } from '../money/money.ts';
import { rowsIndex } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import { bookAccount, bookAudit, changeOf } from './booking.ts';
import { driftEvidence } from './drift-evidence.ts';
import type { Store } from './ports.ts';
import { tellCheck } from './tell-check.ts';
import { accountOf, readBooks, type TenantBooks } from './tenant-books.ts';

/** A figure that an admin read in the admin centre at an instant. */
export interface Check {
  readonly tenant: TenantId;
  readonly observed: Money;
  readonly reason: string | null;
  /** A person's id, or the name of the part that acted, such as `credits reconcile`. */
  readonly by: string;
  readonly byName: string;
  /** When the figure was read. */
  readonly observedAt: Instant;
  /** Now. */
  readonly at: Instant;
  /** From the tap; a repetition of it is told what the first was told. */
  readonly idempotencyKey: string;
}

type Outcome = z.infer<typeof storedOutcome>;
/** Enough to find the check again in the account, where its figures are. */
const storedOutcome = z.object({ observationId: z.string(), at: z.number().int() });

/**
 * Brings the ledger to the figure that was read: the difference is posted as an adjustment with its reason, or as the
 * opening of a ledger that had none.
 * Refuses with the account's `wrong-currency`, `observation-in-future`, `observation-known`, and with
 * `idempotency-key-reused`.
 */
export async function reconcile(
  store: Store,
  check: Check,
): Promise<Handled<BalanceReconciledAnswer, Refusal>> {
  const request = {
    key: check.idempotencyKey,
    digest: digest(check.by, toDecimal(check.observed), check.observed.currency, check.reason ?? ''),
  };
  const handled = await handle<Outcome, Refusal>({
    recall: () => store.recall(check.tenant, request),
    decide: () => decide(store, check, request),
    commit: (change) => store.commit(change),
    readOutcome: (stored) => storedOutcome.parse(stored),
  });
  if (handled.kind === 'refused') return handled;
  const { observationId: id, at } = handled.outcome;
  const { tenant, byName: by, at: now } = check;
  const outcome = await tellCheck(store, { tenant, id, by, at, now, repeated: handled.repeated });
  return { ...handled, outcome };
}

async function decide(
  store: Store,
  check: Check,
  request: { readonly key: string; readonly digest: string },
): Promise<Plan<Outcome, Refusal>> {
  const books = await readBooks(store, check.tenant);
  const foreign = foreignCurrency(books, check.observed.currency);
  if (foreign !== null) return { kind: 'refused', refusal: foreign };
  const before = accountOf(books, check.observed.currency);
  const id = digest(request.key).slice(0, 32);
  const decision = account.decide(
    before.state,
    {
      type: 'observe',
      observation: {
        id,
        amount: check.observed,
        at: check.observedAt,
        usageBefore: await usageBefore(store, check, before.state.usageByDay),
        reason: check.reason,
        by: check.by,
      },
    },
    check.at,
  );
  if (decision.kind === 'refused') return decision;

  const outcome: Outcome = { observationId: id, at: check.observedAt };
  const booked = bookAccount(before, decision.events);
  const next = decision.events.reduce(account.evolve, before.state);
  const parts = await partsOf(store, check, { before: before.state, next, id });
  const audited = bookAudit(books, ...auditFacts(check, id, parts));
  const records = parts === null ? [] : [{ table: checksTable, id, value: storeAttribution(parts) }];
  const change = changeOf(check.tenant, [booked, audited], { idempotency: { ...request, outcome }, records });
  return { kind: 'change', outcome, change };
}

/** What the drift comes from; null for the figure that opens the ledger, which has nothing to differ from. */
async function partsOf(
  store: Store,
  { tenant, at: now }: Check,
  told: { readonly before: AccountState; readonly next: AccountState; readonly id: string },
): Promise<readonly DriftPart[] | null> {
  const { before, next, id } = told;
  const all = checks(next);
  const index = all.findIndex(({ observation }) => observation.id === id);
  const [check, previous] = [all[index], all[index - 1]?.observation];
  if (check === undefined || previous === undefined) return null;
  const evidence = await driftEvidence(store, {
    tenant,
    before,
    check,
    previous,
    now,
    rejected: noneRejected,
  });
  return attributeDrift(evidence);
}

/** Rows that are refused are told to whoever imports them, and not kept. */
const noneRejected = { rows: 0, charges: null };

function auditFacts(
  check: Check,
  subject: string,
  parts: readonly DriftPart[] | null,
): readonly [AuditFact, ...AuditFact[]] {
  const { at, by: actor, observed, reason } = check;
  const told = { at, actor, subject };
  const decimal = (microUnits: bigint): string => toDecimal(money(microUnits, observed.currency));
  const reconciled: AuditFact = {
    ...told,
    type: 'balance.reconciled',
    data: {
      observed: toDecimal(observed),
      currency: observed.currency,
      reason,
      parts: (parts ?? []).map(({ cause, microUnits, certainty }) => ({
        cause,
        amount: decimal(microUnits),
        certainty,
      })),
    },
  };
  if (parts === null || !isOverLimit(parts, observed)) return [reconciled];
  const data = {
    unexplained: decimal(unexplainedOf(parts)),
    limit: decimal(driftLimit(observed)),
    currency: observed.currency,
  };
  return [reconciled, { ...told, type: 'balance.drifted', data }];
}

/** A ledger in another currency is begun by its first call or funds, and not by what a card says. */
function foreignCurrency(books: TenantBooks, of: Currency): Refusal | null {
  const [expected] = books.accounts.keys();
  if (expected === undefined || books.accounts.has(of)) return null;
  return { code: 'wrong-currency', data: { expected, found: of } };
}

/** The charges of all known calls that started before the figure was read: these are inside it. */
async function usageBefore(
  store: Store,
  { tenant, observed, observedAt: at }: Check,
  usageByDay: ReadonlyMap<string, bigint>,
): Promise<bigint> {
  const lastDay = utcDay(at);
  const dayStart = startOfDay(lastDay);
  let sum = 0n;
  for (const [day, microUnits] of usageByDay) if (day < lastDay) sum += microUnits;

  // The day itself is split at the instant, by the calls that started in it.
  const ids = await store.members(tenant, rowsIndex(lastDay), { from: dayStart, to: at });
  const rows = await store.records(tenant, 'usage', ids);
  for (const stored of rows.values()) {
    const row = readRow(stored);
    // The index still has calls whose start was corrected to another day.
    const isWithin = row.startedAt >= dayStart && row.startedAt < at;
    if (isWithin && row.ignored === null && row.currency === observed.currency) sum += row.charge;
  }
  return sum;
}
