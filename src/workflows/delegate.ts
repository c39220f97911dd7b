import { z } from 'zod';
import type { Answer } from '../answers/answer.ts';
import type { DelegationsAnswer } from '../answers/delegations.ts';
import { type Delegation, delegations } from '../approvals/delegation.ts';
import { globalAdministrator } from '../approvals/policy.ts';
import type { Person } from '../approvals/quorum.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { type Handled, handle } from '../decision/handle.ts';
import { type PersonId, personId } from '../decision/ids.ts';
import { addDays, type Day, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { eligibility } from '../people/eligibility.ts';
import { recipients } from '../people/recipients.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Ports } from './ports.ts';
import { chosenRoles } from './role-choice.ts';
import type { Tap } from './tap.ts';
import type { KnownAsker } from './top-up-actor.ts';
import { delegationsChange, readTopUpBooks } from './top-up-books.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
  .transform((text) => text as Day);
const inputs = z.object({
  delegate: z.string().max(100),
  /** Nobody else is absent where it is left out. */
  absent: z.string().max(100).optional(),
  from: day,
  until: day,
});

type Outcome = Handled<null, Refusal>;

/** Shows who acts for whom; where a delegate is chosen, records it first. Days are of UTC, both with it. */
export async function delegateByTap(ports: Ports, tap: Tap, asker: KnownAsker): Promise<Answer> {
  const chosen = inputs.safeParse(tap.data);
  if (!isChosen(tap.data)) return show(ports, asker, null);
  if (!chosen.success) return show(ports, asker, refusedWith('bad-input'));
  const wanted = await readDelegation(ports, asker, chosen.data);
  if (wanted.kind === 'refused') return show(ports, asker, wanted);
  const request = digest(tap.messageId, asker.person, tap.verb, JSON.stringify(chosen.data));
  return show(ports, asker, await record(ports, { asker, delegation: wanted.delegation, request }));
}

/** A card that only leads here carries no choice. */
function isChosen(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'delegate' in data;
}

/** Refuses whom the asker may not arrange for, and a delegate who holds no eligible role at this moment. */
async function readDelegation(
  { directory, store, clock }: Ports,
  asker: KnownAsker,
  { delegate, absent, from, until }: z.infer<typeof inputs>,
): Promise<
  { readonly kind: 'read'; readonly delegation: Delegation } | Extract<Outcome, { kind: 'refused' }>
> {
  const { tenant, person } = asker;
  const [toId, fromId] = [personId(delegate), absent ? personId(absent) : person];
  if (toId === null || fromId === null) return refusedWith('bad-input');
  const [chosen, by, away, to] = await Promise.all([
    chosenRoles(store, tenant),
    directory.person(tenant, person),
    directory.person(tenant, fromId),
    directory.person(tenant, toId, { live: true }),
  ]);
  if (by === null || away === null) return refusedWith('delegation-not-yours');
  if (fromId !== person && !by.roles.includes(globalAdministrator))
    return refusedWith('delegation-not-yours');
  if (to === null || !eligibility(to, chosen).eligible) return refusedWith('delegation-not-eligible');
  const at = clock.now();
  const named = ({ id, displayName: name }: { id: PersonId; displayName: string }): Person => ({ id, name });
  return {
    kind: 'read',
    delegation: {
      from: named(away),
      to: named(to),
      start: from === utcDay(at) ? at : startOfDay(from),
      end: startOfDay(addDays(until, 1)),
      by: named(by),
    },
  };
}

async function record(
  { store, clock }: Ports,
  {
    asker,
    delegation,
    request,
  }: { readonly asker: KnownAsker; readonly delegation: Delegation; readonly request: string },
): Promise<Outcome> {
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

/** Whoever may act for somebody: the holders of the roles that count, as of some minutes ago at most. */
async function show(ports: Ports, asker: KnownAsker, outcome: Outcome | null): Promise<DelegationsAnswer> {
  const { store, roleDirectory, directory, clock } = ports;
  const chosen = await chosenRoles(store, asker.tenant);
  const [found, holdings, self] = await Promise.all([
    readTopUpBooks(store, asker.tenant),
    roleDirectory.roleHoldings(asker.tenant, [...chosen], { somebodyWaits: true }),
    directory.person(asker.tenant, asker.person),
  ]);
  const choices = recipients(holdings, chosen)
    .map(({ person: id, displayName: name }) => ({ id, name }))
    .sort(byName);
  const others = choices.filter(({ id }) => id !== asker.person);
  const at = clock.now();
  return {
    kind: 'delegations',
    known: found.delegations.state
      .filter(({ end }) => end > at)
      .map(({ from, to, start, end }) => ({ from: from.name, to: to.name, start, end })),
    people: others,
    absent: self?.roles.includes(globalAdministrator) ? others : [],
    typed: {},
    refusal:
      outcome?.kind === 'refused' ? { code: outcome.refusal.code, data: outcome.refusal.data ?? {} } : null,
    recorded: outcome?.kind === 'done',
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}

function refusedWith(code: string): Extract<Outcome, { kind: 'refused' }> {
  return { kind: 'refused', refusal: { code } };
}
