import {
  type DelegationCommand,
  type DelegationEvent,
  delegationId,
  delegations,
} from '../approvals/delegation.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { OutboxMessage } from '../decision/commit.ts';
import type { Refusal } from '../decision/decider.ts';
import { type Handled, handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Ports } from './ports.ts';
import { delegationsChange, readTopUpBooks } from './top-up-books.ts';

export type DelegationOutcome = Handled<null, Refusal>;

export interface DelegationWanted {
  readonly tenant: TenantId;
  readonly command: DelegationCommand;
  /** Who asks for it; the delegate hears of it. */
  readonly by: { readonly id: string; readonly name: string };
  /** Of the tap: the same again is the same deed, and is told once. */
  readonly request: string;
}

/** Refuses with the decider's codes; the same tap again is answered as the first was. */
export async function recordDelegation(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { tenant, command, by, request }: DelegationWanted,
): Promise<DelegationOutcome> {
  const key = { key: `tap:${request}`, digest: request };
  return handle<null, Refusal>({
    recall: () => store.recall(tenant, key),
    decide: async () => {
      const at = clock.now();
      const found = await readTopUpBooks(store, tenant);
      const { state } = found.delegations;
      const decision = delegations.decide(state, command, at);
      if (decision.kind === 'refused') return decision;
      if (decision.events.length === 0) return { kind: 'nothing', outcome: null };
      const next = decision.events.reduce(delegations.evolve, state);
      const part = { heads: [delegationsChange(found.delegations, next)], events: [] };
      const audited = bookAudit(found.books, ...decision.events.map((event) => auditFact(event, by)));
      const change = changeOf(tenant, [part, audited], {
        messages: decision.events.map((event) => toDelegate(event, request)),
        idempotency: { ...key, outcome: null },
      });
      return { kind: 'change', change, outcome: null };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

function auditFact({ type, at, delegation }: DelegationEvent, by: DelegationWanted['by']): AuditFact {
  const { from, to, start, end } = delegation;
  return {
    at,
    actor: by.id,
    type: `topup.${type}`,
    subject: `person:${from.id}`,
    data: { from: { ...from }, to: { ...to }, start, end, name: by.name },
  };
}

/** A delegate who does not know of it does not act. */
function toDelegate({ type, at, delegation }: DelegationEvent, request: string): OutboxMessage {
  return {
    key: `${type}:${request}`,
    body: {
      v: 1,
      about: { kind: 'delegation', id: delegationId(delegation) },
      audience: { kind: 'people', people: [delegation.to.id] },
      mode: type === 'delegated' ? 'new' : 'final',
      urgency: 'warning',
      at,
    },
  };
}
