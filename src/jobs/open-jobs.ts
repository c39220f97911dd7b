import { type Job, Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { type TenantId, tenantId } from '../decision/ids.ts';
import type { Connection } from '../store/connection.ts';
import { type QueueDepth, queueDepth } from './queue-depth.ts';
import type { Step } from './step.ts';

export interface JobsOptions {
  /** Opens a connection of its own; a worker waits on one, and nothing else may be asked there. */
  readonly connect: () => Connection;
  readonly steps: readonly Step[];
  /** Asked every minute: a tenant that is new is served from then on. */
  readonly tenants: () => Promise<readonly TenantId[]>;
  /** Told of a step that failed; it is done again when it is due again. */
  readonly onFailure: (step: string, error: Error) => void;
}

export interface Jobs {
  /** How much waits, of all processes. */
  depth(): Promise<QueueDepth>;
  /** Ends after the steps under way. */
  stop(): Promise<void>;
}

/** The hash tag keeps all keys of the queue in one slot of a cluster. */
const prefix = '{credits-jobs}';
const queueName = 'steps';

/** A process that dies is found out within twice these times, and another does its step again. */
const lockMs = 3_000;
const stalledEveryMs = 1_500;
const stepsAtOnce = 4;
const scheduleEveryMs = 60_000;

/** Begins to do the steps of all tenants, sharing them with every process on the same Redis. */
export async function openJobs(options: JobsOptions): Promise<Jobs> {
  const connections = [options.connect(), options.connect()] as const;
  const [forQueue, forWorker] = connections;
  const queue = new Queue(queueName, { connection: forQueue, prefix });
  const steps = new Map(options.steps.map((step) => [step.name, step]));
  const worker = new Worker(queueName, (job) => runStep(job, steps), {
    connection: forWorker,
    prefix,
    concurrency: stepsAtOnce,
    lockDuration: lockMs,
    stalledInterval: stalledEveryMs,
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  });
  worker.on('failed', (job, error) => options.onFailure(job?.name ?? queueName, error));
  worker.on('error', (error) => options.onFailure(queueName, error));
  queue.on('error', (error) => options.onFailure(queueName, error));

  const schedule = () =>
    scheduleAll(queue, options).catch((error: unknown) => options.onFailure('schedule', asError(error)));
  await schedule();
  const rescheduling = setInterval(() => void schedule(), scheduleEveryMs);
  return {
    depth: () => queueDepth(queue),
    async stop() {
      clearInterval(rescheduling);
      await worker.close();
      await queue.close();
      for (const connection of connections) connection.disconnect();
    },
  };
}

const dataSchema = z.object({ tenant: z.string().transform(asTenant) });

async function runStep(job: Job, steps: ReadonlyMap<string, Step>): Promise<void> {
  // A step of a later version, while both run side by side, is for that version's processes.
  await steps.get(job.name)?.run(dataSchema.parse(job.data).tenant);
}

async function scheduleAll(queue: Queue, { steps, tenants }: JobsOptions): Promise<void> {
  for (const tenant of await tenants()) {
    for (const { name, everyMs } of steps) {
      await queue.upsertJobScheduler(
        `${name}/${tenant}`,
        { every: everyMs },
        { name, data: { tenant }, opts: { removeOnComplete: true, removeOnFail: failuresKept } },
      );
    }
  }
}

const failuresKept = 100;

function asTenant(text: string, context: z.RefinementCtx): TenantId {
  const tenant = tenantId(text);
  if (tenant !== null) return tenant;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a tenant id' });
  return z.NEVER;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
