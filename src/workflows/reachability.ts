import { type MailFeed, withoutMailbox } from '../alerts/microsoft-mail.ts';
import { fewestReachable } from '../alerts/reach-conditions.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { hasMailbox } from '../people/mailbox.ts';
import { isReachable, type ReachSeen, reachState, type SeenPerson } from '../people/reach.ts';
import { notifiedRoles } from '../people/role-catalogue.ts';
import type { RoleChoice } from '../people/role-choice.ts';
import { onePerPerson, type RoleHolder, type RoleHoldings, standing } from '../people/role-holder.ts';
import { type Conversation, conversationsWith } from './conversations.ts';
import { mailFeedOf } from './mail-feed.ts';
import { DirectoryUnavailable, type Ports } from './ports.ts';
import { chosenRoles } from './role-choice.ts';

/** Who could be told tonight, before it has to be. */
export interface Reachability {
  readonly people: readonly Reachable[];
  /** How many of them can be written to and may act. */
  readonly reachable: number;
  /** True where one of them who sleeps leaves nobody. */
  readonly tooFew: boolean;
  /** Roles that count and that nobody holds, by template id. */
  readonly unheld: readonly string[];
  readonly mailFeed: Pick<MailFeed, 'lastEventAt'>;
  /** How many Microsoft mails, and the names of those to whom no mail can come. */
  readonly mailed: { readonly of: number; readonly withoutMailbox: readonly string[] };
}

export interface Reachable {
  readonly person: PersonId;
  readonly displayName: string;
  /** Template ids of the roles that the person holds, of those that are told. */
  readonly roles: readonly string[];
  readonly how: RoleHolder['how'];
  /**
   * `chat`: the bot may write. `no-chat`: the two never met; the app can be added, or a mail sent. `no-account`:
   * switched off, or a guest. `to-activate`: the role would have to be activated first. `part-only`: the role holds in
   * an administrative unit alone, and gives no right here. Else why the bot was refused.
   */
  readonly state: string;
  /** Whether a mail can come to the person; null where that is not known. */
  readonly mailbox: boolean | null;
  /** When it was last seen to be so; null where it never was tried. */
  readonly at: Instant | null;
}

type ReachPorts = Pick<Ports, 'store' | 'roleDirectory' | 'licenceDirectory' | 'clock'>;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export async function reachability(ports: ReachPorts, tenant: TenantId): Promise<Reachability> {
  const chosen = await chosenRoles(ports.store, tenant);
  const roles = [...new Set([...chosen, ...notifiedRoles])];
  const [holdings, mailboxes, feed] = await Promise.all([
    ports.roleDirectory.roleHoldings(tenant, roles, { somebodyWaits: true }),
    mailboxesOf(ports, tenant),
    mailFeedOf(ports.store, tenant),
  ]);
  const held = holdersOf(holdings, chosen);
  const known = await conversationsOf(ports, tenant, held);
  const at = ports.clock.now();
  const seen = seenAmong(holdings, { chosen, held, conversations: known, mailboxes, at });
  const { of, without } = withoutMailbox(seen.people);
  const reachable = seen.people.filter(isReachable).length;
  return {
    people: seen.people.flatMap((person, place) => {
      const holder = held[place];
      return holder !== undefined && person.told
        ? [reachableOf(person, { holder, holdings, chosen, known })]
        : [];
    }),
    reachable,
    tooFew: reachable < fewestReachable,
    unheld: seen.unheld,
    mailFeed: { lastEventAt: feed.lastEventAt },
    mailed: { of, withoutMailbox: without.map(({ displayName }) => displayName) },
  };
}

/**
 * The same by a reading of the directory that is there already, with the mailboxes as they were last known where
 * nobody is to be asked for them. @throws {StoreUnavailable}
 */
