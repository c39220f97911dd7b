import type { MailSight } from '../alerts/microsoft-mail.ts';

/** What is known of the ways to people, as far as an incident is about it; each part is absent where it is not. */
export interface IncidentWays {
  /** Who could not be told when everybody was last looked at. */
  readonly unreached?: UnreachedPeople;
  readonly mail?: MicrosoftMail;
  readonly told?: ToldCounts;
}

export interface UnreachedPeople {
  /** A few, with the reason for each: `no-chat`, `blocked`, `disabled`, … */
  readonly people: readonly { readonly name: string; readonly why: string }[];
  readonly more: number;
  /** Template ids of roles that nobody holds. */
  readonly unheld: readonly string[];
}

/** Whether Microsoft's own mail about the failure came, and to whom none can come. */
export interface MicrosoftMail {
  readonly sight: MailSight;
  readonly patienceMs: number;
  /** How many Microsoft mails; 0 where that is not known. */
  readonly of: number;
  readonly withoutMailbox: number;
  /** A few of them. */
  readonly names: readonly string[];
}

/** How many were told of the incident, and how. */
export interface ToldCounts {
  readonly of: number;
  readonly told: number;
  /** Of those who were told. */
  readonly byMail: number;
  readonly seen: number;
  readonly pending: number;
  readonly unknown: number;
  /** Those who could not be, by the reason, the most frequent first. */
  readonly failed: readonly { readonly why: string; readonly count: number }[];
  /** Of a drill that is over: from its beginning until half of those were told, and all. */
  readonly speed: { readonly medianMs: number; readonly slowestMs: number } | null;
}

/** The receipts change with every message that is sent, and are no news in themselves. */
export function withoutReceipts({ told: _, ...news }: IncidentWays): IncidentWays {
  return news;
}

/** More names than these nobody reads on a card. */
export const mostUnreached = 10;
export const mostWithoutMailbox = 5;
