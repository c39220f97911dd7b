import { DelayedError, type Job, Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { digest } from '../decision/digest.ts';
import { type TenantId, tenantId } from '../decision/ids.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import { type QueueDepth, queueDepth } from '../jobs/queue-depth.ts';
import type { Connection } from '../store/connection.ts';
import { type Message, outboxBody, recipientSchema, type Urgency } from './message.ts';
import type { Posting } from './relay.ts';
import type { Handled } from './sender.ts';

export interface OutboxQueueOptions {
  readonly connection: Connection;
  /** Names the queue's keys; its hash tag keeps them in one slot of a cluster. */
  readonly prefix?: string;
  readonly now: () => Instant;
  /** How many messages are under way at once in this process. */
  readonly concurrency: number;
  readonly onTrouble: (error: Error) => void;
}

/** What is done with what comes out of the queue; what throws is done again later. */
export interface OutboxWork {
  /** Finds out for whom a posting is. */
  expand(posting: Posting): Promise<readonly Message[]>;
  tell(tenant: TenantId, message: Message): Promise<Handled>;
}

/** From what is to be said to those who are told: each message one job, each recipient of it another. */
export class OutboxQueue {
  readonly #options: OutboxQueueOptions;
  readonly #queue: Queue;
  #worker: Worker | null = null;

  constructor(options: OutboxQueueOptions) {
    this.#options = options;
    this.#queue = new Queue(queueName, this.#base());
    this.#queue.on('error', options.onTrouble);
  }

  /** Takes each posting once: a job that is there already is left as it is. */
  async post(postings: readonly Posting[]): Promise<void> {
    if (postings.length === 0) return;
    await this.#queue.addBulk(
      postings.map((posting) => ({
        name: 'expand',
        data: posting,
        opts: { ...jobOptions(posting.body.urgency), jobId: digest(posting.tenant, posting.key) },
      })),
    );
  }

  /** Takes each message once for each recipient. */
  async postTo(tenant: TenantId, messages: readonly Message[]): Promise<void> {
    for (let first = 0; first < messages.length; first += jobsAtATime) {
      const some = messages.slice(first, first + jobsAtATime);
      await this.#queue.addBulk(some.map((message) => tellJob(tenant, message)));
    }
  }

  work(work: OutboxWork): void {
    const { concurrency, onTrouble } = this.#options;
    this.#worker = new Worker(queueName, (job, token) => this.#process(work, job, token), {
      ...this.#base(),
      concurrency,
      ...takeOver,
      settings: { backoffStrategy: (attempts) => Math.min(longestBackoffMs, firstBackoffMs * 2 ** attempts) },
    });
    this.#worker.on('error', onTrouble);
    this.#worker.on('failed', (_job, error) => onTrouble(error));
  }

  depth(): Promise<QueueDepth> {
    return queueDepth(this.#queue);
  }

  /** Resolves when what is under way is done. */
  async close(): Promise<void> {
    await this.#worker?.close();
    await this.#queue.close();
  }

  #base() {
    const { connection, prefix = '{credits}' } = this.#options;
    return { connection, prefix };
  }

  async #process(work: OutboxWork, job: Job, token: string | undefined): Promise<void> {
    if (job.name === 'expand') {
      const posting = postingSchema.parse(job.data);
      await this.postTo(posting.tenant, await work.expand(posting));
      return;
    }
    const { tenant, message } = tellSchema.parse(job.data);
    const handled = await work.tell(tenant, message);
    if (handled.kind === 'done') return;
    await job.moveToDelayed(this.#options.now() + handled.afterMs, token);
    throw new DelayedError();
  }
}

const queueName = 'outbox';
const jobsAtATime = 500;

/** A process that dies is found out within eight seconds, and however often, somebody else goes on. */
const takeOver = { lockDuration: 5_000, stalledInterval: 2_500, maxStalledCount: Number.MAX_SAFE_INTEGER };

/** A store or a directory that is down comes back; a defect is there until somebody has read of it. */
const mostAttempts = 2_000;
const firstBackoffMs = 500;
const longestBackoffMs = 60_000;

const priorities: Readonly<Record<Urgency, number>> = { critical: 1, warning: 2, info: 3 };

function jobOptions(urgency: Urgency) {
  return {
    priority: priorities[urgency],
    attempts: mostAttempts,
    backoff: { type: 'custom' },
    removeOnComplete: { age: dayMs / 1_000 },
    removeOnFail: { age: (30 * dayMs) / 1_000 },
  };
}

function tellJob(tenant: TenantId, message: Message) {
  const jobId = digest(tenant, message.key, message.recipient);
  return { name: 'tell', data: { tenant, message }, opts: { ...jobOptions(message.urgency), jobId } };
}

const tenantSchema = z.string().transform((text, context): TenantId => {
  const tenant = tenantId(text);
  if (tenant !== null) return tenant;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'no tenant' });
  return z.NEVER;
});

const postingSchema = z.object({
  tenant: tenantSchema,
  key: z.string(),
  place: z.string(),
  body: outboxBody,
});

const { about, mode, urgency, way } = outboxBody.shape;
const tellSchema = z.object({
  tenant: tenantSchema,
  message: z.object({
    key: z.string(),
    place: z.string(),
    about,
    mode,
    urgency,
    way,
    recipient: recipientSchema,
  }),
});