export async function lookAtReach(
  ports: ReachPorts,
  tenant: TenantId,
  { holdings, before }: { readonly holdings: RoleHoldings; readonly before: ReachSeen | null },
): Promise<ReachSeen> {
  const chosen = await chosenRoles(ports.store, tenant);
  const held = holdersOf(holdings, chosen);
  const [conversations, mailboxes] = await Promise.all([
    conversationsOf(ports, tenant, held),
    before === null ? mailboxesOf(ports, tenant) : mailboxesIn(before),
  ]);
  return seenAmong(holdings, { chosen, held, conversations, mailboxes, at: ports.clock.now() });
}

type Mailboxes = ReadonlyMap<string, boolean | null>;
type Conversations = ReadonlyMap<string, Conversation>;

/** Without the licences nobody's mailbox is known, and all else is. */
async function mailboxesOf({ licenceDirectory }: ReachPorts, tenant: TenantId): Promise<Mailboxes> {
  try {
    const { people } = await licenceDirectory.licensing(tenant);
    return new Map(people.map((person) => [person.id, hasMailbox(person)]));
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return new Map();
    throw error;
  }
}

function mailboxesIn({ people }: ReachSeen): Mailboxes {
  return new Map(people.map(({ person, mailbox }) => [person, mailbox]));
}

/** Who holds a chosen role counts by that, whatever else the person holds. */
function holdersOf({ holders }: RoleHoldings, chosen: RoleChoice): readonly RoleHolder[] {
  const of = (roles: Iterable<string>) => onePerPerson([...roles].flatMap((role) => holders.get(role) ?? []));
  const told = of(chosen);
  const known = new Set(told.map(({ person }) => person));
  return [...told, ...of(notifiedRoles).filter(({ person }) => !known.has(person))];
}

function conversationsOf(
  { store }: ReachPorts,
  tenant: TenantId,
  held: readonly RoleHolder[],
): Promise<Conversations> {
  return conversationsWith(
    store,
    tenant,
    held.map(({ person }) => person),
  );
}

function seenAmong(
  { holders }: RoleHoldings,
  {
    chosen,
    held,
    conversations,
    mailboxes,
    at,
  }: {
    readonly chosen: RoleChoice;
    readonly held: readonly RoleHolder[];
    readonly conversations: Conversations;
    readonly mailboxes: Mailboxes;
    readonly at: Instant;
  },
): ReachSeen {
  const told = new Set([...chosen].flatMap((role) => (holders.get(role) ?? []).map(({ person }) => person)));
  const mailed = new Set(notifiedRoles.flatMap((role) => activeIn(holders.get(role) ?? [])));
  return {
    at,
    people: held.map((holder) => ({
      person: holder.person,
      displayName: holder.displayName,
      state: reachState(holder, conversations.get(holder.person) ?? null),
      told: told.has(holder.person),
      mailed: mailed.has(holder.person),
      mailbox: mailboxes.get(holder.person) ?? null,
    })),
    unheld: [...chosen].filter((role) => (holders.get(role) ?? []).length === 0),
  };
}

function activeIn(holders: readonly RoleHolder[]): readonly PersonId[] {
  return holders.filter((holder) => standing(holder) === 'active').map(({ person }) => person);
}

const names: Readonly<Record<string, string>> = {
  disabled: 'no-account',
  guest: 'no-account',
  eligible: 'to-activate',
  part: 'part-only',
};

function reachableOf(
  { person, displayName, state, mailbox }: SeenPerson,
  {
    holder,
    holdings,
    chosen,
    known,
  }: {
    readonly holder: RoleHolder;
    readonly holdings: RoleHoldings;
    readonly chosen: RoleChoice;
    readonly known: Conversations;
  },
): Reachable {
  const conversation = known.get(person) ?? null;
  return {
    person,
    displayName,
    roles: [...chosen].filter((role) => holdings.holders.get(role)?.some((other) => other.person === person)),
    how: holder.how,
    state: names[state] ?? state,
    mailbox,
    at: conversation?.refused?.at ?? conversation?.at ?? null,
  };
}
