import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from '../decision/ids.ts';
import type { QueueDepth } from '../jobs/queue-depth.ts';
import { type Connection, connectQueue } from '../store/connection.ts';
import type { Clock, Directory, Outbox, RoleDirectory, Store, Throttle } from '../workflows/ports.ts';
import type { CardSource, Deliver, Reach } from './deliver.ts';
import type { Message } from './message.ts';
import { OutboxQueue } from './queue.ts';
import { recipientsOf } from './recipients.ts';
import { type Posting, relayAll } from './relay.ts';
import { tell } from './sender.ts';
import type { SenderPorts } from './sender-ports.ts';

export interface OutboxSettings {
  readonly redisUrl: string;
  readonly store: Store & Outbox;
  readonly directory: Directory;
  readonly roleDirectory: RoleDirectory;
  readonly cards: CardSource;
  readonly reach: Reach;
  readonly throttle: Throttle;
  readonly speakingTo: SenderPorts['speakingTo'];
  readonly tenantWide: SenderPorts['tenantWide'];
  readonly clock: Clock;
  readonly deliver: Deliver;
  /** Told of what went wrong and is tried again; the name alone is fit for a log. */
  readonly onTrouble: (error: Error) => void;
  /** Of the queue's keys; absent, the product's own. */
  readonly prefix?: string;
  readonly random?: () => number;
}

/** Says what was committed to be said, in as many processes as there are. */
export interface OpenOutbox {
  start(): void;
  /** How much waits, of all processes: in the queue, and as `committed` before it. Null before the start. */
  depth(): Promise<QueueDepth | null>;
  /** Resolves when what is under way is done; what is left goes on with the next start, or elsewhere. */
  stop(): Promise<void>;
}

const sweepEveryMs = 1_000;
/** More than Teams takes within two seconds only wait for one another. */
const concurrency = 50;

export function openOutbox(settings: OutboxSettings): OpenOutbox {
  const { onTrouble, clock } = settings;
  const stopping = new AbortController();
  let running: { readonly sweeps: Promise<void>; readonly queue: OutboxQueue } | null = null;
  let connection: Connection | null = null;
  return {
    start: () => {
      connection = connectQueue(settings.redisUrl, { onError: onTrouble });
      const { prefix } = settings;
      const queue = new OutboxQueue({
        connection,
        concurrency,
        onTrouble,
        now: () => clock.now(),
        ...(prefix === undefined ? {} : { prefix }),
      });
      queue.work(workOf(settings, queue));
      running = { queue, sweeps: sweep(settings, queue, stopping.signal) };
    },
    depth: async () => (running === null ? null : depthOf(settings, running.queue)),
    stop: async () => {
      stopping.abort();
      await running?.sweeps;
      await running?.queue.close();
      connection?.disconnect();
    },
  };
}

async function depthOf({ store }: OutboxSettings, queue: OutboxQueue): Promise<QueueDepth> {
  const [depth, tenants] = await Promise.all([queue.depth(), store.tenants()]);
  const waiting = await Promise.all(tenants.map((tenant) => store.outboxLength(tenant)));
  return { ...depth, committed: waiting.reduce((sum, count) => sum + count, 0) };
}

function workOf(settings: OutboxSettings, queue: OutboxQueue): Parameters<OutboxQueue['work']>[0] {
  const ports = {
    ...settings,
    sleep: async (milliseconds: number) => sleep(milliseconds),
    random: settings.random ?? Math.random,
    handOver: (tenant: TenantId, message: Message) => queue.postTo(tenant, [message]),
  };
  return {
    expand: async (posting) =>
      messagesOf(posting, await recipientsOf(settings, posting.tenant, posting.body.audience)),
    tell: (tenant, message) => tell(ports, tenant, message),
  };
}

function messagesOf(
  { key, place, body: { about, mode, urgency, way } }: Posting,
  recipients: readonly Message['recipient'][],
): readonly Message[] {
  return recipients.map((recipient) => ({ key, place, about, mode, urgency, way, recipient }));
}

/** Each message soon after its commit, whichever process made it, and whatever a relay that died left behind. */
async function sweep(settings: OutboxSettings, queue: OutboxQueue, stopping: AbortSignal): Promise<void> {
  const { store, onTrouble } = settings;
  const ports = {
    store,
    post: (postings: readonly Posting[]) => queue.post(postings),
    onUnreadable: (count: number) => onTrouble(new UnreadableMessages(count)),
  };
  while (!stopping.aborted) {
    try {
      await relayAll(ports);
    } catch (error) {
      onTrouble(error instanceof Error ? error : new Error(String(error)));
    }
    await sleep(sweepEveryMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

class UnreadableMessages extends Error {
  constructor(count: number) {
    super(`${count} messages of the outbox are of no shape that this release knows, and were set aside.`);
    this.name = 'UnreadableMessages';
  }
}
