import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import { type Message, outboxBody, type Recipient, recipientSchema } from './message.ts';

/**
 * How one recipient came to know of one subject, and what of it is still to be done: one record for the card that
 * this recipient has. It is written before a request leaves and after its answer, so that whoever comes later knows
 * what was done, and what may have been.
 */
export type Delivery = z.infer<typeof deliverySchema>;

/** What is still to be done, for one message or for several that came while the recipient could not be told. */
export type Task = NonNullable<Delivery['task']>;

const { about, mode, urgency, way: asked } = outboxBody.shape;

const card = z.object({
  conversation: z.string(),
  serviceUrl: z.string().nullable(),
  activityId: z.string(),
});

const step = z.enum([
  /** A message with the card. */
  'send',
  /** The card in its place. */
  'edit',
  /** The card before it loses what can be tapped. */
  'retire',
  /** One line that it is over. */
  'note',
  'mail',
  /** The recipient cannot be reached, so the tenant's channel is told. */
  'hand-over',
]);

export type Step = z.infer<typeof step>;

const task = z.object({
  keys: z.array(z.string()),
  /** Of the latest of the messages. */
  place: z.string(),
  mode,
  urgency,
  /** Whether another message makes itself heard for all of them. Absent in what earlier releases wrote. */
  silent: z.boolean().default(false),
  steps: z.array(step),
  /** Whether the chat is tried that is known, or one that is opened anew. */
  route: z.enum(['known', 'new']),
  /** Of the first step. */
  attempts: z.number(),
  /** Until then nobody else does anything: a request is under way, or it is no use to come earlier. */
  until: z.number(),
  /** True from before the request leaves until its answer is written down. */
  begun: z.boolean(),
});

const deliverySchema = z.object({
  v: z.literal(1),
  about,
  recipient: recipientSchema,
  asked,
  state: z.enum(['waiting', 'sending', 'sent', 'unknown', 'gave-up', 'nothing-to-say']),
  way: z.enum(['chat', 'mail', 'channel']).nullable(),
  /** Of the latest trouble, in the words of {@link Why} or of the other side; null where there is none. */
  why: z.string().nullable(),
  card: card.nullable(),
  /** One that is to be made inert. */
  older: card.nullable(),
  /** Place of the latest message that was told; and of the latest that made itself heard. */
  told: z.string().nullable(),
  heard: z.string().nullable(),
  /** What the latest message that made itself heard said, by a digest, and as of when. */
  said: z.object({ digest: z.string(), asOf: z.number() }).nullable(),
  /** Keys of the latest messages that are done with. */
  done: z.array(z.string()),
  /** How often nobody knew whether a message had come, and how often it was sent again for all that. */
  unknowns: z.number(),
  resent: z.number(),
  /** When the recipient was first told; null where that never was. Absent in what earlier releases wrote. */
  toldAt: z.number().nullable().default(null),
  task: task.nullable(),
  at: z.number(),
});

/** The table of deliveries, and the index of the recipients of one subject. */
export const deliveriesTable = 'deliveries';

export function deliveryId(
  subject: Delivery['about'],
  told: { readonly recipient: Recipient; readonly asked: Delivery['asked'] },
): string {
  return idAmong(subject, memberOf(told));
}

/** Of the index of recipients: what is asked to go by mail is a delivery beside the one in the chat. */
export function memberOf({ recipient, asked: way }: Pick<Delivery, 'recipient' | 'asked'>): string {
  return way === 'mail' ? `${recipient}:mail` : recipient;
}

/** The id of the delivery of one member of the index. */
export function idAmong({ kind, id }: Delivery['about'], member: string): string {
  return `${kind}:${id}:${member}`;
}

export function recipientsIndex({ kind, id }: Delivery['about']): string {
  return `deliveries:${kind}:${id}`;
}

/** Throws where what is stored has not the shape of a delivery. */
export function readDelivery(stored: JsonValue): Delivery {
  return deliverySchema.parse(stored);
}

export function firstDelivery({
  about,
  recipient,
  way,
}: Pick<Message, 'about' | 'recipient' | 'way'>): Delivery {
  return {
    v: 1,
    about,
    recipient,
    asked: way,
    state: 'waiting',
    way: null,
    why: null,
    card: null,
    older: null,
    told: null,
    heard: null,
    said: null,
    done: [],
    unknowns: 0,
    resent: 0,
    toldAt: null,
    task: null,
    at: 0,
  };
}
