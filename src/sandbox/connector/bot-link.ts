import { setTimeout as after } from 'node:timers/promises';
import type { TeamsActivity } from './teams-activity.ts';

/** How long Teams waits for an answer to an invoke. */
export interface InvokePatience {
  /** Then the same invoke is sent once more. */
  readonly repeatAfterMs: number;
  /** Then the person is told that something went wrong. */
  readonly giveUpAfterMs: number;
}

export type BotReply =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'no-answer' };

/** The way from Teams to the bot. */
export interface BotLink {
  /** A message or an event; its answer says only that it has arrived. */
  notify(activity: TeamsActivity): Promise<BotReply>;
  /** An invoke, whose answer counts; sent twice where the bot is slow, or where `twice` asks for it. */
  invoke(activity: TeamsActivity, options: { readonly twice: boolean }): Promise<BotReply>;
}

/** Posts to the bot's `/api/messages`. */
export function botLink(botUrl: string, patience: InvokePatience): BotLink {
  const post = (activity: TeamsActivity) => postActivity(botUrl, activity, patience.giveUpAfterMs);
  return {
    notify: post,
    invoke: async (activity, { twice }) => {
      const first = post(activity);
      if (twice) {
        const [reply] = await Promise.all([first, post(activity)]);
        return reply;
      }
      const stopWaiting = new AbortController();
      const slow = after(patience.repeatAfterMs, 'slow' as const, { signal: stopWaiting.signal });
      const early = await Promise.race([first, slow]);
      if (early === 'slow') return Promise.race([first, post(activity)]);
      stopWaiting.abort();
      // The aborted wait ends with an error that concerns nobody.
      slow.catch(() => undefined);
      return early;
    },
  };
}

async function postActivity(botUrl: string, activity: TeamsActivity, timeoutMs: number): Promise<BotReply> {
  try {
    const response = await fetch(botUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { kind: 'answered', status: response.status, text: await response.text() };
  } catch {
    // A bot that is down or silent: the person sees that something went wrong.
    return { kind: 'no-answer' };
  }
}
