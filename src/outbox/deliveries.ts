import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Store } from '../workflows/ports.ts';
import { seenBy } from '../workflows/seen.ts';
import { type Delivery, deliveriesTable, idAmong, readDelivery, recipientsIndex } from './delivery.ts';
import type { Recipient, Subject } from './message.ts';

/** How one recipient was told of a subject, for whoever wants to know who knows. */
export interface Receipt {
  readonly recipient: Recipient;
  /** `mail` for what was to go by mail beside the chat; `way` is how it went. */
  readonly asked: Delivery['asked'];
  readonly state: Delivery['state'];
  readonly way: Delivery['way'];
  /** The latest trouble, also where another way was found; null where there was none. */
  readonly why: string | null;
  /** How often nobody knew whether a message had come, and how often it was sent again for all that. */
  readonly unknowns: number;
  readonly resent: number;
  readonly at: Instant;
  /** When the recipient was first told; null where that never was, or an earlier release did it. */
  readonly toldAt: Instant | null;
  /** When the person first tapped on the card; null where that never was. */
  readonly seenAt: Instant | null;
}

/** Of everybody who was told, or was to be, the first first. @throws {StoreUnavailable} */
export async function receipts(
  store: Pick<Store, 'members' | 'records'>,
  tenant: TenantId,
  about: Subject,
): Promise<readonly Receipt[]> {
  const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const members = await store.members(tenant, recipientsIndex(about), ever);
  const ids = members.map((member) => idAmong(about, member));
  const found = await store.records(tenant, deliveriesTable, ids);
  const deliveries = ids.flatMap((id) => {
    const stored = found.get(id);
    return stored === undefined ? [] : [readDelivery(stored)];
  });
  const people = new Set(deliveries.map(({ recipient }) => recipient));
  const seen = await seenBy(store, tenant, { about, people: [...people] });
  return deliveries.map((delivery) => receipt(delivery, seen.get(delivery.recipient) ?? null));
}

function receipt(
  { recipient, asked, state, way, why, unknowns, resent, at, toldAt }: Delivery,
  seenAt: Instant | null,
): Receipt {
  return { recipient, asked, state, way, why, unknowns, resent, at, toldAt, seenAt };
}
