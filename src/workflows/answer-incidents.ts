import type { Episode } from '../alerts/episode.ts';
import type { Asker } from '../answers/asker.ts';
import { type IncidentsAnswer, incidentRow, listedIncidents } from '../answers/incidents.ts';
import { dayMs } from '../decision/time.ts';
import { readAlertBooks } from './alert-books.ts';
import { nameOfPerson } from './answer-incident.ts';
import { incidents } from './incidents.ts';
import type { Ports } from './ports.ts';

type IncidentPorts = Pick<Ports, 'store' | 'directory' | 'clock'>;

/** What ended longer ago is history. */
const latelyMs = 30 * dayMs;

/** What goes on and what ended lately, with who has it. @throws {StoreUnavailable} */
export async function answerIncidents(
  ports: IncidentPorts,
  { tenant }: Pick<Asker, 'tenant'>,
): Promise<IncidentsAnswer> {
  const now = ports.clock.now();
  const [{ alerts }, lately] = await Promise.all([
    readAlertBooks(ports.store, tenant),
    incidents(ports.store, tenant, { from: now - latelyMs, to: now + 1 }),
  ]);
  // What goes on may have begun long ago, and is then in the state alone.
  const known = new Map(lately.map(({ episode }) => [episode.id, episode]));
  for (const episode of alerts.state.state.episodes.values()) known.set(episode.id, episode);
  const { open, more, ended } = listedIncidents([...known.values()]);
  const names = await namesIn(ports, tenant, [...open, ...ended]);
  const rowOf = (episode: Episode) => incidentRow(episode, (id) => names.get(id) ?? id);
  return { kind: 'incidents', open: open.map(rowOf), more, ended: ended.map(rowOf) };
}

async function namesIn(
  ports: IncidentPorts,
  tenant: Asker['tenant'],
  episodes: readonly Episode[],
): Promise<ReadonlyMap<string, string>> {
  const people = new Set(
    episodes.flatMap(({ holder, acknowledged }) => [holder?.by ?? [], acknowledged?.by ?? []].flat()),
  );
  const named = [...people].map(async (id) => [id, await nameOfPerson(ports, tenant, id)] as const);
  return new Map(await Promise.all(named));
}
