import { z } from 'zod';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { IncidentAnswer, IncidentPerson } from '../answers/incident.ts';
import { incidentAnswer } from '../answers/incident-answer.ts';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import type { Told } from '../outbox/told.ts';
import { recipients } from '../people/recipients.ts';
import { heldAt } from '../people/role-holder.ts';
import { callersTable, readCaller } from '../usage/caller.ts';
import { chargedDuring } from './charged-while.ts';
import { explanation } from './explain.ts';
import { forAMoment } from './for-a-moment.ts';
import { incidentWays, toldAbout } from './incident-ways.ts';
import { type Incident, incident } from './incidents.ts';
import { lastPeople } from './people.ts';
import { DirectoryUnavailable, type Ports } from './ports.ts';
import { rightsOf } from './rights.ts';
import { chosenRoles } from './role-choice.ts';
import { markSeen } from './seen.ts';
import { spendBehind } from './spend-behind.ts';
import type { Tap } from './tap.ts';

type AnswerPorts = Pick<Ports, 'store' | 'directory' | 'clock'>;

/**
 * What an incident says as of now to a person who may see figures, or in a channel (null) without any; null where
 * there is no such incident. @throws {StoreUnavailable}
 */
export async function answerIncident(
  ports: AnswerPorts,
  tenant: TenantId,
  {
    id,
    reader,
    told = () => toldAbout(ports, tenant, id),
  }: {
    readonly id: string;
    readonly reader: PersonId | null;
    /** Who was told of it by now. */
    readonly told?: () => Promise<readonly Told[]>;
  },
): Promise<IncidentAnswer | null> {
  const found = await incident(ports.store, tenant, id);
  if (found === null) return null;
  const { episode, summary } = found;
  if (reader === null) return incidentAnswer(episode, { ...nothingBeside, summary, reader });
  const holder = episode.holder?.by ?? null;
  const [{ stops }, names, ways, spend, charged, eligible, holderMayAct] = await Promise.all([
    explanation(ports.store, tenant, { now: ports.clock.now() }),
    namesIn(ports, tenant, found),
    told().then((receipts) => incidentWays(ports, tenant, { episode, told: receipts })),
    spendBehind(ports, tenant, { episode, reader }),
    episode.resolved && chargedDuring(ports.store, tenant, { episode, now: ports.clock.now() }),
    holder === reader ? eligiblePeople(ports, tenant) : [],
    holder === null || holder === reader || mayAct(ports, tenant, holder),
  ]);
  const nameOf = (person: string): string => names.get(person) ?? person;
  const beside = { summary, stops, ways, nameOf, eligible, holderMayAct, spend, charged };
  return incidentAnswer(episode, { ...beside, reader });
}

/** Where others read along nothing else is shown, and nothing else is read. */
const nothingBeside = {
  stops: [],
  nameOf: (id: string): string => id,
  eligible: [],
  holderMayAct: true,
  spend: null,
  charged: null,
};

const viewInputs = z.object({ episode: z.string().min(1).max(200) });

/** An incident as it stands, for whoever looks; where others read along, without figures and names. */
export async function viewIncident(
  ports: AnswerPorts,
  tap: Pick<Tap, 'data' | 'automatic'>,
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  const inputs = viewInputs.safeParse(tap.data);
  if (!inputs.success) return { kind: 'refused', code: 'bad-input', data: {} };
  const reader = asker.scope === 'personal' ? asker.person : null;
  const { tenant, person } = asker;
  const { episode: id } = inputs.data;
  const found = await answerIncident(ports, tenant, { id, reader });
  // What the client asks for by itself says nothing of the person.
  const isByPerson = found !== null && tap.automatic !== true;
  if (isByPerson) await markSeen(ports, tenant, { about: { kind: 'incident', id }, person });
  return found ?? { kind: 'refused', code: 'episode-unknown', data: {} };
}

/**
 * What a card of an incident says to whom it is sent: without figures to whoever may not see any, such as holders of
 * a role that only the chain of escalation names; nothing where there is no such incident.
 */
export function incidentSays(
  ports: AnswerPorts,
): (tenant: TenantId, id: string, person: PersonId | null) => Promise<Answer | null> {
  const briefly = forAMoment<readonly Told[]>(ports.clock.now);
  return async (tenant, id, person) => {
    const told = () => briefly(`${tenant}/${id}`, () => toldAbout(ports, tenant, id));
    const reader = person !== null && (await maySeeFigures(ports, tenant, person)) ? person : null;
    return answerIncident(ports, tenant, { id, reader, told });
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

/** While the directory is away whoever has it is taken to be there still. */
async function mayAct(ports: AnswerPorts, tenant: TenantId, id: string): Promise<boolean> {
  try {
    return (await rightsOf(ports, { tenant, person: personId(id) })).eligible;
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return true;
    throw error;
  }
}

/** As they were last read, for a card waits for no directory; none where nobody was ever read. */
async function eligiblePeople(
  { store, clock }: AnswerPorts,
  tenant: TenantId,
): Promise<readonly IncidentPerson[]> {
  const [holdings, chosen] = await Promise.all([lastPeople(store, tenant), chosenRoles(store, tenant)]);
  if (holdings === null) return [];
  return recipients(heldAt(holdings, clock.now()), chosen).map(({ person, displayName }) => ({
    id: person,
    name: displayName,
  }));
}

async function namesIn(
  ports: AnswerPorts,
  tenant: TenantId,
  { episode, summary }: Incident,
): Promise<ReadonlyMap<string, string>> {
  const { acknowledged, holder, offer, mute, muteAsked, resolved } = episode;
  const named = [acknowledged?.by, holder?.by, offer?.to, mute?.by, muteAsked?.by, resolved?.by];
  const offeredTo = summary.steps.map(({ to }) => to);
  const people = new Set(
    [...named, ...offeredTo, ...summary.people].filter((by) => by !== undefined && by !== null),
  );
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
