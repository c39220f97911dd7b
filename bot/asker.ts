import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Asker } from '../src/answers/asker.ts';
import { personId, tenantId } from '../src/decision/ids.ts';

/** What of an activity tells who asks; the channel vouches for it. Everything else about it is open. */
const origin = z.object({
  from: z.object({ aadObjectId: z.string().optional(), name: z.string().max(256).optional() }).passthrough(),
  conversation: z
    .object({ tenantId: z.string().optional(), conversationType: z.string().optional() })
    .passthrough(),
  channelData: z
    .object({ tenant: z.object({ id: z.string().optional() }).passthrough().optional() })
    .passthrough()
    .nullish(),
  locale: z.string().optional(),
  localTimezone: z.string().optional(),
  entities: z.array(z.object({ type: z.string() }).passthrough()).nullish(),
});

const clientInfo = z.object({ locale: z.string().optional(), timezone: z.string().optional() });

/** Null where the channel names no tenant: there is then nobody whose books could be opened. */
export function askerOf(activity: Activity): Asker | null {
  const parsed = origin.safeParse(activity);
  if (!parsed.success) return null;
  const { from, conversation, channelData, entities } = parsed.data;
  const tenant = tenantId(conversation.tenantId ?? channelData?.tenant?.id ?? '');
  if (tenant === null) return null;
  const client = clientInfo.safeParse(entities?.find((entity) => entity.type === 'clientInfo')).data;
  return {
    tenant,
    person: personId(from.aadObjectId ?? ''),
    name: from.name ?? '',
    locale: knownLocale(client?.locale ?? parsed.data.locale),
    timeZone: knownTimeZone(client?.timezone ?? parsed.data.localTimezone),
    // A personal chat says so, and older clients say nothing; whatever else it may be, others read along.
    scope: (conversation.conversationType ?? 'personal') === 'personal' ? 'personal' : 'shared',
  };
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
