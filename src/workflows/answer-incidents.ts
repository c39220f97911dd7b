import { z } from 'zod';
import type { Episode } from '../alerts/episode.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type IncidentsAnswer, incidentRow, listedIncidents } from '../answers/incidents.ts';
import { dayMs } from '../decision/time.ts';
import { readAlertBooks } from './alert-books.ts';
import { answerIncident, nameOfPerson } from './answer-incident.ts';
import { incidents } from './incidents.ts';
import type { Ports } from './ports.ts';
import type { KnownAsker } from './top-up-actor.ts';

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

const inputs = z.object({ episode: z.string().min(1).max(200) });

/** An incident as it stands, for whoever taps; where others read along, without figures and names. */
export async function viewIncident(ports: IncidentPorts, data: unknown, asker: KnownAsker): Promise<Answer> {
  const filled = inputs.safeParse(data);
  if (!filled.success) return { kind: 'refused', code: 'bad-input', data: {} };
  const reader = asker.scope === 'personal' ? asker.person : null;
  const found = await answerIncident(ports, asker.tenant, { id: filled.data.episode, reader });
  return found ?? { kind: 'refused', code: 'episode-unknown', data: {} };
}
