import { type Episode, isLive } from '../alerts/episode.ts';
import { mailPatienceMs, mailSight, withoutMailbox } from '../alerts/microsoft-mail.ts';
import {
  type IncidentWays,
  type MicrosoftMail,
  mostUnreached,
  mostWithoutMailbox,
  type ToldCounts,
  type UnreachedPeople,
} from '../answers/incident-ways.ts';
import type { TenantId } from '../decision/ids.ts';
import { receipts } from '../outbox/deliveries.ts';
import { speedOf, type Told, toldOf } from '../outbox/told.ts';
import { type ReachSeen, unreached } from '../people/reach.ts';
import { mailFeedOf } from './mail-feed.ts';
import type { Ports } from './ports.ts';
import { reachSeen } from './reach-seen.ts';

type WaysPorts = Pick<Ports, 'store' | 'clock'>;

/** What the product knows of its own ways to people, and of Microsoft's, about one incident. @throws {StoreUnavailable} */
export async function incidentWays(
  ports: WaysPorts,
  tenant: TenantId,
  { episode, told }: { readonly episode: Episode; readonly told: readonly Told[] },
): Promise<IncidentWays> {
  const counts = countsOf(episode, told);
  const receipt = counts === null ? {} : { told: counts };
  if (isAboutReach(episode)) {
    const seen = await reachSeen(ports.store, tenant);
    return { ...receipt, ...(seen !== null && { unreached: unreachedIn(seen) }) };
  }
  const mail = await mailAbout(ports, tenant, episode);
  return { ...receipt, ...(mail !== null && { mail }) };
}

/** Of one incident, each recipient once. @throws {StoreUnavailable} */
export async function toldAbout(
  { store }: WaysPorts,
  tenant: TenantId,
  id: string,
): Promise<readonly Told[]> {
  return toldOf(await receipts(store, tenant, { kind: 'incident', id }));
}

/** Once enough can be told again, who cannot is the week's to tell. */
function isAboutReach(episode: Episode): boolean {
  return episode.kind === 'reach-report' || (episode.kind === 'few-reachable' && isLive(episode));
}

function unreachedIn(seen: ReachSeen): UnreachedPeople {
  const all = unreached(seen);
  return {
    people: all.slice(0, mostUnreached).map(({ displayName: name, state: why }) => ({ name, why })),
    more: Math.max(0, all.length - mostUnreached),
    unheld: seen.unheld,
  };
}

async function mailAbout(
  { store, clock }: WaysPorts,
  tenant: TenantId,
  { kind, currency, openedAt, facts }: Episode,
): Promise<MicrosoftMail | null> {
  if (currency === null || (kind !== 'recharge-failed' && kind !== 'recharge-overdue')) return null;
  const [feed, seen] = await Promise.all([mailFeedOf(store, tenant), reachSeen(store, tenant)]);
  const { of, without } = withoutMailbox(seen?.people ?? []);
  return {
    sight: mailSight({ currency, openedAt, since: facts.at }, feed, clock.now()),
    patienceMs: mailPatienceMs,
    of,
    withoutMailbox: without.length,
    names: without.slice(0, mostWithoutMailbox).map(({ displayName }) => displayName),
  };
}

/** Nothing while the first of them are being told: the figures would be old before they were read. */
function countsOf({ kind, openedAt, resolved }: Episode, all: readonly Told[]): ToldCounts | null {
  const people = all.filter(({ recipient }) => recipient !== 'channel');
  const told = people.filter(({ outcome }) => outcome === 'sent');
  const count = (outcome: Told['outcome']) => people.filter((one) => one.outcome === outcome).length;
  if (told.length === 0 || (resolved === null && count('pending') > 0)) return null;
  return {
    of: people.length,
    told: told.length,
    byMail: told.filter(({ way }) => way === 'mail').length,
    seen: told.filter(({ seenAt }) => seenAt !== null).length,
    pending: count('pending'),
    unknown: count('unknown'),
    failed: reasonsOf(people.filter(({ outcome }) => outcome === 'failed')),
    speed: kind === 'drill' && resolved !== null ? speedOf(people, openedAt) : null,
  };
}

function reasonsOf(failed: readonly Told[]): ToldCounts['failed'] {
  const counts = new Map<string, number>();
  for (const { why } of failed) counts.set(why ?? 'failed', (counts.get(why ?? 'failed') ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ why, count })).sort((left, right) => right.count - left.count);
}
