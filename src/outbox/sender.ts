import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { changeOf } from '../workflows/booking.ts';
import { type Conversation, conversationRecord, conversationWith } from '../workflows/conversations.ts';
import { noteHeldBack } from '../workflows/held-back.ts';
import type { Store } from '../workflows/ports.ts';
import type { Morning, SpeakingTo } from '../workflows/speaking-to.ts';
import { absorb } from './absorb.ts';
import {
  type Delivery,
  deliveriesTable,
  deliveryId,
  memberOf,
  readDelivery,
  recipientsIndex,
} from './delivery.ts';
import { committedAt, type Message, type Recipient } from './message.ts';
import { isToldByList, listOf, mayBeListed } from './morning-list.ts';
import { prepareStep } from './prepare-step.ts';
import type { SenderPorts } from './sender-ports.ts';
import { type AtWork, begin, type StepOutcome, settle } from './settle.ts';

/** What became of a message for one recipient. */
export type Handled = { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterMs: number };

/** More turns than a message with all its detours takes; others change the same record in between. */
const mostRounds = 50;

/**
 * Tells one recipient, step by step. Before a step its beginning is written down, and after it its outcome, each only
 * if the record is still what it was when it was read. So of several senders one does the step, a sender that dies
 * leaves behind what it was at, and the same message again changes nothing.
 * @throws {StoreUnavailable} @throws {DirectoryUnavailable} and is then to be asked again
 */
export async function tell(ports: SenderPorts, tenant: TenantId, message: Message): Promise<Handled> {
  const when = await speakingOf(ports, tenant, message);
  if (when.kind === 'now') {
    const { morning } = when;
    const isListed = morning !== undefined && mayBeListed(message);
    return isListed ? tellInMorning(ports, tenant, { message, morning }) : tellNow(ports, tenant, message);
  }
  if (when.kind === 'later') await noteWaiting(ports, tenant, { message, until: when.at });
  // The card that is there shows it at once, for an edit makes no sound.
  const shown = await tellNow(ports, tenant, { ...message, key: `${message.key}:shown`, mode: 'edit' });
  if (when.kind === 'never' || shown.kind === 'later') return shown;
  return { kind: 'later', afterMs: when.at - ports.clock.now() };
}

/** Before it goes to wait, so that in the morning each of several knows of the others. */
async function noteWaiting(
  { store }: SenderPorts,
  tenant: TenantId,
  { message, until }: { readonly message: Message; readonly until: Instant },
): Promise<void> {
  const { recipient: person, about } = message;
  if (person === 'channel' || !mayBeListed(message)) return;
  await noteHeldBack(store, tenant, { person, incident: about.id, until });
}

/**
 * Several that waited for the same morning make themselves heard in one message that lists them; each then has its
 * card all the same, without a sound, for later changes are shown there. Every one of them tells the list first, which
 * its key tells once, so that it does not matter which comes first, or dies.
 */
async function tellInMorning(
  ports: SenderPorts,
  tenant: TenantId,
  { message, morning }: { readonly message: Message; readonly morning: Morning },
): Promise<Handled> {
  const list = listOf(message, morning);
  const { delivery } = await deliveryOf(ports.store, tenant, list);
  if (!isToldByList(delivery, morning)) return tellNow(ports, tenant, message);
  const listed = await tellNow(ports, tenant, list);
  return listed.kind === 'later' ? listed : tellNow(ports, tenant, { ...message, silent: true });
}

/** What is critical is not even asked about: nothing stands in its way. */
async function speakingOf(ports: SenderPorts, tenant: TenantId, message: Message): Promise<SpeakingTo> {
  const { about, recipient: person, mode, urgency, place } = message;
  if (person === 'channel' || mode === 'edit' || urgency === 'critical')
    return { kind: 'now', inQuietHours: false };
  const timeZone = (await conversationWith(ports.store, tenant, person))?.timeZone ?? null;
  return ports.speakingTo(tenant, { about, person, urgency, timeZone, committedAt: committedAt(place) });
}

async function tellNow(ports: SenderPorts, tenant: TenantId, message: Message): Promise<Handled> {
  for (let round = 0; round < mostRounds; round += 1) {
    const now = ports.clock.now();
    const stored = await deliveryOf(ports.store, tenant, message);
    const absorbed = absorb(stored.delivery, message, { now, random: ports.random() });
    switch (absorbed.kind) {
      case 'done':
        return absorbed;
      case 'later':
        return { kind: 'later', afterMs: absorbed.at - now };
      case 'lost':
        await commit(ports, tenant, { delivery: absorbed.delivery, expected: stored.value });
        break;
      case 'go': {
        const turn = await oneStep(ports, tenant, { work: absorbed, expected: stored.value });
        if (turn !== null) return turn;
      }
    }
  }
  return { kind: 'later', afterMs: 1_000 };
}

interface Stored {
  readonly delivery: Delivery | null;
  /** As it stands in the store. */
  readonly value: JsonValue;
}

async function deliveryOf(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  { about, recipient, way }: Message,
): Promise<Stored> {
  const id = deliveryId(about, { recipient, asked: way });
  const value = (await store.records(tenant, deliveriesTable, [id])).get(id);
  return value === undefined ? { delivery: null, value: null } : { delivery: readDelivery(value), value };
}

/** Null where the record has moved on, by this step or by somebody else. */
async function oneStep(
  ports: SenderPorts,
  tenant: TenantId,
  { work, expected }: { readonly work: AtWork; readonly expected: JsonValue },
): Promise<Handled | null> {
  const prepared = await prepareStep(ports, tenant, work);
  if (prepared.kind === 'later') return prepared;
  const settled = (outcome: StepOutcome, of: AtWork): Delivery =>
    settle(of, outcome, { now: ports.clock.now(), random: ports.random() });
  if (prepared.kind === 'settled') {
    await commit(ports, tenant, { delivery: settled(prepared.outcome, work), expected });
    return null;
  }
  const begun = begin(work, ports.clock.now());
  if (!(await commit(ports, tenant, { delivery: begun, expected }))) return null;
  const outcome = await prepared.run();
  const delivery = settled(outcome, { delivery: begun, task: work.task });
  // The outcome first: until it is written down the request counts as one of which nobody knows.
  if (await commit(ports, tenant, { delivery, expected: { ...begun } })) {
    const learned = await prepared.learned(outcome, ports.clock.now());
    if (learned !== null) await keepConversation(ports, tenant, { recipient: delivery.recipient, learned });
  }
  if (outcome.kind === 'undone' && outcome.error !== null) throw outcome.error;
  return null;
}

interface Written {
  readonly delivery: Delivery;
  readonly expected: JsonValue;
}

async function commit(
  { store }: SenderPorts,
  tenant: TenantId,
  { delivery, expected }: Written,
): Promise<boolean> {
  const { about } = delivery;
  const record = {
    table: deliveriesTable,
    id: deliveryId(about, delivery),
    value: { ...delivery },
    expected,
  };
  const member = { index: recipientsIndex(about), score: delivery.at, member: memberOf(delivery) };
  const reply = await store.commit(
    changeOf(tenant, [], {
      records: [record],
      members: expected === null ? [member] : [],
    }),
  );
  return reply.kind === 'committed';
}

async function keepConversation(
  { store }: SenderPorts,
  tenant: TenantId,
  { recipient, learned }: { readonly recipient: Recipient; readonly learned: Conversation },
): Promise<void> {
  await store.commit(changeOf(tenant, [], { records: [conversationRecord(recipient, learned)] }));
}
