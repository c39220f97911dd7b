import type { PersonId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type RoleHolder, standing } from './role-holder.ts';

/** Whether somebody could be told, as it was seen when everybody was looked at. */
export interface SeenPerson {
  readonly person: PersonId;
  readonly displayName: string;
  /** `chat` where the bot may write; else why it may not, in the words of {@link reachState}. */
  readonly state: string;
  /** Whether a role of the person's is one whose holders the bot tells. */
  readonly told: boolean;
  /** Whether Microsoft mails the person, who holds a role of its list actively. */
  readonly mailed: boolean;
  /** Null where it is not known. */
  readonly mailbox: boolean | null;
}

/** Everybody who holds a role that counts here or that Microsoft mails, at one time. */
export interface ReachSeen {
  readonly at: Instant;
  readonly people: readonly SeenPerson[];
  /** Roles that count and that nobody holds, by template id. */
  readonly unheld: readonly string[];
}

/**
 * `chat`: the bot may write. `no-chat`: the two never met. `disabled`, `guest`: no account that may act. `eligible`:
 * the role would have to be activated first. `part`: it holds in a part of the organisation alone. Else why the bot
 * was refused.
 */
export function reachState(
  holder: RoleHolder,
  conversation: { readonly refused: { readonly why: string } | null } | null,
): string {
  const held = standing(holder);
  if (held !== 'active') return held;
  if (conversation === null) return 'no-chat';
  return conversation.refused?.why ?? 'chat';
}

/** Holds that give no right here: nobody expects the bot to tell of them. */
const uncounted: ReadonlySet<string> = new Set(['eligible', 'part']);

export function isReachable({ told, state }: Pick<SeenPerson, 'told' | 'state'>): boolean {
  return told && state === 'chat';
}

/** Those who should be told and cannot be. */
export function unreached({ people }: Pick<ReachSeen, 'people'>): readonly SeenPerson[] {
  return people.filter(({ told, state }) => told && state !== 'chat' && !uncounted.has(state));
}
