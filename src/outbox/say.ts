import type { Answer } from '../answers/answer.ts';
import { withoutReceipts } from '../answers/incident-ways.ts';
import { digest } from '../decision/digest.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { type Conversation, conversationWith } from '../workflows/conversations.ts';
import { DirectoryUnavailable } from '../workflows/ports.ts';
import type { Reader } from './deliver.ts';
import type { Delivery, Step } from './delivery.ts';
import { committedAt, type Recipient } from './message.ts';
import type { SenderPorts } from './sender-ports.ts';
import type { AtWork, StepOutcome } from './settle.ts';

/** A step of which is known with whom it is. */
export interface PlacedStep {
  readonly ports: SenderPorts;
  readonly tenant: TenantId;
  readonly work: AtWork;
  readonly known: Conversation | null;
  /** What the person chose to read. */
  readonly language: Reader['language'];
  /** In which somebody is written to of whom no conversation is known. */
  readonly stranger: Pick<Conversation, 'locale' | 'timeZone'>;
}

/** What the state comes to for one reader. */
export interface Said {
  readonly answer: Answer;
  readonly reader: Reader;
  /** What the delivery keeps of it. */
  readonly mark: NonNullable<Delivery['said']>;
}

/** So much of the lease may pass before the request leaves. */
const longestAskingMs = 2_500;

/**
 * Asks what there is to be said and says it. It is asked for after the step was begun: a message that is committed
 * later finds the step begun and waits for its end, so that none is told of an older state and forgotten.
 */
export async function say(
  step: PlacedStep,
  request: (said: Said) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const { clock } = step.ports;
  const askedAt = clock.now();
  let said: Said | null;
  try {
    said = await whatToSay(step);
  } catch (error) {
    return { kind: 'undone', error };
  }
  if (said === null) return { kind: 'nothing-to-say' };
  if (isHeard(step.work, said)) return { kind: 'heard' };
  if (clock.now() - askedAt > longestAskingMs) return { kind: 'undone', error: null };
  return request(said);
}

async function whatToSay(step: PlacedStep): Promise<Said | null> {
  const { ports, tenant, work, stranger, language, known: before } = step;
  const { about, recipient } = work.delivery;
  const person = recipient === 'channel' ? null : recipient;
  const answer = await ports.cards.answerFor(tenant, about, person);
  if (answer === null) return null;
  // Adding the app for a person tells of the person's language and time zone, which was not known a moment ago.
  const known = before ?? (await knownPlace(ports, tenant, recipient));
  const { locale, timeZone: told } = known ?? stranger;
  const timeZone = told ?? (await ports.tenantWide.timeZone(tenant));
  const teamsUser = person === null ? null : known?.teamsUser;
  const inQuietHours = person !== null && (await isInQuietHours({ ...step, known }, person));
  const mark = { digest: digest(JSON.stringify(newsIn(answer), bigintAsText)), asOf: ports.clock.now() };
  const { silent } = work.task;
  const wishes = { ...(teamsUser && { teamsUser }), ...(silent && { silent }) };
  return { answer, reader: { language, locale, timeZone, ...wishes, inQuietHours }, mark };
}

const aloud: ReadonlySet<Step | undefined> = new Set<Step>(['send', 'note', 'mail']);

/** What can wait comes here only where it need not. */
async function isInQuietHours(
  { ports, tenant, work: { delivery, task }, known }: PlacedStep,
  person: PersonId,
): Promise<boolean> {
  if (task.urgency !== 'critical' || !aloud.has(task.steps[0])) return false;
  const timeZone = known?.timeZone ?? null;
  const { urgency, place } = task;
  const loud = { about: delivery.about, urgency, committedAt: committedAt(place), person, timeZone };
  const when = await ports.speakingTo(tenant, loud);
  return when.kind === 'now' && when.inQuietHours;
}

/** Where a person, or the channel that the tenant chose, was met; null where that is not known. */
export function knownPlace(
  { store, tenantWide }: Pick<SenderPorts, 'store' | 'tenantWide'>,
  tenant: TenantId,
  recipient: Recipient,
): Promise<Conversation | null> {
  return recipient === 'channel' ? tenantWide.channel(tenant) : conversationWith(store, tenant, recipient);
}

/** Whoever never wrote to the bot is written to in the language of the account, where the directory tells it. */
export async function strangerOf(
  { directory }: Pick<SenderPorts, 'directory'>,
  tenant: TenantId,
  recipient: Recipient,
): Promise<PlacedStep['stranger']> {
  if (recipient === 'channel') return unknownReader;
  try {
    const locale = (await directory.person(tenant, recipient))?.preferredLanguage;
    return { ...unknownReader, ...(locale !== undefined && { locale }) };
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return unknownReader;
    throw error;
  }
}

/** Whoever nobody knows anything of. */
const unknownReader: PlacedStep['stranger'] = { locale: 'en-US', timeZone: null };

/** That others were told meanwhile is not worth saying the same again. */
function newsIn(answer: Answer): Answer {
  if (answer.kind !== 'incident' || answer.ways === undefined) return answer;
  return { ...answer, ways: withoutReceipts(answer.ways) };
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** A message that was late has said already what this one is for. */
function isHeard({ delivery: { said }, task }: AtWork, { mark }: Said): boolean {
  const [step] = task.steps;
  if (said === null || (step !== 'send' && step !== 'note')) return false;
  return said.digest === mark.digest && said.asOf > committedAt(task.place);
}
