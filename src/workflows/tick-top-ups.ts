import { nextDue } from '../approvals/passing.ts';
import type { Candidate, Person } from '../approvals/quorum.ts';
import { topUp } from '../approvals/top-up.ts';
import type { TopUpCommand } from '../approvals/top-up-events.ts';
import { isClosed, isReviewOpen, type TopUp } from '../approvals/top-up-state.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import { personId, type TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { DirectoryPerson } from '../people/directory-person.ts';
import { type RoleHoldings, standing } from '../people/role-holder.ts';
import { bookTopUp } from './book-top-up.ts';
import { bookAudit, changeOf } from './booking.ts';
import { DirectoryUnavailable, type Ports, type Store } from './ports.ts';
import { archiveTopUps } from './top-up-archive.ts';
import { readTopUpBooks, topUpIn, topUpsIn } from './top-up-books.ts';

export interface Ticked {
  /** Requests to which something happened. */
  readonly changed: number;
  /** False where the directory did not answer, so that nobody could be asked instead of somebody else. */
  readonly rerouted: boolean;
}

/**
 * What the passing of time does to a tenant's requests: reminders, ends of waits, and other people where too few are
 * left who might approve; what is closed for long goes to the archive. For a scheduler, every minute; the same minute twice changes nothing twice.
 * @throws {StoreUnavailable}
 */
export async function tickTopUps(
  ports: Pick<Ports, 'store' | 'clock' | 'directory' | 'roleDirectory'>,
  tenant: TenantId,
): Promise<Ticked> {
  const { store } = ports;
  const at = ports.clock.now();
  const requests = topUpsIn(await readTopUpBooks(store, tenant));
  await archiveTopUps(store, tenant, { requests, at });
  const open = requests.map(({ state }) => state).filter((state) => !isClosed(state) || isReviewOpen(state));
  let changed = 0;
  for (const state of open.filter((waiting) => (nextDue(waiting) ?? Number.POSITIVE_INFINITY) <= at)) {
    changed += await happened(store, { tenant, number: state.number, at, command: { type: 'passTime' } });
  }
  const pending = open.filter(({ status }) => status === 'pending');
  const possible = await possibleApprovers(ports, tenant, pending);
  if (possible === null) return { changed, rerouted: false };
  for (const { number } of pending) {
    changed += await happened(store, { tenant, number, at, command: { type: 'reroute', possible } });
  }
  return { changed, rerouted: true };
}

/** One where something happened, none where nothing did or the request went on meanwhile. */
async function happened(store: Store, step: Step): Promise<number> {
  const handled: Handled<boolean, never> = await handle<boolean, never>({
    decide: () => decide(store, step),
    commit: (change) => store.commit(change),
    readOutcome: () => true,
  });
  return handled.kind === 'done' && handled.outcome ? 1 : 0;
}

interface Step {
  readonly tenant: TenantId;
  readonly number: number;
  readonly at: Instant;
  readonly command: TopUpCommand;
}

async function decide(store: Store, { tenant, number, at, command }: Step): Promise<Plan<boolean, never>> {
  const found = await readTopUpBooks(store, tenant);
  const before = topUpIn(found, number);
  const decision = before === null ? null : topUp.decide(before.state, command, at);
  if (before === null || decision?.kind !== 'accepted' || decision.events.length === 0) {
    return { kind: 'nothing', outcome: false };
  }
  const booked = bookTopUp(before, decision.events);
  const change = changeOf(tenant, [booked.part, bookAudit(found.books, ...booked.facts)], {
    messages: booked.messages,
  });
  return { kind: 'change', change, outcome: true };
}

/** Holders of the roles, and those whom a policy names; null where the directory does not answer. */
async function possibleApprovers(
  { directory, roleDirectory }: Pick<Ports, 'directory' | 'roleDirectory'>,
  tenant: TenantId,
  pending: readonly TopUp[],
): Promise<readonly Candidate[] | null> {
  const seats = pending.flatMap((request) => request.seats);
  const standIns = pending.flatMap(({ policy }) => policy.standIns);
  const roles = [...new Set([...seats.flatMap((seat) => seat.roles), ...standIns])].sort();
  const named = [...new Set(seats.flatMap(({ people }) => people))].flatMap((id) => personId(id) ?? []);
  if (roles.length + named.length === 0) return [];
  try {
    const holders = candidates(await roleDirectory.roleHoldings(tenant, roles, { somebodyWaits: false }));
    const people = await Promise.all(named.map((id) => directory.person(tenant, id)));
    const others = people.filter((person) => person !== null).filter(isActive);
    return [
      ...holders,
      ...others.filter(({ id }) => !holders.some(({ person }) => person.id === id)).map(byName),
    ];
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return null;
    throw error;
  }
}

function isActive({ enabled, guest }: DirectoryPerson): boolean {
  return enabled && !guest;
}

function byName({ id, displayName: name, roles }: DirectoryPerson): Candidate {
  return { person: { id, name }, rights: [{ of: { id, name }, roles }] };
}

/** Whoever can act now: not blocked, not a guest, and with a role that is active. */
function candidates({ holders }: RoleHoldings): readonly Candidate[] {
  const found = new Map<string, { readonly person: Person; readonly roles: string[] }>();
  for (const [role, people] of holders) {
    for (const holder of people) {
      if (standing(holder) !== 'active') continue;
      const { person: id, displayName: name } = holder;
      const known = found.get(id) ?? { person: { id, name }, roles: [] };
      known.roles.push(role);
      found.set(id, known);
    }
  }
  return [...found.values()].map(({ person, roles }) => ({ person, rights: [{ of: person, roles }] }));
}
