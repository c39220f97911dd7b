import { personId, tenantId } from '../../src/decision/ids.ts';
import { type Random, randomOf } from '../../src/forecast/random.ts';
import { deliveriesTable, deliveryId, readDelivery } from '../../src/outbox/delivery.ts';
import type { Message, Subject } from '../../src/outbox/message.ts';
import { tell } from '../../src/outbox/sender.ts';
import type { SenderPorts } from '../../src/outbox/sender-ports.ts';
import type { SpeakingTo } from '../../src/workflows/speaking-to.ts';
import { behindGates, type Gate, type Job, trouble, untilParked } from './crash-simulation.ts';
import { MemoryStore } from './memory-store.ts';
import { type Fate, fine, type Heard, SandboxChat, saying } from './sandbox-chat.ts';

/** What one morning came to, after a night in which several incidents waited. */
export interface Morning {
  /** Those that went on to the end. */
  readonly live: readonly string[];
  readonly heard: readonly Heard[];
  /** Messages of which nobody knows whether they came. */
  readonly unknowns: number;
  readonly isSettled: boolean;
  readonly kills: number;
}

const tenant = tenantId('0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960') ?? never();
const person = personId('1cddbfb5-9c7b-48e7-9dd7-a240ed516d91') ?? never();
const digest = `${person}:2026-11-24`;
const night = 1_000_000;
const morning = night + 8 * 3_600_000;

const mostTroubles = 4;
const mostKills = 5;
const takeOverMs = 7_500;

/** Two to four incidents, one to three senders that may die at each await, and one incident that may end meanwhile. */
export async function playMorning(seed: number): Promise<Morning> {
  return new Simulation(randomOf(seed)).run();
}

class Simulation {
  readonly #random: Random;
  readonly #chat = new SandboxChat();
  readonly #store = new MemoryStore();
  readonly #gates: Gate[] = [];
  readonly #incidents: readonly string[];
  readonly #senders: number;
  readonly #endsAt: number;
  readonly #jobs: Job[];
  #now = morning;
  #working = 0;
  #troubles = 0;
  #kills = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#incidents = ['low', 'blind', 'drift', 'short'].slice(0, 2 + Math.floor(random.uniform() * 3));
    this.#senders = 1 + Math.floor(random.uniform() * 3);
    this.#endsAt = random.uniform() < 0.4 ? morning + random.uniform() * 20_000 : Number.POSITIVE_INFINITY;
    this.#jobs = this.#incidents.map((id, index) => ({ message: newsOf(id, index), due: morning }));
    this.#chat.fate = (operation) => this.#fate(operation);
  }

  async run(): Promise<Morning> {
    while (this.#jobs.length > 0 || this.#working > 0) {
      await untilParked(this.#gates, () => this.#working);
      if (this.#mayStart()) this.#start();
      else if (this.#gates.length > 0) this.#goOnOrDie();
      else if (this.#working === 0) this.#now = Math.min(...this.#jobs.map(({ due }) => due));
    }
    const deliveries = await Promise.all(
      [...this.#incidents.map(incident), list].map((about) => this.#of(about)),
    );
    return {
      live: this.#live(),
      heard: this.#chat.heard,
      unknowns: deliveries.reduce((sum, delivery) => sum + (delivery?.unknowns ?? 0), 0),
      isSettled: deliveries.every((delivery) => (delivery?.task ?? null) === null),
      kills: this.#kills,
    };
  }

  async #of(about: Subject) {
    const id = deliveryId(about, { recipient: person, asked: 'chat' });
    const stored = (await this.#store.records(tenant, deliveriesTable, [id])).get(id);
    return stored === undefined ? null : readDelivery(stored);
  }

  /** The first of them may end. */
  #live(): readonly string[] {
    return this.#now < this.#endsAt ? this.#incidents : this.#incidents.slice(1);
  }

  #speakingTo(id: string): SpeakingTo {
    const live = this.#live();
    if (!live.includes(id)) return { kind: 'never' };
    return { kind: 'now', inQuietHours: false, morning: { digest, since: morning } };
  }

  #fate(operation: string): Fate {
    if (this.#troubles >= mostTroubles || this.#random.uniform() >= 0.2) return fine;
    this.#troubles += 1;
    return trouble(operation, this.#random);
  }

  #portsOf(job: Job): SenderPorts {
    const guarded = <Port extends object>(port: Port): Port => behindGates(port, job, this.#gates);
    return {
      store: guarded(this.#store),
      deliver: guarded(this.#chat),
      reach: guarded(this.#chat),
      cards: guarded({ answerFor: async (_tenant, { kind, id }) => saying(kind === 'digest' ? 'list' : id) }),
      throttle: guarded({
        take: async () => ({ kind: 'taken', waitMs: 0 }),
      } satisfies SenderPorts['throttle']),
      tenantWide: { timeZone: async () => 'UTC', channel: async () => null },
      directory: guarded({ person: async () => null }),
      speakingTo: async (_tenant, { about }) => this.#speakingTo(about.id),
      clock: { now: () => this.#now },
      sleep: async () => {},
      random: () => this.#random.uniform(),
      handOver: async () => {},
    };
  }

  #mayStart(): boolean {
    const isDue = this.#jobs.some(({ due }) => due <= this.#now);
    return (
      isDue && this.#working < this.#senders && (this.#gates.length === 0 || this.#random.uniform() < 0.4)
    );
  }

  #start(): void {
    const [job] = this.#jobs.splice(
      this.#jobs.findIndex(({ due }) => due <= this.#now),
      1,
    );
    if (job === undefined) return;
    this.#working += 1;
    void tell(this.#portsOf(job), tenant, job.message).then((handled) => {
      this.#working -= 1;
      if (handled.kind === 'later') this.#again(job, Math.max(1, handled.afterMs));
    });
  }

  #goOnOrDie(): void {
    const [gate] = this.#gates.splice(Math.floor(this.#random.uniform() * this.#gates.length), 1);
    if (gate === undefined) return;
    if (this.#random.uniform() < 0.2) this.#now += Math.floor(this.#random.uniform() * 3_000);
    if (this.#kills >= mostKills || this.#random.uniform() >= 0.04) {
      gate.open();
      return;
    }
    // Whoever waits there never goes on.
    this.#kills += 1;
    this.#working -= 1;
    this.#again(gate.job, takeOverMs);
  }

  #again({ message }: Pick<Job, 'message'>, afterMs: number): void {
    this.#jobs.push({ message, due: this.#now + Math.ceil(afterMs) });
  }
}

const list: Subject = { kind: 'digest', id: digest };

function incident(id: string): Subject {
  return { kind: 'incident', id };
}

function newsOf(id: string, index: number): Job['message'] {
  const message: Message = {
    key: `opened ${id}`,
    place: `${night + index}-0`,
    about: incident(id),
    recipient: person,
    mode: 'new',
    urgency: 'warning',
    way: 'chat',
  };
  return message;
}

function never(): never {
  throw new Error('The ids of this simulation are none.');
}
