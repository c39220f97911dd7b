import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { changeOf } from '../workflows/booking.ts';
import type { Outbox, Store, WaitingMessage } from '../workflows/ports.ts';
import { type OutboxBody, outboxBody } from './message.ts';

/** A message on its way, still for all whom it is for. */
export interface Posting {
  readonly tenant: TenantId;
  readonly key: string;
  readonly place: string;
  readonly body: OutboxBody;
}

export interface RelayPorts {
  readonly store: Pick<Store, 'tenants' | 'commit'> & Outbox;
  /** The queue takes each message once, by its key, however often it is given. */
  readonly post: (postings: readonly Posting[]) => Promise<void>;
  /** Told how many messages could not be read. */
  readonly onUnreadable: (count: number) => void;
}

const messagesAtATime = 100;

/**
 * Moves what was committed to be said on to the queue, and takes it out of the outbox only then: a relay that dies in
 * between leaves it for the next sweep.
 * @throws {StoreUnavailable}
 */
export async function relayAll(ports: RelayPorts): Promise<void> {
  for (const tenant of await ports.store.tenants()) await relay(ports, tenant);
}

/** @throws {StoreUnavailable} */
export async function relay(ports: RelayPorts, tenant: TenantId): Promise<void> {
  for (;;) {
    const waiting = await ports.store.outbox(tenant, messagesAtATime);
    if (waiting.length === 0) return;
    const read = waiting.map((message) => ({ message, body: outboxBody.safeParse(message.body) }));
    await ports.post(
      read.flatMap(({ message: { key, place }, body }) =>
        body.success ? [{ tenant, key, place, body: body.data }] : [],
      ),
    );
    const unreadable = read.flatMap(({ message, body }) => (body.success ? [] : [message]));
    if (unreadable.length > 0) await setAside(ports, tenant, unreadable);
    await ports.store.outboxMoved(
      tenant,
      waiting.map(({ place }) => place),
    );
  }
}

/** One message that no release understands must not stand in the way of the others, and is not thrown away either. */
async function setAside(
  { store, onUnreadable }: RelayPorts,
  tenant: TenantId,
  messages: readonly WaitingMessage[],
): Promise<void> {
  const events = messages.map((message) => {
    const event: JsonValue = { v: 1, ...message };
    return { log: 'unreadable-messages', event };
  });
  await store.commit(changeOf(tenant, [{ heads: [], events }]));
  onUnreadable(messages.length);
}
