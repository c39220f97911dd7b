import { type Delegation, delegations } from '../approvals/delegation.ts';
import type { Refusal } from '../decision/decider.ts';
import { type Handled, handle } from '../decision/handle.ts';
import type { Instant } from '../decision/time.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Ports } from './ports.ts';
import type { KnownAsker } from './top-up-actor.ts';
import { delegationsChange, readTopUpBooks } from './top-up-books.ts';

export type DelegationOutcome = Handled<null, Refusal>;

/** Refuses with the decider's codes; the same tap again is the same delegation. */
export async function recordDelegation(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  {
    asker,
    delegation,
    request,
  }: { readonly asker: KnownAsker; readonly delegation: Delegation; readonly request: string },
): Promise<DelegationOutcome> {
  const { tenant } = asker;
  const key = { key: `tap:${request}`, digest: request };
  return handle<null, Refusal>({
    recall: () => store.recall(tenant, key),
    decide: async () => {
      const at = clock.now();
      const found = await readTopUpBooks(store, tenant);
      const { state } = found.delegations;
      const decision = delegations.decide(state, { type: 'delegate', delegation }, at);
      if (decision.kind === 'refused') return decision;
      if (decision.events.length === 0) return { kind: 'nothing', outcome: null };
      const next = decision.events.reduce(delegations.evolve, state);
      const part = { heads: [delegationsChange(found.delegations, next)], events: [] };
      const audited = bookAudit(found.books, auditFact(delegation, at));
      const change = changeOf(tenant, [part, audited], { idempotency: { ...key, outcome: null } });
      return { kind: 'change', change, outcome: null };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

function auditFact({ from, to, start, end, by }: Delegation, at: Instant) {
  return {
    at,
    actor: by.id,
    type: 'topup.delegated',
    subject: `person:${from.id}`,
    data: { from: { ...from }, to: { ...to }, start, end, name: by.name },
  } as const;
}
