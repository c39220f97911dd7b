import { fewestReachable } from '../alerts/reach-conditions.ts';
import type { ReachLook } from '../alerts/signal.ts';
import type { TenantId } from '../decision/ids.ts';
import { hourMs, type Instant, utcDay } from '../decision/time.ts';
import { isReachable, type ReachSeen, unreached } from '../people/reach.ts';
import { readAlertBooks } from './alert-books.ts';
import { type Followed, observe } from './follow-incident.ts';
import { people } from './people.ts';
import type { Ports } from './ports.ts';
import { reachSeen, reachSeenRecord } from './reach-seen.ts';
import { lookAtReach } from './reachability.ts';

type CheckPorts = Pick<Ports, 'store' | 'roleDirectory' | 'licenceDirectory' | 'clock' | 'peopleFreshMs'>;

/**
 * Looks once a day at who could be told, and keeps what was seen; while too few can, also every hour at whether they
 * wrote to the bot meanwhile, which needs no directory. Nothing is looked at on the day on which the bot came, for
 * nobody has met it yet. To be called every so often: what was done is not done again.
 * @throws {StoreUnavailable} @throws {DirectoryUnavailable} and is then to be asked again
 */
export async function checkReach(ports: CheckPorts, tenant: TenantId): Promise<Followed> {
  const at = ports.clock.now();
  const { alerts } = await readAlertBooks(ports.store, tenant);
  const { reach } = alerts.state.state;
  if (reach === null) return lookedAt(ports, tenant, { seen: null, key: 'reach:first' });
  const before = await reachSeen(ports.store, tenant);
  if (utcDay(before?.at ?? reach.since) !== utcDay(at)) {
    const holdings = await people(ports, tenant);
    const seen = await lookAtReach(ports, tenant, { holdings, before: null });
    return lookedAt(ports, tenant, { seen, key: `reach:${utcDay(at)}` });
  }
  if (before === null || !isTooFew(before) || hourOf(before.at) === hourOf(at)) return [];
  const holdings = await people({ ...ports, peopleFreshMs: Number.POSITIVE_INFINITY }, tenant);
  const seen = await lookAtReach(ports, tenant, { holdings, before });
  return lookedAt(ports, tenant, { seen, key: `reach:${hourOf(at)}` });
}

function isTooFew({ people: seen }: ReachSeen): boolean {
  return seen.filter(isReachable).length < fewestReachable;
}

function hourOf(at: Instant): number {
  return Math.floor(at / hourMs);
}

/** Who looked, where nobody asked. */
const actor = 'alerts';

async function lookedAt(
  ports: CheckPorts,
  tenant: TenantId,
  { seen, key }: { readonly seen: ReachSeen | null; readonly key: string },
): Promise<Followed> {
  const look = seen === null ? null : lookOf(seen);
  const followed = await observe(ports, tenant, {
    signals: [{ type: 'reachLooked', look }],
    actor,
    request: { key, digest: key },
    records: seen === null ? [] : [reachSeenRecord(seen)],
  });
  return followed.kind === 'done' ? followed.outcome : [];
}

function lookOf(seen: ReachSeen): ReachLook {
  return {
    reachable: seen.people.filter(isReachable).length,
    of: seen.people.filter(({ told }) => told).length,
    unreached: unreached(seen).length,
  };
}
