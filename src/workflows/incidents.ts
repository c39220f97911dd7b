import { type Episode, type EpisodeStatus, isLive, statusOf } from '../alerts/episode.ts';
import type { EpisodeEvent } from '../alerts/episode-event.ts';
import { readEpisode, readEpisodeEvent } from '../alerts/stored-episode.ts';
import { type IncidentSummary, incidentSummary } from '../alerts/timeline.ts';
import { episodeOf } from '../alerts/unfolding.ts';
import type { TenantId } from '../decision/ids.ts';
import { incidentLog, incidentsTable, readAlertBooks } from './alert-books.ts';
import type { Store } from './ports.ts';

/** One incident as it stands. */
export interface ListedIncident {
  readonly episode: Episode;
  readonly status: EpisodeStatus;
}

export interface Incident extends ListedIncident {
  /** Its story, from its log alone. */
  readonly summary: IncidentSummary;
}

/** Null where there never was one of that id. @throws {StoreUnavailable} */
export async function incident(store: Store, tenant: TenantId, id: string): Promise<Incident | null> {
  const episode = await episodeNow(store, tenant, id);
  if (episode === null) return null;
  const events: EpisodeEvent[] = [];
  for await (const batch of store.log(tenant, incidentLog(id))) events.push(...batch.map(readEpisodeEvent));
  const summary = incidentSummary(events);
  return summary === null ? null : { episode, status: statusOf(episode), summary };
}

/** Those that go on, and those of the past, the latest first. @throws {StoreUnavailable} */
export async function incidents(
  store: Store,
  tenant: TenantId,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly ListedIncident[]> {
  const ids = await store.members(tenant, incidentsTable, { from, to });
  const records = await store.records(tenant, incidentsTable, ids);
  return [...records.values()]
    .map(readEpisode)
    .sort((left, right) => Number(isLive(right)) - Number(isLive(left)) || right.openedAt - left.openedAt)
    .map((episode) => ({ episode, status: statusOf(episode) }));
}

/** The state knows the latest of each kind; those before it are kept as records. */
export async function episodeNow(store: Store, tenant: TenantId, id: string): Promise<Episode | null> {
  const { alerts } = await readAlertBooks(store, tenant);
  const present = episodeOf(alerts.state.state, id);
  if (present !== null) return present;
  const record = (await store.records(tenant, incidentsTable, [id])).get(id);
  return record === undefined ? null : readEpisode(record);
}
