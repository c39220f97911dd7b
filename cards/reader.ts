import type { Instant } from '../src/decision/time.ts';

export type Language = 'en' | 'ko';

/** For whom a card is written. */
export interface Reader {
  readonly language: Language;
  /** BCP 47, as the client says; it shapes numbers and dates where it is of the same language. */
  readonly locale: string;
  /** IANA name; times are written in UTC where this runtime does not know it. */
  readonly timeZone: string;
  readonly now: Instant;
  /** The bot's app id, where it is known: it makes the way from a channel to one's own chat. */
  readonly botId?: string;
  /** In the reader's own chat, where it is known: the reader's id in Teams, `29:` and an id of this bot's. */
  readonly teamsUser?: string;
  /** True where it could not wait for the end of the reader's quiet hours, so that it says why. */
  readonly inQuietHours?: boolean;
}
