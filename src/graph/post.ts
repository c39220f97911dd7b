import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { TokenSource } from './credentials.ts';

/** What came of one request that changes something. It is asked once: whether twice does harm, the caller knows. */
export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  /** Nothing left this house. */
  | { readonly kind: 'not-sent' }
  /** It left, and no answer came. */
  | { readonly kind: 'unknown' };

export interface GraphPost {
  /** To a path that begins with its version, such as `/v1.0/users/…/sendMail`. */
  post(tenant: TenantId, path: string, body: object): Promise<Posted>;
}

const timeoutMs = 5_000;

export function graphPost(options: {
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  readonly now: () => Instant;
}): GraphPost {
  const { origin } = new URL(options.baseUrl);
  return {
    post: async (tenant, path, body) => {
      let token: string | null;
      try {
        token = await options.tokens.token(tenant);
      } catch {
        return { kind: 'not-sent' };
      }
      try {
        const response = await fetch(origin + path, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'manual',
        });
        await response.arrayBuffer();
        const retryAfter = response.headers.get('retry-after');
        return {
          kind: 'answered',
          status: response.status,
          retryAfterMs: retryAfterMs(retryAfter, options.now()),
        };
      } catch (error) {
        return { kind: neverLeft(error) ? 'not-sent' : 'unknown' };
      }
    },
  };
}

const beforeConnection: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const failureSchema = z.object({ cause: z.object({ code: z.string() }) });

function neverLeft(error: unknown): boolean {
  const failure = failureSchema.safeParse(error);
  return failure.success && beforeConnection.has(failure.data.cause.code);
}

/** Seconds or an HTTP date. */
function retryAfterMs(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
