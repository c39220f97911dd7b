import type { TenantId } from '../decision/ids.ts';
import { readUsageFile } from '../usage/usage-file.ts';
import type { RefusedUsage } from '../usage/usage-file-refused.ts';
import { FileCoverage, noteFile } from './file-coverage.ts';
import type { Clock, Store } from './ports.ts';
import { recordUsage, type UsageRecorded } from './record-usage.ts';

export type UsageImported =
  | {
      readonly kind: 'recorded';
      readonly recorded: UsageRecorded;
      /** False for a page of Graph that another follows: its calls are not in the file. */
      readonly complete: boolean;
    }
  | RefusedUsage;

/** Books the rows of a report file: the exported CSV, the ZIP it comes in, or a saved Graph page. */
export async function importUsageFile(
  ports: { readonly store: Store; readonly clock: Clock },
  file: { readonly tenant: TenantId; readonly bytes: AsyncIterable<Uint8Array>; readonly actor: string },
): Promise<UsageImported> {
  const read = await readUsageFile(file.bytes);
  if (read.kind === 'refused') return read;
  const { tenant, actor } = file;
  const coverage = new FileCoverage();
  const batches = coverage.watch(read.batches);
  const recorded = await recordUsage(ports.store, ports.clock, { tenant, batches, actor });
  const { days } = coverage;
  // A page of Graph is a part of an answer, and does not tell of which.
  if (days !== null && read.format !== 'graph-page') {
    await noteFile(ports.store, tenant, { days, at: ports.clock.now() });
  }
  return { kind: 'recorded', recorded, complete: read.format !== 'graph-page' || read.nextLink === null };
}
