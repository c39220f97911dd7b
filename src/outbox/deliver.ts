import type { Answer } from '../answers/answer.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Subject } from './message.ts';

/** Where can be written to. */
export interface Address {
  readonly tenant: TenantId;
  /** Of the conversation, in Teams. */
  readonly conversation: string;
  /** Of the connector behind it; null where only the conversation is known. */
  readonly serviceUrl: string | null;
  readonly kind: 'personal' | 'channel';
}

/** For whom a card is written, as far as is known. */
export interface Reader {
  /** What the person chose. */
  readonly language: 'en' | 'ko' | null;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The reader's id in Teams (`29:…`); absent in a channel, and where it is not known. */
  readonly teamsUser?: string;
  /** True where it could not wait for the end of the reader's quiet hours, so that it says why. */
  readonly inQuietHours?: boolean;
  /** True where another message makes itself heard for this one. */
  readonly silent?: boolean;
}

/** Why it is no use to try again in the same way. */
export type Why =
  | 'blocked'
  | 'not-in-roster'
  | 'disabled-by-admin'
  | 'not-found'
  | 'message-gone'
  | 'too-big'
  | 'cannot-install'
  | 'no-mailbox'
  | 'no-way'
  /** The tenant has chosen no channel. */
  | 'no-channel'
  | 'busy'
  | 'refused';

/** What came of one request. */
export type Outcome =
  | { readonly kind: 'sent'; readonly activityId: string }
  | Again
  | GaveUp
  /** The request had left, and no answer came: it may have been done. */
  | { readonly kind: 'unknown' };

/** Not done, and worth another try. */
export interface Again {
  readonly kind: 'again';
  /** What the other side asked for; null where it did not say. */
  readonly afterMs: number | null;
  readonly why: string;
}

/** Not done, and not to be tried again in this way. */
export interface GaveUp {
  readonly kind: 'gave-up';
  readonly why: Why;
}

/** Writes to Teams. Nothing here is ever tried twice: that is for the sender to decide. */
export interface Deliver {
  /** Finds a person's own chat where the app is there for the person; writes nothing. */
  open(tenant: TenantId, person: PersonId): Promise<Opened>;
  /** A new message with a card, which makes itself heard, unless it is to be silent. */
  send(to: Address, answer: Answer, reader: Reader): Promise<Outcome>;
  /** Puts a card in the place of another, without a sound. */
  edit(to: Card, answer: Answer, reader: Reader): Promise<Outcome>;
  /** Leaves an older card its facts, and takes away what can be tapped. */
  retire(to: Card, answer: Answer, reader: Reader): Promise<Outcome>;
  /** A new message of the card's first line alone. */
  note(to: Address, answer: Answer, reader: Reader): Promise<Outcome>;
  /** For a mail. */
  inWords(answer: Answer, reader: Reader): { readonly subject: string; readonly text: string };
}

export type Opened = { readonly kind: 'opened'; readonly address: Address } | Again | GaveUp;

/** A message of ours in Teams. */
export interface Card extends Address {
  readonly activityId: string;
}

/** What a subject's card says to a person, or in a channel where others read along (null), as of now. */
export interface CardSource {
  /** Null where there is nothing that this reader may be told. */
  answerFor(tenant: TenantId, about: Subject, person: PersonId | null): Promise<Answer | null>;
}

/** The ways to people who are not in a chat with the bot. */
export interface Reach {
  /** Adds the app for a person, and finds the chat that comes of it. */
  install(tenant: TenantId, person: PersonId): Promise<Opened>;
  /** The mail leaves as the tenant's sender. */
  mail(
    tenant: TenantId,
    person: PersonId,
    words: { readonly subject: string; readonly text: string },
  ): Promise<Outcome>;
}
