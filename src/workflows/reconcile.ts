import { z } from 'zod';
import type { BalanceReconciledAnswer } from '../answers/answer.ts';
import { balanceFigures } from '../answers/balance.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import { checks } from '../ledger/check.ts';
import type { Currency } from '../money/currency.ts';
import { type Money, toDecimal } from '../money/money.ts';
import { rowsIndex } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import { bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { accountOf, booksIn, readBooks, type TenantBooks } from './tenant-books.ts';
import { proofByCheck } from './top-up-proof.ts';

/** A figure that an admin read in the admin centre at an instant. */
export interface Check {
  readonly tenant: TenantId;
  readonly observed: Money;
  readonly reason: string | null;
  readonly by: PersonId;
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
  const outcome = await tell(store, check, handled.outcome, handled.repeated);
  return { ...handled, outcome };
}

async function decide(
  store: Store,
  check: Check,
  request: { readonly key: string; readonly digest: string },
): Promise<Plan<Outcome, Refusal>> {
  const heads = await store.heads(check.tenant);
  const books = booksIn(heads);
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
  const proof = proofByCheck(heads, check, { next, id });
  const reconciled: AuditFact = {
    at: check.at,
    actor: check.by,
    type: 'balance.reconciled',
    subject: id,
    data: {
      observed: toDecimal(check.observed),
      currency: check.observed.currency,
      reason: check.reason,
    },
  };
  const audited = bookAudit(books, reconciled, ...proof.facts);
  const change = changeOf(check.tenant, [booked, proof.part, audited], {
    messages: proof.messages,
    idempotency: { ...request, outcome },
  });
  return { kind: 'change', outcome, change };
}

/** A ledger in another currency is begun by its first call or funds, and not by what a card says. */
export function foreignCurrency(books: TenantBooks, of: Currency): Refusal | null {
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

/** Read back from the ledger, so that a repetition tells what stands and not what was meant. */
async function tell(
  store: Store,
  check: Check,
  { observationId, at }: Outcome,
  repeated: boolean,
): Promise<BalanceReconciledAnswer> {
  const books = await readBooks(store, check.tenant);
  const { state, version } = accountOf(books, check.observed.currency);
  const recorded = checks(state).find(({ observation }) => observation.id === observationId);
  if (recorded === undefined) throw new CheckLost(observationId);
  return {
    kind: 'balance-reconciled',
    observed: recorded.observation.amount,
    estimateBefore: recorded.estimateBefore,
    drift: recorded.drift.amount,
    driftBasisPoints: recorded.drift.basisPoints,
    reason: recorded.observation.reason,
    at,
    by: check.byName,
    repeated,
    opening: recorded.opening,
    figures: balanceFigures({ state, version, reportedUntil: books.usage.state.latestStartedAt }, check.at),
  };
}

/** A check that was committed is not in the account: a defect of ours. */
class CheckLost extends Error {
  constructor(id: string) {
    super(`The committed check ${id} is not in its account.`);
    this.name = 'CheckLost';
  }
}
