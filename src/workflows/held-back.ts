import type { Episode } from '../alerts/episode.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { changeOf } from './booking.ts';
import { episodeNow } from './incidents.ts';
import type { Store } from './ports.ts';

/** Incidents of which a person is told at the end of the quiet hours, by that end. */
function index(person: PersonId): string {
  return `held-back:${person}`;
}

export async function noteHeldBack(
  store: Pick<Store, 'commit'>,
  tenant: TenantId,
  {
    person,
    incident,
    until,
  }: { readonly person: PersonId; readonly incident: string; readonly until: Instant },
): Promise<void> {
  const member = { index: index(person), score: until, member: incident };
  await store.commit(changeOf(tenant, [], { members: [member] }));
}

/** The ids of those that waited for an end of quiet hours within the time. */
export function heldBack(
  store: Pick<Store, 'members'>,
  tenant: TenantId,
  { person, from, to }: { readonly person: PersonId; readonly from: Instant; readonly to: Instant },
): Promise<readonly string[]> {
  return store.members(tenant, index(person), { from, to });
}

/** Those of the incidents that are still news in the morning. */
export async function stillNews(
  store: Store,
  tenant: TenantId,
  ids: readonly string[],
): Promise<readonly Episode[]> {
  const episodes = await Promise.all(ids.map((id) => episodeNow(store, tenant, id)));
  return episodes.filter((episode) => episode !== null).filter((episode) => !isOver(episode));
}

/** What ended in the night wakes nobody up in the morning; what was only to be told did not end. */
export function isOver({ mute, resolved, refiredAt }: Episode): boolean {
  return mute !== null || (resolved !== null && resolved.how !== 'told' && refiredAt === null);
}
