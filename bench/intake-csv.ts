import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { tenantId } from '../src/decision/ids.ts';
import { connect } from '../src/store/connection.ts';
import { redisStore } from '../src/store/store.ts';
import { importUsageFile } from '../src/workflows/import-usage.ts';
import { type Measured, measured, type Pair } from './measured.ts';
import { onFreshRedis } from './redis.ts';
import { usageReport } from './usage-report.ts';

const rows = 60_000;
const rounds = 5;

/** Rows of a report parsed, checked, deduplicated and booked a second, against csv-parse alone on the same bytes. */
export async function intakeCsv(): Promise<Measured> {
  return onFreshRedis(async (redisUrl) => {
    const store = redisStore(connect(redisUrl, { onError: () => {} }));
    const clock = { now: () => Date.now() };
    const pairs: Pair[] = [];
    try {
      // The first round warms both up and is not counted.
      for (let round = 0; round <= rounds; round += 1) {
        const report = usageReport(rows);
        const baseline = await rowsPerSecond(() => parseAlone(report));
        const tenant = tenantId(randomUUID());
        if (tenant === null) throw new Error('A random UUID is a GUID.');
        const value = await rowsPerSecond(async () => {
          const imported = await importUsageFile(
            { store, clock },
            { tenant, bytes: inChunks(report), actor: 'bench' },
          );
          if (imported.kind !== 'recorded' || imported.recorded.rejected > 0)
            throw new Error('Rows were not booked.');
        });
        if (round > 0) pairs.push({ value, baseline });
      }
    } finally {
      await store.close();
    }
    return measured(pairs, 'rows/s');
  });
}

async function rowsPerSecond(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (rows * 1_000) / (performance.now() - startedAt);
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
