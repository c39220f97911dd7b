import { personId, tenantId } from '../../src/decision/ids.ts';
import { type Random, randomOf } from '../../src/forecast/random.ts';
import { deliveriesTable, deliveryId, readDelivery } from '../../src/outbox/delivery.ts';
import type { Message, Mode, Urgency } from '../../src/outbox/message.ts';
import { type SenderPorts, tell } from '../../src/outbox/sender.ts';
import { MemoryStore } from './memory-store.ts';
import { type Fate, fine, type Heard, SandboxChat, saying } from './sandbox-chat.ts';

/** What one episode came to, from the commits of its messages to the end of all that they set off. */
export interface Episode {
  readonly messages: readonly (Message & { readonly version: number })[];
  readonly heard: readonly Heard[];
  readonly unknowns: number;
  readonly resent: number;
  /** How often a card was not to be found any more, so that another was sent in its place. */
  readonly gone: number;
  readonly kills: number;
}

const tenant = tenantId('0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960') ?? never();
const person = personId('1cddbfb5-9c7b-48e7-9dd7-a240ed516d91') ?? never();
const about = { kind: 'incident', id: 'one' } as const;

const mostTroubles = 6;
const mostKills = 5;
/** Until the queue has found out that a sender is gone. */
const takeOverMs = 7_500;

/**
 * Plays one episode with one to three senders. At every await of a sender, before the work that is awaited and after
 * it, the seed says who goes on next, and whether that one dies there.
 */
export async function play(seed: number): Promise<Episode> {
  const random = randomOf(seed);
  const chance = (share: number) => random.uniform() < share;
  const clock = { at: 1_000_000 };
  const counted = { version: 0, gone: 0, kills: 0, troubles: 0 };
  const chat = new SandboxChat();
  chat.fate = (operation) => {
    if (counted.troubles >= mostTroubles || !chance(0.3)) return fine;
    counted.troubles += 1;
    const fate = trouble(operation, random);
    if (fate.answer?.kind === 'gave-up') counted.gone += 1;
    return fate;
  };
  const store = new MemoryStore();
  const gates: Gate[] = [];
  const cards = { answerFor: async () => saying(String(counted.version)) };
  const throttle: SenderPorts['throttle'] = {
    take: async () => (chance(0.1) ? { kind: 'later', waitMs: 300 } : { kind: 'taken', waitMs: 0 }),
  };
  const portsOf = (job: Job): SenderPorts => {
    const guarded = <Port extends object>(port: Port): Port => behindGates(port, job, gates);
    return {
      store: guarded(store),
      deliver: guarded(chat),
      reach: guarded(chat),
      cards: guarded(cards),
      throttle: guarded(throttle),
      clock: { now: () => clock.at },
      sleep: async () => {},
      random: () => random.uniform(),
      handOver: async () => {},
    };
  };

  const messages = messagesOf(random, clock.at);
  const jobs: Job[] = messages.map((message) => ({ message, due: message.committedAt + delay(random) }));
  let commits = [...messages];
  let working = 0;
  const senders = 1 + Math.floor(random.uniform() * 3);
  while (jobs.length > 0 || working > 0) {
    await untilParked(gates, () => working);
    const ready = commits.filter(({ committedAt }) => committedAt <= clock.at);
    commits = commits.filter((message) => !ready.includes(message));
    for (const { version } of ready) counted.version = Math.max(counted.version, version);
    const next = jobs.findIndex(({ due }) => due <= clock.at);
    const mayStart = next >= 0 && working < senders;
    if (mayStart && (gates.length === 0 || chance(0.4))) {
      const [job] = jobs.splice(next, 1);
      if (job === undefined) continue;
      // The queue takes a sender for gone that only was slow.
      if (chance(0.05)) jobs.push({ message: job.message, due: clock.at + takeOverMs * random.uniform() });
      working += 1;
      void tell(portsOf(job), tenant, job.message).then((handled) => {
        working -= 1;
        if (handled.kind === 'done') return;
        jobs.push({ message: job.message, due: clock.at + Math.max(1, handled.afterMs) });
      });
    } else if (gates.length > 0) {
      const [gate] = gates.splice(Math.floor(random.uniform() * gates.length), 1);
      if (gate === undefined) continue;
      if (chance(0.2)) clock.at += Math.floor(random.uniform() * 3_000);
      if (counted.kills < mostKills && chance(0.04)) {
        // Whoever waits there never goes on.
        counted.kills += 1;
        working -= 1;
        jobs.push({ message: gate.job.message, due: clock.at + takeOverMs });
      } else gate.open();
    } else if (working === 0) {
      clock.at = Math.min(...jobs.map(({ due }) => due));
    }
  }
  const stored = (await store.records(tenant, deliveriesTable, [deliveryId(about, person)])).values().next();
  const { unknowns, resent } = stored.done ? { unknowns: 0, resent: 0 } : readDelivery(stored.value);
  return { messages, heard: chat.heard, unknowns, resent, gone: counted.gone, kills: counted.kills };
}

interface Job {
  readonly message: Message;
  readonly due: number;
}

/** Where a sender waits for its turn. */
interface Gate {
  readonly job: Job;
  open(): void;
}

function behindGates<Port extends object>(port: Port, job: Job, gates: Gate[]): Port {
  const gate = () => new Promise<void>((open) => gates.push({ job, open }));
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'inWords') return method;
      return async (...given: unknown[]) => {
        await gate();
        const result: unknown = await method.apply(target, given);
        await gate();
        return result;
      };
    },
  });
}

/** Everybody at work waits at a gate, or has come to an end. */
async function untilParked(gates: readonly Gate[], working: () => number): Promise<void> {
  do await new Promise(process.nextTick);
  while (gates.length < working());
}

function trouble(operation: string, random: Random): Fate {
  const kind = random.uniform();
  if (kind < 0.4) return { done: false, answer: { kind: 'again', afterMs: null, why: '429' } };
  if (kind < 0.7) return { done: true, answer: { kind: 'unknown' } };
  if (kind < 0.85 || operation !== 'edit') return { done: false, answer: { kind: 'unknown' } };
  return { done: false, answer: { kind: 'gave-up', why: 'message-gone' } };
}

function messagesOf(random: Random, start: number) {
  const modes: [Mode, Urgency][] = [['new', 'critical']];
  for (let more = Math.floor(random.uniform() * 5); more > 0; more -= 1) {
    const kind = random.uniform();
    modes.push(kind < 0.5 ? ['edit', 'info'] : ['new', kind < 0.8 ? 'critical' : 'warning']);
  }
  modes.push(['final', 'info']);
  let at = start;
  return modes.map(([mode, urgency], index) => {
    at += Math.floor(random.uniform() * 20_000);
    const key = `message ${index}`;
    return {
      key,
      place: `${at}-${index}`,
      about,
      recipient: person,
      mode,
      urgency,
      version: index + 1,
      committedAt: at,
    };
  });
}

function delay(random: Random): number {
  return Math.floor(random.uniform() * (random.uniform() < 0.1 ? 60_000 : 1_500));
}

function never(): never {
  throw new Error('The ids of this simulation are none.');
}
