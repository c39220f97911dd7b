import type { TenantId } from '../../decision/ids.ts';
import type { Instant } from '../../decision/time.ts';
import type { Chats, Conversation } from './chats.ts';
import { type ConnectorAnswer, connectorErrors } from './connector-errors.ts';
import type { Installations } from './installations.ts';
import type { LimitedOperation, RateLimits } from './rate-limits.ts';
import type { BotAccount, Roster } from './roster.ts';

/** The sandbox's Teams: who is in it, what was said, and what a bot may do. */
export interface Teams {
  readonly tenant: TenantId;
  readonly bot: BotAccount;
  readonly roster: Roster;
  readonly chats: Chats;
  readonly installations: Installations;
  readonly limits: RateLimits;
  /** Whether the documented limits hold. */
  limited: boolean;
  readonly now: () => Instant;
  /** Where the connector listens, with a slash at its end, as activities say it. */
  serviceUrl: string;
}

/** The answer that a limit gives, or null where the request may pass. */
export function throttle(
  { limits, limited, now }: Teams,
  operation: LimitedOperation,
  conversation: Conversation,
): ConnectorAnswer | null {
  if (!limited) return null;
  const retryAfterSeconds = limits.take(operation, conversation.id, now());
  return retryAfterSeconds === null ? null : { ...connectorErrors.throttled, retryAfterSeconds };
}
