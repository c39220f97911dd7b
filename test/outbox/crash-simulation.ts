import { personId, tenantId } from '../../src/decision/ids.ts';
import { type Random, randomOf } from '../../src/forecast/random.ts';
import { deliveriesTable, deliveryId, readDelivery } from '../../src/outbox/delivery.ts';
import type { Message, Mode, Urgency } from '../../src/outbox/message.ts';
import { tell } from '../../src/outbox/sender.ts';
import type { SenderPorts } from '../../src/outbox/sender-ports.ts';
import { MemoryStore } from './memory-store.ts';
import { type Fate, fine, type Heard, SandboxChat, saying } from './sandbox-chat.ts';

/** What one episode came to, from the commits of its messages to the end of all that they set off. */
export interface Episode {
  readonly messages: readonly (Message & { readonly version: number })[];
  readonly heard: readonly Heard[];
  readonly unknowns: number;
  readonly resent: number;
  /** Whether nothing is left to be done. */
  readonly isSettled: boolean;
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
  return new Simulation(randomOf(seed)).run();
}

class Simulation {
  readonly #random: Random;
  readonly #chat = new SandboxChat();
  readonly #store = new MemoryStore();
  readonly #gates: Gate[] = [];
  readonly #messages: ReturnType<typeof messagesOf>;
  readonly #jobs: Job[];
  readonly #senders: number;
  #now = 1_000_000;
  #working = 0;
  #troubles = 0;
  #gone = 0;
  #kills = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#messages = messagesOf(random, this.#now);
    this.#jobs = this.#messages.map((message) => ({ message, due: message.committedAt + delay(random) }));
    this.#senders = 1 + Math.floor(random.uniform() * 3);
    this.#chat.fate = (operation) => this.#fate(operation);
  }

  async run(): Promise<Episode> {
    while (this.#jobs.length > 0 || this.#working > 0) {
      await untilParked(this.#gates, () => this.#working);
      if (this.#mayStart()) this.#start();
      else if (this.#gates.length > 0) this.#goOnOrDie();
      else if (this.#working === 0) this.#now = Math.min(...this.#jobs.map(({ due }) => due));
    }
    const id = deliveryId(about, { recipient: person, asked: 'chat' });
    const stored = (await this.#store.records(tenant, deliveriesTable, [id])).get(id);
    const delivery = stored === undefined ? null : readDelivery(stored);
    return {
      messages: this.#messages,
      heard: this.#chat.heard,
      unknowns: delivery?.unknowns ?? 0,
      resent: delivery?.resent ?? 0,
      isSettled: delivery === null || (delivery.task === null && delivery.state !== 'sending'),
      gone: this.#gone,
      kills: this.#kills,
    };
  }

  #chance(share: number): boolean {
    return this.#random.uniform() < share;
  }

  #fate(operation: string): Fate {
    if (this.#troubles >= mostTroubles || !this.#chance(0.3)) return fine;
    this.#troubles += 1;
    const fate = trouble(operation, this.#random);
    if (fate.answer?.kind === 'gave-up') this.#gone += 1;
    return fate;
  }

  /** What the state came to by what is committed. */
  #version(): string {
    const committed = this.#messages.filter(({ committedAt }) => committedAt <= this.#now);
    return String(Math.max(0, ...committed.map(({ version }) => version)));
  }

  #portsOf(job: Job): SenderPorts {
    const guarded = <Port extends object>(port: Port): Port => behindGates(port, job, this.#gates);
    const throttle: SenderPorts['throttle'] = {
      take: async () => (this.#chance(0.1) ? { kind: 'later', waitMs: 300 } : { kind: 'taken', waitMs: 0 }),
    };
    return {
      store: guarded(this.#store),
      deliver: guarded(this.#chat),
      reach: guarded(this.#chat),
      cards: guarded({ answerFor: async () => saying(this.#version()) }),
      throttle: guarded(throttle),
      directory: guarded({ person: async () => null }),
      speakingTo: async () => ({ kind: 'now', inQuietHours: false }),
      tenantWide: { timeZone: async () => 'UTC', channel: async () => null },
      clock: { now: () => this.#now },
      sleep: async () => {},
      random: () => this.#random.uniform(),
      handOver: async () => {},
    };
  }

  #mayStart(): boolean {
    const isDue = this.#jobs.some(({ due }) => due <= this.#now);
    return isDue && this.#working < this.#senders && (this.#gates.length === 0 || this.#chance(0.4));
  }

  #start(): void {
    const [job] = this.#jobs.splice(
      this.#jobs.findIndex(({ due }) => due <= this.#now),
      1,
    );
    if (job === undefined) return;
    const { message } = job;
    // The queue takes a sender for gone that only was slow.
    if (this.#chance(0.05)) this.#again(message, takeOverMs * this.#random.uniform());
    this.#working += 1;
    void tell(this.#portsOf(job), tenant, message).then((handled) => {
      this.#working -= 1;
      if (handled.kind === 'later') this.#again(message, Math.max(1, handled.afterMs));
    });
  }

  #goOnOrDie(): void {
    const [gate] = this.#gates.splice(Math.floor(this.#random.uniform() * this.#gates.length), 1);
    if (gate === undefined) return;
    if (this.#chance(0.2)) this.#now += Math.floor(this.#random.uniform() * 3_000);
    if (this.#kills >= mostKills || !this.#chance(0.04)) {
      gate.open();
      return;
    }
    // Whoever waits there never goes on.
    this.#kills += 1;
    this.#working -= 1;
    this.#again(gate.job.message, takeOverMs);
  }

  #again(message: Message, afterMs: number): void {
    this.#jobs.push({ message, due: this.#now + Math.ceil(afterMs) });
  }
}

/** A message that a sender is to tell, from an instant on. */
export interface Job {
  readonly message: Message;
  readonly due: number;
}

/** Where a sender waits for its turn. */
export interface Gate {
  readonly job: Job;
  open(): void;
}

/** A port of which each call waits for its turn before the work and after it. */
export function behindGates<Port extends object>(port: Port, job: Job, gates: Gate[]): Port {
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
export async function untilParked(gates: readonly Gate[], working: () => number): Promise<void> {
  do await new Promise(process.nextTick);
  while (gates.length < working());
}

/** What goes wrong with one request. */
export function trouble(operation: string, random: Random): Fate {
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
      way: 'chat' as const,
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
