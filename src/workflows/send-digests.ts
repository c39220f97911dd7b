import { type DigestRhythm, dueDigest, isWorthSaying } from '../alerts/digest.ts';
import type { AlertSettings } from '../alerts/settings.ts';
import { absentFor } from '../approvals/delegation.ts';
import type { Person, Right } from '../approvals/quorum.ts';
import type { Actor } from '../approvals/top-up-events.ts';
import type { Change, OutboxMessage } from '../decision/commit.ts';
import { digest as digestOfText } from '../decision/digest.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Day, Instant } from '../decision/time.ts';
import { recipients } from '../people/recipients.ts';
import { heldAt, type RoleHolder, type RoleHoldings, standing } from '../people/role-holder.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { changeOf } from './booking.ts';
import { type Conversation, conversationsWith } from './conversations.ts';
import { accountNews, type DigestBooks, readDigestBooks, standingsIn } from './digest-books.ts';
import {
  type DigestRecord,
  digestChange,
  digestSubject,
  digestsOf,
  type StoredDigest,
} from './digest-record.ts';
import { requestsWaitingFor } from './digest-requests.ts';
import { lastPeople } from './people.ts';
import type { Ports } from './ports.ts';
import { noPreferences, type Preferences, preferencesOfAll } from './preferences.ts';
import { chosenRoles } from './role-choice.ts';

export interface DigestsSent {
  /** To how many people a digest is to be said. */
  readonly said: number;
  /** For how many there was nothing to say. */
  readonly silent: number;
}

/**
 * Decides on the digests whose morning it is. For a scheduler, every few minutes, in any number of processes: who has
 * had one is in the same commit as the message, and its key knows the person and the day. The directory is not asked:
 * who holds a role is taken from the list of people, and looked up again when the message is sent. Whoever never had a
 * chat with the bot is not written to for this alone.
 * @throws {StoreUnavailable}
 */
export async function sendDigests(
  ports: Pick<Ports, 'store' | 'clock'>,
  tenant: TenantId,
): Promise<DigestsSent> {
  const at = ports.clock.now();
  const due = await whoseMorningItIs(ports, tenant, at);
  if (due.length === 0) return { said: 0, silent: 0 };
  const books = await readDigestBooks(ports.store, tenant, at);
  let [said, silent] = [0, 0];
  for (const one of due) {
    const change = decided(tenant, one, books);
    const reply = await ports.store.commit(change);
    // Another process was quicker, or the clock went back: it was decided on already.
    if (reply.kind !== 'committed') continue;
    if (change.messages.length > 0) said += 1;
    else silent += 1;
  }
  return { said, silent };
}

/** A digest that is to be decided on. */
interface Due {
  readonly person: PersonId;
  readonly day: Day;
  readonly frequency: DigestRhythm['frequency'];
  readonly before: StoredDigest | undefined;
  readonly holdings: RoleHoldings;
}

async function whoseMorningItIs(
  ports: Pick<Ports, 'store' | 'clock'>,
  tenant: TenantId,
  at: Instant,
): Promise<readonly Due[]> {
  const { store } = ports;
  const [last, chosen] = await Promise.all([lastPeople(store, tenant), chosenRoles(store, tenant)]);
  if (last === null) return [];
  const holdings = heldAt(last, at);
  const people = recipients(holdings, chosen).map(({ person }) => person);
  const [conversations, preferences, digests, settings] = await Promise.all([
    conversationsWith(store, tenant, people),
    preferencesOfAll(store, tenant, people),
    digestsOf(store, tenant, people),
    alertSettingsOf(ports, tenant),
  ]);
  return people.flatMap((person) => {
    const conversation = conversations.get(person);
    if (conversation === undefined || conversation.refused !== null) return [];
    const rhythm = rhythmOf(preferences.get(person) ?? noPreferences, settings, conversation);
    const before = digests.get(person);
    const day = dueDigest(rhythm, { decided: before?.record.decided ?? null, at });
    return day === null ? [] : [{ person, day, frequency: rhythm.frequency, before, holdings }];
  });
}

function rhythmOf(
  { digest, quietHours }: Preferences,
  settings: AlertSettings,
  { timeZone }: Conversation,
): DigestRhythm {
  const hours = quietHours === 'none' ? null : (quietHours ?? settings.quietHours);
  return { frequency: digest ?? settings.digest, hours, timeZone: timeZone ?? settings.timeZone ?? 'UTC' };
}

function decided(tenant: TenantId, due: Due, books: DigestBooks): Change {
  const { person, day, before } = due;
  const { now: at } = books;
  const last = before?.record.latest ?? null;
  const isSaid = hasSomethingToSay(due, books);
  const record: DigestRecord = isSaid
    ? { decided: day, latest: { day, at, accounts: standingsIn(books) }, before: last }
    : { decided: day, latest: last, before: before?.record.before ?? null };
  const key = `digest:${digestSubject(person, day)}`;
  return changeOf(tenant, [], {
    idempotency: { key, digest: digestOfText(key), outcome: null },
    records: [digestChange(person, before, record)],
    messages: isSaid ? [messageTo(person, { key, day, at })] : [],
  });
}

function hasSomethingToSay({ person, frequency, before, holdings }: Due, books: DigestBooks): boolean {
  const requests = requestsWaitingFor(books.topUps, actorIn(holdings, person, books), books.now);
  return isWorthSaying({
    frequency,
    openItems: books.open.length + requests.length,
    accounts: accountNews(books, before?.record.latest ?? null),
  });
}

/** With the roles on the list of people: own ones, and those of who is absent and chose this person. */
function actorIn(holdings: RoleHoldings, id: PersonId, { topUps, now }: DigestBooks): Actor {
  const held = [...holdings.holders].flatMap(([role, holders]) =>
    holders.filter((holder) => standing(holder) === 'active').map((holder) => ({ role, holder })),
  );
  const person: Person = { id, name: nameIn(held, id) };
  const rightOf = (of: Person): Right => ({
    of,
    roles: held.filter(({ holder }) => holder.person === of.id).map(({ role }) => role),
  });
  const absent = absentFor(topUps.delegations.state, id, now);
  return { person, rights: [person, ...absent].map(rightOf) };
}

function nameIn(held: readonly { readonly holder: RoleHolder }[], id: PersonId): string {
  return held.find(({ holder }) => holder.person === id)?.holder.displayName ?? id;
}

function messageTo(
  person: PersonId,
  { key, day, at }: { readonly key: string; readonly day: Day; readonly at: Instant },
): OutboxMessage {
  return {
    key,
    body: {
      v: 1,
      about: { kind: 'digest', id: digestSubject(person, day) },
      audience: { kind: 'people', people: [person] },
      mode: 'new',
      urgency: 'info',
      at,
    },
  };
}
