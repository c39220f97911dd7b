import type { Answer } from '../answers/answer.ts';
import { type IncidentAnswer, incidentAnswer } from '../answers/incident.ts';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import { callersTable, readCaller } from '../usage/caller.ts';
import { explanation } from './explain.ts';
import { type Incident, incident } from './incidents.ts';
import { DirectoryUnavailable, type Ports } from './ports.ts';
import { rightsOf } from './rights.ts';

type AnswerPorts = Pick<Ports, 'store' | 'directory' | 'clock'>;

/**
 * What an incident says as of now to a person who may see figures, or in a channel (null) without any; null where
 * there is no such incident. @throws {StoreUnavailable}
 */
export async function answerIncident(
  ports: AnswerPorts,
  tenant: TenantId,
  { id, reader }: { readonly id: string; readonly reader: PersonId | null },
): Promise<IncidentAnswer | null> {
  const found = await incident(ports.store, tenant, id);
  if (found === null) return null;
  const isShared = reader === null;
  const { stops } = isShared
    ? { stops: [] }
    : await explanation(ports.store, tenant, { now: ports.clock.now() });
  const names = isShared ? new Map<string, string>() : await namesIn(ports, tenant, found);
  const nameOf = (person: string): string => names.get(person) ?? person;
  return incidentAnswer(found.episode, { summary: found.summary, stops, nameOf, reader });
}

/**
 * What a card of an incident says to whom it is sent: without figures to whoever may not see any, such as holders of
 * a role that only the chain of escalation names; nothing where there is no such incident.
 */
export function incidentSays(
  ports: AnswerPorts,
): (tenant: TenantId, id: string, person: PersonId | null) => Promise<Answer | null> {
  return async (tenant, id, person) => {
    const reader = person !== null && (await maySeeFigures(ports, tenant, person)) ? person : null;
    return answerIncident(ports, tenant, { id, reader });
  };
}

/** Without the directory nobody's rights are known: what is urgent is said all the same, without figures. */
async function maySeeFigures(ports: AnswerPorts, tenant: TenantId, person: PersonId): Promise<boolean> {
  try {
    return (await rightsOf(ports, { tenant, person })).eligible;
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return false;
    throw error;
  }
}

async function namesIn(
  ports: AnswerPorts,
  tenant: TenantId,
  { episode, summary }: Incident,
): Promise<ReadonlyMap<string, string>> {
  const { acknowledged, holder, offer, mute, muteAsked, resolved } = episode;
  const named = [acknowledged?.by, holder?.by, offer?.to, mute?.by, muteAsked?.by, resolved?.by];
  const people = new Set([...named, ...summary.people].filter((by) => by !== undefined && by !== null));
  const users = episode.facts.findings.flatMap(({ subject, id }) => (subject === 'user' ? [id] : []));
  const [ofPeople, callers] = await Promise.all([
    Promise.all([...people].map(async (id) => [id, await nameOfPerson(ports, tenant, id)] as const)),
    ports.store.records(tenant, callersTable, users),
  ]);
  return new Map([
    ...ofPeople,
    ...[...callers].map(([id, caller]) => [id, readCaller(caller).displayName] as const),
  ]);
}

/** The name is a courtesy: without the directory the id stands for the person. */
export async function nameOfPerson(
  { directory }: Pick<Ports, 'directory'>,
  tenant: TenantId,
  id: string,
): Promise<string> {
  const person = personId(id);
  if (person === null) return id;
  try {
    return (await directory.person(tenant, person))?.displayName ?? id;
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return id;
    throw error;
  }
}
