import type { Handled } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { QuarantinedItem, QuarantineRefusal } from '../usage/quarantine.ts';
import { readAgain } from '../usage/read-again.ts';
import type { ReadRow } from '../usage/read-row.ts';
import { judgeQuarantined } from './judge-quarantined.ts';
import type { Clock, Store } from './ports.ts';
import { itemsById } from './quarantined-items.ts';
import { recordUsage, type UsageRecorded } from './record-usage.ts';

export interface QuarantineToRetry {
  readonly tenant: TenantId;
  readonly id: string;
  readonly actor: string;
}

export interface Retried {
  readonly item: QuarantinedItem;
  /** What it held came to; null where it was resolved before. */
  readonly recorded: UsageRecorded | null;
}

/**
 * Reads an item by the present reader and books what it holds. The rows first, then that the item is resolved: after
 * a crash between the two the same again books nothing twice. A page whose rows are bad in part is resolved, and
 * these rows are items of their own.
 * Refuses `quarantine-unknown`, `quarantine-closed`, `quarantine-content-cut`, `quarantine-unreadable` with its cause.
 */
export async function retryQuarantined(
  store: Store,
  clock: Clock,
  retry: QuarantineToRetry,
): Promise<Handled<Retried, QuarantineRefusal>> {
  const { tenant, id, actor } = retry;
  const judge = (command: Parameters<typeof judgeQuarantined>[1]['command']) =>
    judgeQuarantined(store, { ...retry, at: clock.now(), command });
  const item = (await itemsById(store, tenant, [id])).get(id);
  if (item === undefined || item.state !== 'open')
    return retried(await judge({ type: 'resolve', by: actor }), null);
  if (item.cut) return { kind: 'refused', refusal: { code: 'quarantine-content-cut' } };

  const read = await readAgain(item);
  if (read.kind === 'unreadable') {
    const tried = await judge({ type: 'try', cause: read.cause });
    if (tried.kind === 'refused') return tried;
    return { kind: 'refused', refusal: { code: 'quarantine-unreadable', data: { cause: read.cause } } };
  }
  const recorded = await recordUsage(store, clock, { tenant, batches: inOrder(read.batches), actor });
  return retried(await judge({ type: 'resolve', by: actor }), recorded);
}

function retried(
  judged: Handled<QuarantinedItem, QuarantineRefusal>,
  recorded: UsageRecorded | null,
): Handled<Retried, QuarantineRefusal> {
  return judged.kind === 'refused' ? judged : { ...judged, outcome: { item: judged.outcome, recorded } };
}

async function* inOrder(batches: readonly (readonly ReadRow[])[]): AsyncGenerator<readonly ReadRow[]> {
  yield* batches;
}
