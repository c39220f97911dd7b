import { z } from 'zod';
import { adaptiveCardType } from './bot-activity.ts';
import type { BotReply } from './bot-link.ts';

/** What a person sees after a tap. */
export type TapOutcome =
  /** The card was replaced, for this person. */
  | { readonly kind: 'card'; readonly card: unknown }
  /** A sentence was shown for a moment. */
  | { readonly kind: 'message'; readonly text: string }
  /** "Something went wrong", with what the bot said about it. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message: string }
  /** The tap went to the bot as a message; what it does shows in the chat. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'opened'; readonly url: string }
  | { readonly kind: 'no-answer' };

/** Reads the answer to an `adaptiveCard/action` invoke as Teams does ("Universal Actions for Adaptive Cards"). */
export function invokeOutcome(reply: BotReply): TapOutcome {
  if (reply.kind === 'no-answer') return reply;
  if (reply.status !== 200) return error(reply.status, 'HttpStatus', `The bot answered ${reply.status}.`);
  const answer = answerSchema.safeParse(readJson(reply.text));
  if (!answer.success) return error(reply.status, 'BadInvokeResponse', 'The answer is no invoke response.');
  const { statusCode, type, value } = answer.data;
  if (statusCode === 200 && type === adaptiveCardType) return { kind: 'card', card: value };
  if (statusCode === 200 && type === 'application/vnd.microsoft.activity.message') {
    return { kind: 'message', text: String(value) };
  }
  const known = errorSchema.safeParse(value);
  return known.success
    ? error(statusCode, known.data.code, known.data.message)
    : error(statusCode, 'UnknownResponse', `The bot answered ${statusCode} with ${type}.`);
}

const answerSchema = z.object({ statusCode: z.number().int(), type: z.string(), value: z.unknown() });
const errorSchema = z.object({ code: z.string(), message: z.string() });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function error(status: number, code: string, message: string): TapOutcome {
  return { kind: 'error', status, code, message };
}
