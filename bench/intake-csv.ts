import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { tenantId } from '../src/decision/ids.ts';
import { connect } from '../src/store/connection.ts';
import { redisStore } from '../src/store/store.ts';
import { importUsageFile } from '../src/workflows/import-usage.ts';
import type { Store } from '../src/workflows/ports.ts';
import { type Measured, measured, median, type Pair } from './measured.ts';
import { freshRedis } from './redis.ts';
import type { Started } from './started.ts';
import { usageReport } from './usage-report.ts';

const rows = 60_000;
const rounds = 5;

/** Rows of a report parsed, checked, deduplicated and booked a second, against csv-parse alone on the same bytes. */
export async function intakeCsv(started: Started): Promise<Measured> {
  const store = redisStore(connect(await freshRedis(started), { onError: () => {} }));
  started.add(() => store.close());
  const pairs: Pair[] = [];
  const perCpuSecond: number[] = [];
  // The first round warms both up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const report = usageReport(rows);
    const baseline = await speedOf(() => parseAlone(report));
    const value = await speedOf(() => importAll(store, report));
    if (round === 0) continue;
    pairs.push({ value: value.perSecond, baseline: baseline.perSecond });
    perCpuSecond.push(value.perCpuSecond);
  }
  return { ...measured(pairs, 'rows/s'), perCpuSecond: Math.round(median(perCpuSecond)) };
}

async function importAll(store: Store, report: Buffer): Promise<void> {
  const tenant = tenantId(randomUUID());
  if (tenant === null) throw new Error('A random UUID is a GUID.');
  const clock = { now: () => Date.now() };
  const file = { tenant, bytes: inChunks(report), actor: 'bench' };
  const imported = await importUsageFile({ store, clock }, file);
  if (imported.kind !== 'recorded' || imported.recorded.rejected > 0)
    throw new Error('Rows were not booked.');
}

/** Rows a second by the clock, and by the CPU time of this process. */
async function speedOf(
  work: () => Promise<void>,
): Promise<{ readonly perSecond: number; readonly perCpuSecond: number }> {
  const startedAt = performance.now();
  const cpuAtStart = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuAtStart);
  return {
    perSecond: (rows * 1_000) / (performance.now() - startedAt),
    perCpuSecond: (rows * 1_000_000) / (user + system),
  };
}

async function parseAlone(report: Buffer): Promise<void> {
  let count = 0;
  const parser = Readable.from(inChunks(report)).pipe(parse({ bom: true }));
  for await (const record of parser) if (record) count += 1;
  if (count !== rows + 1) throw new Error('Rows were lost.');
}

const chunkBytes = 64 * 1024;

async function* inChunks(report: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < report.length; start += chunkBytes)
    yield report.subarray(start, start + chunkBytes);
}
