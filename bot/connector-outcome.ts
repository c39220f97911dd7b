import { z } from 'zod';
import type { Instant } from '../src/decision/time.ts';
import type { Again, GaveUp } from '../src/outbox/deliver.ts';

/** What a request to the connector came to, other than what it was for. */
export type Trouble = Again | GaveUp | { readonly kind: 'unknown' };

/** Whatever the SDK's client threw. */
export function troubleOf(error: unknown, now: Instant): Trouble {
  const answered = answeredSchema.safeParse(error);
  if (answered.success) {
    const { statusCode, response } = answered.data;
    const text = response?.bodyAsText ?? '';
    return troubleAnswered({ status: statusCode, text, retryAfter: retryAfterOf(error) }, now);
  }
  // An error that is not the HTTP client's comes before the request: a token that could not be had.
  const sent = sentSchema.safeParse(error);
  if (!sent.success || beforeConnection.has(sent.data.code ?? '')) {
    return { kind: 'again', afterMs: null, why: 'not-reached' };
  }
  return { kind: 'unknown' };
}

interface ErrorAnswer {
  readonly status: number;
  readonly text: string;
  /** The header. */
  readonly retryAfter: string | null;
}

/** Microsoft's table of status codes ("Send and receive messages", "Rate limiting"): these are tried again, no others. */
const worthAnotherAttempt: ReadonlySet<number> = new Set([412, 429, 502, 503, 504]);

export function troubleAnswered({ status, text, retryAfter }: ErrorAnswer, now: Instant): Again | GaveUp {
  if (worthAnotherAttempt.has(status)) {
    return { kind: 'again', afterMs: retryAfterMs(retryAfter, now), why: String(status) };
  }
  return { kind: 'gave-up', why: whyNot(status, codesOf(text)) };
}

function whyNot(status: number, codes: readonly string[]): GaveUp['why'] {
  const known = codes.map((code) => whyByCode[code]).find((why) => why !== undefined);
  if (status === 403) return known ?? 'refused';
  if (status === 404) return known === 'message-gone' ? known : 'not-found';
  return status === 413 ? 'too-big' : 'refused';
}

const whyByCode: Readonly<Record<string, GaveUp['why']>> = {
  BotNotInConversationRoster: 'not-in-roster',
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  BotDisabledByAdmin: 'disabled-by-admin',
  ActivityNotFoundInConversation: 'message-gone',
};

const bodySchema = z.object({
  error: z.object({ code: z.string() }).optional(),
  errorCode: z.number().optional(),
  message: z.string().optional(),
});
const nestedSchema = z.object({ subCode: z.string().optional(), errorSubCode: z.string().nullish() });

/** The code stands in the body, or as a sub-code in JSON inside the body's message. */
function codesOf(text: string): readonly string[] {
  const body = bodySchema.safeParse(readJson(text));
  if (!body.success) return [];
  const { error, message = '' } = body.data;
  const nested = nestedSchema.safeParse(readJson(message));
  const { subCode, errorSubCode } = nested.success ? nested.data : {};
  return [error?.code, subCode, errorSubCode].filter((code) => typeof code === 'string');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const answeredSchema = z.object({
  statusCode: z.number(),
  response: z.object({ bodyAsText: z.string().nullish() }).optional(),
});
const headersSchema = z.object({
  response: z.object({ headers: z.custom<{ get(name: string): string | undefined }>(hasGet) }),
});
const sentSchema = z.object({
  name: z.enum(['RestError', 'AbortError', 'TimeoutError']),
  code: z.string().optional(),
});

function hasGet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}

function retryAfterOf(error: unknown): string | null {
  const parsed = headersSchema.safeParse(error);
  return parsed.success ? (parsed.data.response.headers.get('retry-after') ?? null) : null;
}

const beforeConnection: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Seconds or an HTTP date. */
function retryAfterMs(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
