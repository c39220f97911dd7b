import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import packageJson from '../package.json' with { type: 'json' };
import type { Instant } from '../src/decision/time.ts';
import type { Observe } from '../src/observe.ts';
import type { QueueDepth, Vitals } from '../src/open-product.ts';

/** What is asked at each reading. What does not answer is left out, and the rest is told. */
export interface MetricSources {
  vitals(): Promise<Vitals>;
  /** How much waits, by queue; null where it was not started. */
  queues(): Promise<Readonly<Record<'outbox' | 'steps', QueueDepth | null>>>;
  now(): Instant;
}

/** Counts and gauges in the text format of Prometheus. Labels are words of closed sets, and of no tenant or person. */
export interface Metrics {
  readonly observe: Observe;
  readonly contentType: string;
  text(): Promise<string>;
  /** Tells from where gauges are read; before that there are counts alone. */
  readFrom(sources: MetricSources): void;
}

/** `ofProcess`: memory, event loop and the like of this process, too. */
export function openMetrics({ ofProcess }: { readonly ofProcess: boolean }): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const observe = operations(registry);
  const gauges = new Gauges(registry);
  let sources: MetricSources | null = null;
  let reading: Promise<void> | null = null;
  // However many ask at once, the store is asked once.
  const readOnce = (from: MetricSources): Promise<void> => {
    reading ??= gauges.read(from).finally(() => {
      reading = null;
    });
    return reading;
  };
  return {
    observe: {
      ended: (end) => {
        observe.ended(end);
        if (end.operation === 'event' && end.outcome === 'done' && sources !== null)
          gauges.eventTaken(sources.now());
      },
    },
    contentType: registry.contentType,
    text: async () => {
      if (sources !== null) await readOnce(sources);
      return registry.metrics();
    },
    readFrom: (given) => {
      sources = given;
    },
  };
}

/** From a cached answer to a pass of the feed. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

function operations(registry: Registry): Observe {
  const registers = [registry];
  const ends = new Counter({
    name: 'credits_operations_total',
    help: 'Operations that ended, by what they were and how they ended.',
    labelNames: ['operation', 'name', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'credits_operation_duration_seconds',
    help: 'How long operations took.',
    labelNames: ['operation', 'name'],
    buckets: seconds,
    registers,
  });
  return {
    ended: ({ operation, name, outcome, seconds: took }) => {
      ends.inc({ operation, name, outcome });
      durations.observe({ operation, name }, took);
    },
  };
}

class Gauges {
  readonly #ages: Gauge<'feed'>;
  readonly #depths: Gauge<'queue' | 'state'>;
  readonly #incidents: Gauge<'kind'>;
  readonly #tenants: Gauge;
  readonly #store: Gauge;
  #eventAt: Instant | null = null;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#ages = new Gauge({
      name: 'credits_feed_age_seconds',
      help: 'Age of the least fresh reading over all tenants; of events, since this process took the last in.',
      labelNames: ['feed'],
      registers,
    });
    this.#depths = new Gauge({
      name: 'credits_queue_depth',
      help: 'What waits to be done or said, by queue and state.',
      labelNames: ['queue', 'state'],
      registers,
    });
    this.#incidents = new Gauge({
      name: 'credits_open_incidents',
      help: 'Incidents that go on, by kind.',
      labelNames: ['kind'],
      registers,
    });
    this.#tenants = new Gauge({ name: 'credits_tenants', help: 'Tenants that are served.', registers });
    this.#store = new Gauge({
      name: 'credits_store_up',
      help: '1 where Redis answered just now.',
      registers,
    });
    const build = new Gauge({
      name: 'credits_build_info',
      help: 'What runs here.',
      labelNames: ['version', 'node'],
      registers,
    });
    build.set({ version: packageJson.version, node: process.versions.node }, 1);
  }

  eventTaken(at: Instant): void {
    this.#eventAt = at;
  }

  async read({ vitals, queues, now }: MetricSources): Promise<void> {
    const [told, depths] = await Promise.all([orNull(vitals()), orNull(queues())]);
    for (const gauge of [this.#ages, this.#depths, this.#incidents]) gauge.reset();
    this.#store.set(told === null ? 0 : 1);
    this.#age('event', this.#eventAt, now());
    for (const [queue, depth] of Object.entries(depths ?? {})) this.#depth(queue, depth);
    if (told === null) return;
    this.#tenants.set(told.tenants);
    this.#age('usage', told.usageReadAt, now());
    this.#age('people', told.peopleReadAt, now());
    for (const [kind, count] of told.openIncidents) this.#incidents.set({ kind }, count);
  }

  #age(feed: string, at: Instant | null, now: Instant): void {
    if (at !== null) this.#ages.set({ feed }, Math.max(0, now - at) / 1_000);
  }

  #depth(queue: string, depth: QueueDepth | null): void {
    for (const [state, count] of Object.entries(depth ?? {})) this.#depths.set({ queue, state }, count);
  }
}

/** Whatever is down, the counts are told all the same. */
async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch {
    return null;
  }
}
