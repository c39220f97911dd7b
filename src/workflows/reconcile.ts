import { z } from 'zod';
import type { BalanceReconciledAnswer } from '../answers/answer.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import { account } from '../ledger/account.ts';
import { checksTable, storeAttribution } from '../ledger/stored-attribution.ts';
import type { Currency } from '../money/currency.ts';
import { toDecimal } from '../money/money.ts';
import { bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Check } from './check.ts';
import { checkFacts, partsOfCheck } from './check-parts.ts';
import type { Store } from './ports.ts';
import { tellCheck } from './tell-check.ts';
import { accountOf, booksIn, type TenantBooks } from './tenant-books.ts';
import { proofByCheck } from './top-up-proof.ts';
import { usageBefore } from './usage-before.ts';

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
  const parts = await partsOfCheck(store, check, { before: before.state, next, id });
  const proof = proofByCheck(heads, check, { next, id });
  const audited = bookAudit(books, ...checkFacts(check, id, parts), ...proof.facts);
  const records = parts === null ? [] : [{ table: checksTable, id, value: storeAttribution(parts) }];
  const change = changeOf(check.tenant, [booked, proof.part, audited], {
    idempotency: { ...request, outcome },
    records,
    messages: proof.messages,
  });
  return { kind: 'change', outcome, change };
}

/** A ledger in another currency is begun by its first call or funds, and not by what a card says. */
export function foreignCurrency(books: TenantBooks, of: Currency): Refusal | null {
  const [expected] = books.accounts.keys();
  if (expected === undefined || books.accounts.has(of)) return null;
  return { code: 'wrong-currency', data: { expected, found: of } };
}
