import { z } from 'zod';
import { type PersonId, personId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';

/**
 * What is to be said, as it was committed: about what, to whom, and how loudly. It holds no card and no figure, for
 * those are made when it is sent, from the state as it then is.
 */
export type OutboxBody = z.infer<typeof outboxBody>;

const subject = z.object({
  kind: z.enum(['incident', 'topup', 'delegation', 'digest']),
  id: z.string().min(1).max(200),
});

/** What a message is about; one person has one card for it. */
export type Subject = z.infer<typeof subject>;

const audience = z.discriminatedUnion('kind', [
  /** Whoever holds one of the roles, by their template ids, at the time of sending. */
  z.object({ kind: z.literal('roles'), roles: z.array(z.string()) }),
  z.object({ kind: z.literal('people'), people: z.array(z.string()) }),
  /** The channel that the tenant has chosen. */
  z.object({ kind: z.literal('channel') }),
]);

export type Audience = z.infer<typeof audience>;

const mode = z.enum([
  /** A message of its own: the card before it loses what can be tapped. */
  'new',
  /** In place, without a sound. */
  'edit',
  /** In place, and one short message that it is over. */
  'final',
]);

export type Mode = z.infer<typeof mode>;

const urgency = z.enum(['critical', 'warning', 'info']);

export type Urgency = z.infer<typeof urgency>;

const askedWay = z.enum([
  'chat',
  /** By mail and nothing else, where the chat was not heard. It leaves the card in the chat as it is. */
  'mail',
]);

export type AskedWay = z.infer<typeof askedWay>;

export const outboxBody = z.object({
  v: z.literal(1),
  about: subject,
  audience,
  mode,
  urgency,
  /** Absent in what earlier releases wrote. */
  way: askedWay.default('chat'),
  at: z.number(),
});

/** Who is told: a person, or the tenant's channel. */
export type Recipient = PersonId | 'channel';

export const recipientSchema = z.string().transform((text, context): Recipient => {
  const recipient = text === 'channel' ? text : personId(text);
  if (recipient !== null) return recipient;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'neither a person nor the channel' });
  return z.NEVER;
});

/** A message of the outbox, for one recipient. */
export interface Message {
  readonly key: string;
  /** Where it stands in the order of the tenant's commits. */
  readonly place: string;
  readonly about: Subject;
  readonly recipient: Recipient;
  readonly mode: Mode;
  readonly urgency: Urgency;
  readonly way: AskedWay;
  /** True where another message makes itself heard for it. */
  readonly silent?: boolean;
}

/** When the message at a place was committed, by the store's clock. */
export function committedAt(place: string): Instant {
  return Number(place.split('-')[0]);
}

/** Whether one message was committed before another; places are `milliseconds-number`. */
export function isBefore(place: string, other: string): boolean {
  const [ms = 0, number = 0] = place.split('-').map(Number);
  const [otherMs = 0, otherNumber = 0] = other.split('-').map(Number);
  return ms < otherMs || (ms === otherMs && number < otherNumber);
}
