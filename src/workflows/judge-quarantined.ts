import type { AuditFact } from '../decision/audit.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import {
  decideQuarantine,
  type QuarantineCommand,
  type QuarantinedItem,
  type QuarantineRefusal,
  roomAfter,
} from '../usage/quarantine.ts';
import { readItem } from '../usage/stored-quarantine.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { itemsById, recordOf } from './quarantined-items.ts';
import { quarantineHeadChange, readBooks } from './tenant-books.ts';

/** Gives an item up. The same reason or another once more changes nothing. Refuses as {@link judgeQuarantined} does. */
export function discardQuarantined(
  store: Store,
  { reason, ...verdict }: Omit<Verdict, 'command'> & { readonly reason: string },
): Promise<Handled<QuarantinedItem, QuarantineRefusal>> {
  return judgeQuarantined(store, { ...verdict, command: { type: 'discard', by: verdict.actor, reason } });
}

/** What is to become of one item, and who wants it. */
export interface Verdict {
  readonly tenant: TenantId;
  readonly id: string;
  readonly actor: string;
  readonly at: Instant;
  readonly command: QuarantineCommand;
}

/** Decides upon an item and tells the audit. Refuses as {@link decideQuarantine} does. */
export async function judgeQuarantined(
  store: Store,
  verdict: Verdict,
): Promise<Handled<QuarantinedItem, QuarantineRefusal>> {
  return handle<QuarantinedItem, QuarantineRefusal>({
    decide: () => judge(store, verdict),
    commit: (change) => store.commit(change),
    // An item is decided upon once by its state, so the change carries no key that could be met again.
    readOutcome: readItem,
  });
}

async function judge(
  store: Store,
  { tenant, id, actor, at, command }: Verdict,
): Promise<Plan<QuarantinedItem, QuarantineRefusal>> {
  const books = await readBooks(store, tenant);
  const before = (await itemsById(store, tenant, [id])).get(id) ?? null;
  const decision = decideQuarantine(before, command, at);
  if (decision.kind === 'refused') return decision;
  const [after] = decision.events;
  if (before === null || after === undefined) return { kind: 'nothing', outcome: known(before) };

  const room = roomAfter(books.quarantine.state, before, after);
  const audited = bookAudit(books, { at, actor, subject: id, ...toldOf(command, after) });
  const change = changeOf(
    tenant,
    [{ heads: [quarantineHeadChange(books.quarantine, room)], events: [] }, audited],
    { records: [recordOf(after)] },
  );
  return { kind: 'change', outcome: after, change };
}

function known(item: QuarantinedItem | null): QuarantinedItem {
  if (item === null) throw new Error('An item that is not there was decided upon.');
  return item;
}

function toldOf(
  command: QuarantineCommand,
  { kind, cause }: QuarantinedItem,
): Pick<AuditFact, 'type' | 'data'> {
  switch (command.type) {
    case 'resolve':
      return { type: 'quarantine.retried', data: { kind, outcome: 'resolved' } };
    case 'try':
      return { type: 'quarantine.retried', data: { kind, outcome: 'still-unreadable', cause } };
    case 'discard':
      return { type: 'quarantine.discarded', data: { kind, cause, reason: command.reason.trim() } };
  }
}
