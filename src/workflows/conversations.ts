import { z } from 'zod';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';

/** Where the bot and a person, or a tenant's channel, have talked to each other. */
export interface Conversation {
  /** Of Teams. */
  readonly conversation: string;
  /** Of the connector behind it; null where only the conversation is known. */
  readonly serviceUrl: string | null;
  /** The person's `29:` id, which is another for each bot; null for a channel, and where nothing came from there yet. */
  readonly teamsUser: string | null;
  readonly locale: string;
  /** IANA name; null where no client ever told one. */
  readonly timeZone: string | null;
  /** Of a channel, for people to choose it by; null for a person, and where Teams did not tell it. */
  readonly name: string | null;
  /** What the bot was last told there instead of being let write; null where it may. */
  readonly refused: { readonly why: string; readonly at: Instant } | null;
  readonly at: Instant;
}

/** A turn in a personal chat, or an event of the app's coming and going. */
export interface Meeting extends Omit<Conversation, 'refused' | 'at' | 'name'> {
  readonly tenant: TenantId;
  readonly who: PersonId | 'channel';
  /** Of a channel, where Teams tells it. */
  readonly name?: string;
  /** True where the app has gone from there. */
  readonly left: boolean;
}

const stored = z.object({
  v: z.literal(1),
  conversation: z.string(),
  serviceUrl: z.string().nullable(),
  teamsUser: z.string().nullable(),
  locale: z.string(),
  timeZone: z.string().nullable(),
  name: z.string().nullable().default(null),
  refused: z.object({ why: z.string(), at: z.number() }).nullable(),
  at: z.number(),
});

const table = 'conversations';

export async function conversationWith(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  person: PersonId,
): Promise<Conversation | null> {
  return (await conversationsWith(store, tenant, [person])).get(person) ?? null;
}

/** A channel by its conversation; null where the app never was. */
export async function channelWith(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  conversation: string,
): Promise<Conversation | null> {
  const id = idOf('channel', conversation);
  return (await conversationsWith(store, tenant, [id])).get(id) ?? null;
}

/** The channels in which the app is now, the first first. */
export async function channelsOf(
  store: Pick<Store, 'records' | 'members'>,
  tenant: TenantId,
): Promise<readonly Conversation[]> {
  const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const ids = await store.members(tenant, channelsIndex, ever);
  const found = await conversationsWith(store, tenant, ids);
  return ids.flatMap((id) => {
    const channel = found.get(id);
    return channel === undefined || channel.refused !== null ? [] : [channel];
  });
}

/** Those that are known, by whom they are with. */
export async function conversationsWith(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  who: readonly string[],
): Promise<ReadonlyMap<string, Conversation>> {
  const found = await store.records(tenant, table, who);
  return new Map([...found].map(([id, value]) => [id, asWritten(stored.parse(value))]));
}

/**
 * Keeps where somebody can be written to; whoever writes to the bot lets it write again. What is known already is not
 * written anew for a day.
 */
export async function rememberConversation(store: Store, meeting: Meeting, at: Instant): Promise<void> {
  const { tenant, who, left, conversation, serviceUrl, teamsUser, locale } = meeting;
  const id = idOf(who, conversation);
  const known = (await conversationsWith(store, tenant, [id])).get(id) ?? null;
  const refused = left ? { why: 'not-in-roster', at } : null;
  // The coming and going of the app tells less than a turn did before.
  const timeZone = meeting.timeZone ?? known?.timeZone ?? null;
  const name = meeting.name ?? known?.name ?? null;
  const now: Conversation = { conversation, serviceUrl, teamsUser, locale, timeZone, name, refused, at };
  if (known !== null && isSame(known, now)) return;
  const isNewChannel = who === 'channel' && known === null;
  const members = isNewChannel ? [{ index: channelsIndex, score: at, member: id }] : [];
  await store.commit(changeOf(tenant, [], { records: [conversationRecord(who, now)], members }));
}

const channelsIndex = 'channels';

/** A tenant has many channels, and a person one chat. */
function idOf(who: PersonId | 'channel', conversation: string): string {
  return who === 'channel' ? `channel:${conversation}` : who;
}

function isSame(known: Conversation, now: Conversation): boolean {
  const again = { ...now, at: known.at, refused: known.refused };
  return (
    now.at - known.at < dayMs &&
    (known.refused === null) === (now.refused === null) &&
    JSON.stringify(asWritten(again)) === JSON.stringify(known)
  );
}

function asWritten({
  conversation,
  serviceUrl,
  teamsUser,
  locale,
  timeZone,
  name,
  refused,
  at,
}: Conversation): Conversation {
  return { conversation, serviceUrl, teamsUser, locale, timeZone, name, refused, at };
}

/** A record of the conversation, for a commit. */
export function conversationRecord(
  who: PersonId | 'channel',
  conversation: Conversation,
): { readonly table: string; readonly id: string; readonly value: JsonValue } {
  return { table, id: idOf(who, conversation.conversation), value: { v: 1, ...asWritten(conversation) } };
}
