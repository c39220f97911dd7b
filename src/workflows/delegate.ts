import { z } from 'zod';
import type { Answer } from '../answers/answer.ts';
import type { Delegation } from '../approvals/delegation.ts';
import { globalAdministrator } from '../approvals/policy.ts';
import type { Person } from '../approvals/quorum.ts';
import { digest } from '../decision/digest.ts';
import { type PersonId, personId } from '../decision/ids.ts';
import { addDays, type Day, startOfDay, utcDay } from '../decision/time.ts';
import { eligibility } from '../people/eligibility.ts';
import type { Ports } from './ports.ts';
import { type DelegationOutcome, recordDelegation } from './record-delegation.ts';
import { chosenRoles } from './role-choice.ts';
import { showDelegations } from './show-delegations.ts';
import type { Tap } from './tap.ts';
import type { KnownAsker } from './top-up-actor.ts';

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

const withdrawInputs = z.object({ delegation: z.string().min(1).max(200) });

/** Shows who acts for whom; where a delegate is chosen, records it first. Days are of UTC, both with it. */
export async function delegateByTap(ports: Ports, tap: Tap, asker: KnownAsker): Promise<Answer> {
  const chosen = inputs.safeParse(tap.data);
  if (!isChosen(tap.data)) return showDelegations(ports, asker, null);
  if (!chosen.success) return showDelegations(ports, asker, refusedWith('bad-input'));
  const wanted = await readDelegation(ports, asker, chosen.data);
  if (wanted.kind === 'refused') return showDelegations(ports, asker, wanted);
  const request = digest(tap.messageId, asker.person, tap.verb, JSON.stringify(chosen.data));
  const { delegation } = wanted;
  const { by } = delegation;
  const command = { type: 'delegate', delegation } as const;
  return showDelegations(
    ports,
    asker,
    await recordDelegation(ports, { tenant: asker.tenant, command, by, request }),
  );
}

/** The absent person, or a Global Administrator, takes a delegation back; what was decided by then stays. */
export async function withdrawByTap(ports: Ports, tap: Tap, asker: KnownAsker): Promise<Answer> {
  const chosen = withdrawInputs.safeParse(tap.data);
  if (!chosen.success) return showDelegations(ports, asker, refusedWith('bad-input'));
  const { tenant, person } = asker;
  const { delegation: id } = chosen.data;
  const by = await ports.directory.person(tenant, person);
  const isTheirs = id.startsWith(`${person}:`) || by?.roles.includes(globalAdministrator);
  if (by === null || !isTheirs) return showDelegations(ports, asker, refusedWith('delegation-not-yours'));
  const outcome = await recordDelegation(ports, {
    tenant,
    command: { type: 'withdraw', id },
    by: { id: person, name: by.displayName },
    request: digest(tap.messageId, person, tap.verb, id),
  });
  return showDelegations(ports, asker, outcome);
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
  { readonly kind: 'read'; readonly delegation: Delegation } | Extract<DelegationOutcome, { kind: 'refused' }>
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

function refusedWith(code: string): Extract<DelegationOutcome, { kind: 'refused' }> {
  return { kind: 'refused', refusal: { code } };
}
