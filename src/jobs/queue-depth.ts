import type { Queue } from 'bullmq';

/** How many jobs of a queue stand where. */
export type QueueDepth = Readonly<Record<string, number>>;

/** Those that are done are not counted. */
export async function queueDepth(queue: Queue): Promise<QueueDepth> {
  return queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed');
}
