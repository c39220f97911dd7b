import type { TenantId } from '../decision/ids.ts';
import { readUsageFile } from '../usage/usage-file.ts';
import type { RefusedUsage } from '../usage/usage-file-refused.ts';
import type { Clock, Store, UsageSource } from './ports.ts';
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
  const recorded = await recordUsage(ports.store, ports.clock, { tenant, batches: read.batches, actor });
  return { kind: 'recorded', recorded, complete: read.format !== 'graph-page' || read.nextLink === null };
}

/** Books the calls that Graph reports for a range of at most ninety days. @throws {UsageSourceUnavailable} */
export async function importReportedUsage(
  ports: { readonly store: Store; readonly clock: Clock; readonly usageSource: UsageSource },
  wanted: { readonly tenant: TenantId; readonly from: number; readonly to: number },
): Promise<UsageRecorded> {
  const batches = ports.usageSource.pages(wanted.tenant, wanted);
  return recordUsage(ports.store, ports.clock, { tenant: wanted.tenant, batches, actor: 'graph' });
}
