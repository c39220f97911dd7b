import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Product } from '../src/product.ts';
import { type Answered, refusal } from './answered.ts';
import type { Log } from './log.ts';

/** One delivery as it came. */
export interface Delivery {
  /** The very bytes that were signed, as text. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Events {
  /** Checks who sent it, and takes it in once. */
  receive(delivery: Delivery): Promise<Answered>;
}

const signedHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/**
 * Billing events, signed as Standard Webhooks say (standardwebhooks.com): an event without a valid signature, or with
 * one that is older than five minutes, changes nothing.
 */
export function signedEvents(product: Pick<Product, 'reportEvent'>, secret: string | null, log: Log): Events {
  const webhook = secret === null ? null : new Webhook(secret);
  return {
    async receive({ body, headers }) {
      if (webhook === null)
        return refusal(401, 'No event can be trusted here. Set EVENTS_SECRET to take them.');
      const signed = Object.fromEntries(signedHeaders.map((name) => [name, headers[name] ?? '']));
      const payload = verified(webhook, body, signed);
      if (payload === undefined) return refusal(401, 'The signature is not valid, or too old.');
      const taken = await product.reportEvent({ id: signed['webhook-id'] ?? '', payload });
      if (taken.kind === 'done') return { status: 200, body: { taken: taken.repeated ? 'before' : 'now' } };
      log.warn({ code: taken.refusal.code }, 'An event was refused.');
      return refusal(400, `The event is refused: ${taken.refusal.code}.`);
    },
  };
}

/** Undefined where it is not by who knows the secret, or of another time. */
function verified(webhook: Webhook, body: string, headers: Record<string, string>): unknown {
  try {
    return webhook.verify(body, headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
