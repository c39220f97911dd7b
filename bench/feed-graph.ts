import { randomUUID } from 'node:crypto';
import { tenantId } from '../src/decision/ids.ts';
import { connect } from '../src/store/connection.ts';
import { redisStore } from '../src/store/store.ts';
import { readGraphPage } from '../src/usage/graph-rows.ts';
import { feedUsage } from '../src/workflows/feed-usage.ts';
import type { Store, UsageSource } from '../src/workflows/ports.ts';
import { graphPage, rowsPerPage } from './graph-page.ts';
import { type Measured, measured, type Pair } from './measured.ts';
import { freshRedis } from './redis.ts';
import type { Started } from './started.ts';

const rows = 200_000;
const pages = rows / rowsPerPage;

/**
 * Rows of Graph's pages read, checked, deduplicated and booked a second, page by page with its checkpoint, against
 * JSON.parse alone on the same pages; with the most memory that this process ever held.
 */
export async function feedGraph(started: Started): Promise<Measured> {
  const store = redisStore(connect(await freshRedis(started), { onError: () => {} }));
  started.add(() => store.close());
  const baseline = perSecond(() => {
    for (let page = 0; page < pages; page += 1) JSON.parse(graphPage(page, pages));
  });
  const made = perSecond(() => {
    for (let page = 0; page < pages; page += 1) graphPage(page, pages);
  });
  const cpuAtStart = process.cpuUsage();
  const startedAt = performance.now();
  await feedAll(store);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const parsing = 1 / (1 / baseline - 1 / made);
  const pair: Pair = { value: rows / (seconds - rows / made), baseline: parsing };
  return {
    ...measured([pair], 'rows/s'),
    perCpuSecond: Math.round((rows * 1_000_000) / (user + system)),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}

/** By the clock; making the pages is the world's work, and is taken off. */
function perSecond(work: () => void): number {
  const startedAt = performance.now();
  work();
  return (rows * 1_000) / (performance.now() - startedAt);
}

async function feedAll(store: Store): Promise<void> {
  const tenant = tenantId(randomUUID());
  if (tenant === null) throw new Error('A random UUID is a GUID.');
  let asked = 0;
  const usageSource: UsageSource = {
    // The first of the ranges has all pages, and the others none.
    page: async (_tenant, place) => {
      if (place.kind === 'range' && asked > 0) return { rows: [], nextLink: null };
      const read = readGraphPage(graphPage(asked, pages));
      asked += 1;
      if (read.kind !== 'page') throw new Error('The made page cannot be read.');
      return read;
    },
  };
  const fed = await feedUsage(
    {
      store,
      usageSource,
      licenceDirectory: { licensing: async () => ({ credits: null, bought: new Map(), people: [] }) },
      clock: { now: () => Date.now() },
      leases: { whileHeld: (_tenant, _name, work) => work() },
    },
    tenant,
  );
  if (fed.kind !== 'complete' || asked !== pages) throw new Error('Pages were left unread.');
}
