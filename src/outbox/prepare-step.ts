import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Conversation } from '../workflows/conversations.ts';
import { preferencesOf } from '../workflows/preferences.ts';
import type { Address, Card, Opened, Outcome } from './deliver.ts';
import type { Delivery } from './delivery.ts';
import type { Recipient } from './message.ts';
import { knownPlace, type PlacedStep, type Said, say, strangerOf } from './say.ts';
import type { SenderPorts } from './sender-ports.ts';
import type { AtWork, StepOutcome } from './settle.ts';

/** What stands before a step. All of it can be done again without harm. */
export type Prepared =
  /** Teams has no room for it before that. */
  | { readonly kind: 'later'; readonly afterMs: number }
  /** There is nothing to be begun: this is what came of it. */
  | { readonly kind: 'settled'; readonly outcome: StepOutcome }
  | ReadyStep;

export interface ReadyStep {
  readonly kind: 'ready';
  /** The one request whose outcome counts. */
  run(): Promise<StepOutcome>;
  /** What the outcome teaches about the conversation; null where that is nothing new. */
  learned(outcome: StepOutcome, at: Instant): Promise<Conversation | null>;
}

/** Finds out where to, and waits for Teams to have room. */
export async function prepareStep(ports: SenderPorts, tenant: TenantId, work: AtWork): Promise<Prepared> {
  const { recipient } = work.delivery;
  const known = await knownPlace(ports, tenant, recipient);
  const stranger = known ?? (await strangerOf(ports, tenant, recipient));
  const { language } =
    recipient === 'channel' ? { language: null } : await preferencesOf(ports.store, tenant, recipient);
  const step: PlacedStep = { ports, tenant, work, known, stranger, language };
  switch (work.task.steps[0]) {
    case 'hand-over':
      return ready(() => handOver(step));
    case 'mail':
      return recipient === 'channel' ? gaveUp('no-way') : ready(() => mail(step, recipient));
    case 'send':
      return prepareSend(step);
    case 'retire':
      return prepareRequest(step, cardAddress(step, work.delivery.older));
    default:
      return prepareRequest(step, cardAddress(step, work.delivery.card));
  }
}

function ready(run: () => Promise<StepOutcome>): ReadyStep {
  return { kind: 'ready', run, learned: async () => null };
}

function gaveUp(why: 'no-way' | 'no-channel' | 'message-gone'): Prepared {
  return { kind: 'settled', outcome: { kind: 'gave-up', why } };
}

async function handOver({ ports, tenant, work: { delivery, task } }: PlacedStep): Promise<StepOutcome> {
  const { place, mode, urgency } = task;
  const key = task.keys.at(-1) ?? '';
  const { about } = delivery;
  await ports.handOver(tenant, { key, place, mode, urgency, about, way: 'chat', recipient: 'channel' });
  return { kind: 'sent', card: null, said: null };
}

function mail(step: PlacedStep, person: PersonId): Promise<StepOutcome> {
  const { deliver, reach } = step.ports;
  return say(step, async ({ answer, reader, mark }) => {
    const outcome = await reach.mail(step.tenant, person, deliver.inWords(answer, reader));
    return outcome.kind === 'sent' ? { kind: 'sent', card: null, said: mark } : outcome;
  });
}

/** The chat that is known, else one that is opened, if need be by adding the app for the person. */
async function prepareSend(step: PlacedStep): Promise<Prepared> {
  const { work, known, ports, tenant } = step;
  const { recipient } = work.delivery;
  if (known !== null && work.task.route === 'known') {
    return prepareRequest(step, addressOf(tenant, recipient, known));
  }
  if (recipient === 'channel') return gaveUp('no-channel');
  const opened = await openChat(ports, tenant, recipient);
  if (opened.kind !== 'opened') return { kind: 'settled', outcome: opened };
  return prepareRequest(step, opened.address);
}

async function openChat(
  { deliver, reach }: SenderPorts,
  tenant: TenantId,
  person: PersonId,
): Promise<Opened> {
  const opened = await deliver.open(tenant, person);
  const isAbsent =
    opened.kind === 'gave-up' && (opened.why === 'not-in-roster' || opened.why === 'not-found');
  return isAbsent ? reach.install(tenant, person) : opened;
}

function addressOf(tenant: TenantId, recipient: Recipient, place: Omit<Address, 'tenant' | 'kind'>): Address {
  const { conversation, serviceUrl } = place;
  return { tenant, conversation, serviceUrl, kind: recipient === 'channel' ? 'channel' : 'personal' };
}

function cardAddress({ tenant, work }: PlacedStep, card: Delivery['card']): Card | null {
  if (card === null) return null;
  return { ...addressOf(tenant, work.delivery.recipient, card), activityId: card.activityId };
}

async function prepareRequest(step: PlacedStep, to: Address | Card | null): Promise<Prepared> {
  if (to === null) return gaveUp('message-gone');
  const turn = await step.ports.throttle.take(step.tenant, to.conversation);
  if (turn.kind === 'later') return { kind: 'later', afterMs: turn.waitMs };
  if (turn.waitMs > 0) await step.ports.sleep(turn.waitMs);
  return {
    kind: 'ready',
    run: () => say(step, async (said) => withCard(await request(step, to, said), { to, said })),
    learned: (outcome, at) => learned(step, { to, outcome, at }),
  };
}

function request(
  { ports: { deliver }, work }: PlacedStep,
  to: Address | Card,
  { answer, reader }: Said,
): Promise<Outcome> {
  const [step] = work.task.steps;
  if ('activityId' in to && step === 'edit') return deliver.edit(to, answer, reader);
  if ('activityId' in to && step === 'retire') return deliver.retire(to, answer, reader);
  return step === 'note' ? deliver.note(to, answer, reader) : deliver.send(to, answer, reader);
}

function withCard(
  outcome: Outcome,
  { to, said }: { readonly to: Address; readonly said: Said },
): StepOutcome {
  if (outcome.kind !== 'sent') return outcome;
  const { conversation, serviceUrl } = to;
  return {
    kind: 'sent',
    card: { conversation, serviceUrl, activityId: outcome.activityId },
    said: said.mark,
  };
}

const refusals: ReadonlySet<string> = new Set(['blocked', 'not-in-roster', 'disabled-by-admin', 'not-found']);

async function learned(
  { ports, tenant, work, stranger: { locale, timeZone } }: PlacedStep,
  { to, outcome, at }: { readonly to: Address; readonly outcome: StepOutcome; readonly at: Instant },
): Promise<Conversation | null> {
  // What the app's coming told of the person meanwhile is better than what was taken for granted before.
  const known = await knownPlace(ports, tenant, work.delivery.recipient);
  const { conversation, serviceUrl } = to;
  const here = {
    ...(known ?? { teamsUser: null, name: null, locale, timeZone }),
    conversation,
    serviceUrl,
    at,
  };
  if (outcome.kind === 'gave-up' && refusals.has(outcome.why)) {
    return { ...here, refused: { why: outcome.why, at } };
  }
  const isNew = known?.conversation !== conversation || known.refused !== null;
  return outcome.kind === 'sent' && isNew ? { ...here, refused: null } : null;
}
