import type { Activity } from 'botbuilder';
import { hourMs, type Instant } from '../src/decision/time.ts';
import type { Meeting } from '../src/product.ts';
import { askerOf, channelNameOf, toldTimeZoneOf } from './asker.ts';
import type { Bot } from './turn.ts';

/**
 * Keeps where people, and the tenant's channel, can be written to: every turn and every coming and going of the app
 * tells of it. No turn waits for it, and none fails by it.
 */
export class Remembering {
  readonly #bot: Bot;
  /** What was handed on lately, so that a turn costs nothing for what is known. */
  readonly #lately = new Map<string, { readonly what: string; readonly at: Instant }>();

  constructor(bot: Bot) {
    this.#bot = bot;
  }

  note(activity: Activity): void {
    const meeting = meetingOf(activity);
    if (meeting === null || this.#isKnown(meeting)) return;
    const { product, log } = this.#bot;
    product.rememberConversation(meeting).catch((error: unknown) => {
      this.#lately.delete(keyOf(meeting));
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'A conversation was not noted.');
    });
  }

  #isKnown(meeting: Meeting): boolean {
    const key = keyOf(meeting);
    const what = JSON.stringify(meeting);
    const at = this.#bot.product.now();
    const known = this.#lately.get(key);
    if (known !== undefined && known.what === what && at - known.at < hourMs) return true;
    if (this.#lately.size >= mostKnown) this.#lately.clear();
    this.#lately.set(key, { what, at });
    return false;
  }
}

const mostKnown = 10_000;

function keyOf({ tenant, who, conversation }: Meeting): string {
  return who === 'channel' ? `${tenant} ${conversation}` : `${tenant} ${who}`;
}

/** Null where the activity tells of no place that may be written to later. */
function meetingOf(activity: Activity): Meeting | null {
  const asker = askerOf(activity);
  if (asker === null) return null;
  const { tenant, person, locale, scope } = asker;
  const { conversation, serviceUrl, from, action, type } = activity;
  const isEvent = type === 'installationUpdate';
  const left = isEvent && (action ?? '').startsWith('remove');
  const place = { tenant, serviceUrl, locale, timeZone: toldTimeZoneOf(activity), left };
  if (scope === 'personal') {
    if (person === null) return null;
    return { ...place, who: person, conversation: conversation.id, teamsUser: from.id };
  }
  if (!isEvent || conversation.conversationType !== 'channel') return null;
  const [channel = ''] = conversation.id.split(';messageid=');
  const name = channelNameOf(activity);
  return { ...place, who: 'channel', conversation: channel, teamsUser: null, ...(name !== null && { name }) };
}
