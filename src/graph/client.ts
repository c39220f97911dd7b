import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { TokenSource } from './credentials.ts';
import { GraphFailed } from './graph-failed.ts';
import { Places } from './places.ts';

/** How long a question may take, and how often it is asked. */
export interface GraphPatience {
  readonly attempts: number;
  readonly timeoutMs: number;
  /** A longer `Retry-After` is not waited for. */
  readonly longestWaitMs: number;
  /** Whether it goes before questions that nobody waits for. */
  readonly somebodyWaits: boolean;
}

/** For somebody who waits for a card: Teams shows an error after ten to fifteen seconds. */
export const whileSomebodyWaits: GraphPatience = {
  attempts: 2,
  timeoutMs: 2_500,
  longestWaitMs: 1_000,
  somebodyWaits: true,
};

/** For work that nobody waits for. Graph asks for waits of up to some minutes. */
export const inTheBackground: GraphPatience = {
  attempts: 6,
  timeoutMs: 60_000,
  longestWaitMs: 300_000,
  somebodyWaits: false,
};

export interface GraphClientOptions {
  /** Without the version: `https://graph.microsoft.com`. */
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  readonly now: () => Instant;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** At least 0, below 1. */
  readonly random: () => number;
}

export interface GraphClient {
  /**
   * The text of the answer to a path that begins with its version, such as `/v1.0/users`.
   * @throws {GraphFailed}
   */
  get(tenant: TenantId, path: string, patience: GraphPatience): Promise<string>;
  /** The text of a next page: the link is followed as it is, and only to the same host. @throws {GraphFailed} */
  follow(tenant: TenantId, nextLink: string, patience: GraphPatience): Promise<string>;
  /** Whether a link leads to this Graph: only then may the token go along. */
  isOwn(link: string): boolean;
}

/** Questions of one tenant that are under way at once; Graph counts what a tenant's applications ask together. */
const questionsAtOnce = 4;

/** Reads from Graph as the application. What Graph says is busy or broken is asked again, a bounded number of times. */
export function graphClient(options: GraphClientOptions): GraphClient {
  const base = new URL(options.baseUrl);
  const places = new Places(questionsAtOnce);
  const read = (tenant: TenantId, url: string, patience: GraphPatience) =>
    readPatiently({ tenant, url, patience, options, places });
  return {
    get: (tenant, path, patience) => read(tenant, base.origin + path, patience),
    follow: async (tenant, nextLink, patience) => {
      if (!isAt(base, nextLink)) throw new GraphFailed({ kind: 'foreign-link' });
      return read(tenant, nextLink, patience);
    },
    isOwn: (link) => isAt(base, link),
  };
}

function isAt(base: URL, link: string): boolean {
  return URL.canParse(link) && new URL(link).origin === base.origin;
}

interface Reading {
  readonly tenant: TenantId;
  readonly url: string;
  readonly patience: GraphPatience;
  readonly options: GraphClientOptions;
  readonly places: Places;
}

async function readPatiently(reading: Reading): Promise<string> {
  const { tenant, patience, options, places } = reading;
  for (let attempt = 1; ; attempt += 1) {
    // The place is free again while Graph is waited for: a busy Graph may ask for minutes.
    const outcome = await places.whileHeld(tenant, patience, () => readOnce(reading));
    if (outcome.kind === 'answered') return outcome.text;

    const { status, cause } = outcome;
    const waitMs = outcome.retryAfterMs ?? backoffMs(attempt, options.random());
    if (attempt === patience.attempts || waitMs > patience.longestWaitMs) {
      throw new GraphFailed({ kind: 'no-answer', attempts: attempt, status }, cause);
    }
    await options.sleep(waitMs);
  }
}

type Outcome =
  | { readonly kind: 'answered'; readonly text: string }
  | {
      readonly kind: 'try-again';
      readonly status: number | null;
      readonly retryAfterMs: number | null;
      readonly cause?: unknown;
    };

/** Graph's documentation names these as worth another attempt. */
const worthAnotherAttempt: ReadonlySet<number> = new Set([429, 502, 503, 504]);

async function readOnce({ tenant, url, patience, options }: Reading): Promise<Outcome> {
  const headers = await headersFor(tenant, options.tokens);
  try {
    const signal = AbortSignal.timeout(patience.timeoutMs);
    // A redirect would take the token to another host.
    const response = await fetch(url, { headers, signal, redirect: 'manual' });
    const text = await response.text();
    if (response.ok) return { kind: 'answered', text };
    if (!worthAnotherAttempt.has(response.status)) {
      throw new GraphFailed({ kind: 'refused', status: response.status, code: errorCode(text) });
    }
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), options.now());
    return { kind: 'try-again', status: response.status, retryAfterMs };
  } catch (cause) {
    if (cause instanceof GraphFailed) throw cause;
    return { kind: 'try-again', status: null, retryAfterMs: null, cause };
  }
}

async function headersFor(tenant: TenantId, tokens: TokenSource): Promise<Record<string, string>> {
  try {
    const token = await tokens.token(tenant);
    return { Accept: 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) };
  } catch (cause) {
    throw new GraphFailed({ kind: 'no-token' }, cause);
  }
}

const errorSchema = z.object({ error: z.object({ code: z.string().regex(/^[\w.-]{1,80}$/) }) });

function errorCode(text: string): string | null {
  try {
    return errorSchema.parse(JSON.parse(text)).error.code;
  } catch {
    // A gateway's page in HTML: the status says enough.
    return null;
  }
}

/** Seconds or an HTTP date. */
function readRetryAfter(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

/** Doubles with each attempt; random by half, so that many who failed together do not come back together. */
function backoffMs(attempt: number, random: number): number {
  const full = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + random / 2));
}
