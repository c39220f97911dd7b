import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Asker } from '../src/answers/asker.ts';
import { personId, tenantId } from '../src/decision/ids.ts';

/** Of type `clientInfo`, it tells of the client; others are not looked at. */
const entity = z.object({ type: z.string(), locale: z.unknown(), timezone: z.unknown() });

/** A name is for people to read, and whatever else stands there is no reason to refuse a turn. */
const named = z.object({ name: z.unknown() }).nullish().catch(null);

/** What of an activity tells who asks; the channel vouches for it. Everything else about it is open. */
const origin = z.object({
  from: z.object({ aadObjectId: z.string().optional(), name: z.string().max(256).optional() }),
  conversation: z.object({
    tenantId: z.string().optional(),
    conversationType: z.string().optional(),
    name: z.unknown(),
  }),
  channelData: z
    .object({ tenant: z.object({ id: z.string().optional() }).optional(), team: named, channel: named })
    .nullish(),
  locale: z.string().optional(),
  localTimezone: z.string().optional(),
  entities: z.array(entity).nullish(),
});

const askers = new WeakMap<Activity, Asker | null>();

/** Null where the channel names no tenant: there is then nobody whose books could be opened. */
export function askerOf(activity: Activity): Asker | null {
  let asker = askers.get(activity);
  if (asker === undefined) {
    asker = readAsker(activity);
    askers.set(activity, asker);
  }
  return asker;
}

function readAsker(activity: Activity): Asker | null {
  const parsed = origin.safeParse(activity);
  if (!parsed.success) return null;
  const { from, conversation, channelData, entities } = parsed.data;
  const tenant = tenantId(conversation.tenantId ?? channelData?.tenant?.id ?? '');
  if (tenant === null) return null;
  const client = entities?.find(({ type }) => type === 'clientInfo');
  return {
    tenant,
    person: personId(from.aadObjectId ?? ''),
    name: from.name ?? '',
    locale: knownLocale(textOr(client?.locale, parsed.data.locale)),
    timeZone: knownTimeZone(textOr(client?.timezone, parsed.data.localTimezone)),
    // A personal chat says so, and older clients say nothing; whatever else it may be, others read along.
    scope: (conversation.conversationType ?? 'personal') === 'personal' ? 'personal' : 'shared',
  };
}

/** Null where the client told none, or one that no calendar knows. */
export function toldTimeZoneOf(activity: Activity): string | null {
  const parsed = origin.safeParse(activity);
  if (!parsed.success) return null;
  const client = parsed.data.entities?.find(({ type }) => type === 'clientInfo');
  const told = textOr(client?.timezone, parsed.data.localTimezone);
  if (told === undefined) return null;
  const known = knownTimeZone(told);
  return known === 'UTC' && !/^(?:etc\/)?(?:utc|gmt)$/iu.test(told) ? null : known;
}

const longestName = 100;

/** "Finance, General": the team and its channel, as far as Teams tells them. */
export function channelNameOf(activity: Activity): string | null {
  const parsed = origin.safeParse(activity);
  if (!parsed.success) return null;
  const { channelData, conversation } = parsed.data;
  const names = [channelData?.team?.name, channelData?.channel?.name ?? conversation.name];
  const told = names.flatMap((name) => (typeof name === 'string' && name.trim() !== '' ? [name.trim()] : []));
  return told.length === 0 ? null : told.join(', ').slice(0, longestName);
}

function textOr(value: unknown, otherwise: string | undefined): string | undefined {
  return typeof value === 'string' ? value : otherwise;
}

const locales = new Map<string, string>();
const timeZones = new Map<string, string>();
/** There are some hundreds of each; whoever sends invented ones shall not fill the memory. */
const maxKnown = 2_000;

function knownLocale(locale = 'en-US'): string {
  return known(locales, locale, () => Intl.getCanonicalLocales(locale)[0] ?? 'en-US', 'en-US');
}

function knownTimeZone(timeZone = 'UTC'): string {
  return known(
    timeZones,
    timeZone,
    () => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone,
    'UTC',
  );
}

/** Looking one up takes longer than the rest of the turn's beginning, so each is looked up once. */
function known(cache: Map<string, string>, name: string, lookUp: () => string, otherwise: string): string {
  let found = cache.get(name);
  if (found === undefined) {
    try {
      found = lookUp();
    } catch {
      found = otherwise;
    }
    if (cache.size >= maxKnown) cache.clear();
    cache.set(name, found);
  }
  return found;
}
