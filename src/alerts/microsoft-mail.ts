import { hourMs, type Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';

/** What came so far from the flow that passes on the mails of the billing mailbox. */
export interface MailFeed {
  /** When anything came last; null where nothing ever did: no flow is set up. */
  readonly lastEventAt: Instant | null;
  /** When the last mail of a failed recharge was written, by currency. */
  readonly failures: ReadonlyMap<Currency, Instant>;
}

export const emptyMailFeed: MailFeed = { lastEventAt: null, failures: new Map() };

/** How long Microsoft's mail may take before it counts as not seen. */
export const mailPatienceMs = 2 * hourMs;

/** What is known of Microsoft's mail about one failure. */
export type MailSight =
  | { readonly kind: 'arrived'; readonly at: Instant }
  | { readonly kind: 'not-seen' | 'awaited' | 'no-feed' };

/** An incident that Microsoft's mail should tell of, too. */
export interface Mailed {
  readonly currency: Currency;
  /** When it was found, and since when it is so, which may be earlier. */
  readonly openedAt: Instant;
  readonly since: Instant | null;
}

/** A mail of another currency, or of long before, is about another failure. */
export function mailSight({ currency, openedAt, since }: Mailed, feed: MailFeed, now: Instant): MailSight {
  const mailedAt = feed.failures.get(currency);
  const earliest = Math.min(openedAt, since ?? openedAt) - mailPatienceMs;
  if (mailedAt !== undefined && mailedAt >= earliest) return { kind: 'arrived', at: mailedAt };
  if (feed.lastEventAt === null) return { kind: 'no-feed' };
  return { kind: now < openedAt + mailPatienceMs ? 'awaited' : 'not-seen' };
}

/** Somebody whom Microsoft may mail. */
export interface MayBeMailed {
  readonly mailed: boolean;
  /** Null where it is not known. */
  readonly mailbox: boolean | null;
}

/** How many Microsoft mails, and those of them to whom no mail can come at all. */
export function withoutMailbox<Person extends MayBeMailed>(
  people: readonly Person[],
): { readonly of: number; readonly without: readonly Person[] } {
  const mailed = people.filter((person) => person.mailed);
  return { of: mailed.length, without: mailed.filter(({ mailbox }) => mailbox === false) };
}
