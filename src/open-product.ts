import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from './decision/ids.ts';
import { dayMs, hourMs, minuteMs } from './decision/time.ts';
import { graphBetaReports } from './graph/beta-reports.ts';
import { graphClient } from './graph/client.ts';
import { type GraphCredentials, type TokenSource, tokenSource } from './graph/credentials.ts';
import { graphDirectory } from './graph/directory.ts';
import { graphHealth } from './graph/health.ts';
import { graphLicences } from './graph/licences.ts';
import { graphOrganisation } from './graph/organisation.ts';
import { graphPost } from './graph/post.ts';
import { graphReach } from './graph/reach-people.ts';
import { graphRoleHolders } from './graph/role-holders.ts';
import { graphUsage } from './graph/usage.ts';
import { type Jobs, openJobs } from './jobs/open-jobs.ts';
import type { QueueDepth } from './jobs/queue-depth.ts';
import type { Step } from './jobs/step.ts';
import type { Currency } from './money/currency.ts';
import { type Observe, observeNothing } from './observe.ts';
import { observedDeliver, observedProduct, observedReach, observedStep } from './observed.ts';
import type { Deliver } from './outbox/deliver.ts';
import { type OpenOutbox, openOutbox } from './outbox/open-outbox.ts';
import type { Product } from './product.ts';
import { product } from './product-on-ports.ts';
import { connect, connectQueue } from './store/connection.ts';
import { redisHealth } from './store/health.ts';
import { redisLeases } from './store/leases.ts';
import { redisShortMemory } from './store/short-memory.ts';
import { redisStore } from './store/store.ts';
import { redisThrottle } from './store/throttle.ts';
import { cardSource } from './workflows/card-source.ts';
import { holdersAtSending } from './workflows/holders-at-sending.ts';
import { speakingTo } from './workflows/speaking-to.ts';
import { tenantWide } from './workflows/tenant-wide.ts';
import type { Vitals } from './workflows/vitals.ts';

export type { QueueDepth, Vitals };

/** The product, standing on a real Redis and a real Graph. */
export interface OpenProduct {
  readonly product: Product;
  /**
   * Begins to do in this process, too, what is due every so often. Any number of processes share it; one that dies is
   * replaced within seconds.
   */
  startWork(work: Work): Promise<Jobs>;
  /** What says what was committed to be said, in the words and by the way that it is given. */
  outbox(deliver: Deliver): OpenOutbox;
  /** Ends the connections, after what was asked before is answered. */
  close(): Promise<void>;
}

export interface ProductSettings {
  readonly redisUrl: string;
  readonly graphBaseUrl: string;
  readonly graphAccess: GraphCredentials | TokenSource;
  readonly defaultCurrency: Currency;
  /** How long a list of people counts before the directory is asked again. */
  readonly peopleRefreshMinutes: number;
  readonly sending: {
    readonly teamsAppId: string | null;
    readonly mailSender: string | null;
    readonly perSecond: number;
  };
  /** Whether the reports of Graph's beta are asked. */
  readonly betaReports: boolean;
  /** Told of each failure to reach Redis; the connection mends itself. */
  readonly onStoreError: (error: Error) => void;
  /** Told of what the outbox will try again; the error's name alone is fit for a log. */
  readonly onOutboxTrouble?: (error: Error) => void;
  /** Told of each operation when it ends. */
  readonly observe?: Observe;
}

export interface Work {
  readonly pollUsageEveryMs: number;
  readonly refreshPeopleEveryMs: number;
  /** Served before the store knows it; null where there is none. */
  readonly homeTenant: TenantId | null;
  readonly onFailure: (step: string, error: Error) => void;
}

/** Opens the product and returns at once; whether Redis is there shows with the first question. */
export function openProduct(settings: ProductSettings): OpenProduct {
  const connection = connect(settings.redisUrl, { onError: settings.onStoreError });
  const store = redisStore(connection);
  const clock = { now: () => Date.now() };
  const { graphAccess, graphBaseUrl } = settings;
  const credentials = 'token' in graphAccess ? null : graphAccess;
  const tokens = 'token' in graphAccess ? graphAccess : tokenSource(graphAccess, graphBaseUrl);
  const graph = graphClient({
    baseUrl: graphBaseUrl,
    tokens,
    now: clock.now,
    sleep: async (milliseconds) => sleep(milliseconds),
    random: Math.random,
  });
  const directory = graphDirectory(graph, clock.now);
  const roleDirectory = graphRoleHolders(graph, clock.now);
  const watching = { observe: settings.observe ?? observeNothing, stopwatch: () => performance.now() };
  const bare = product({
    store,
    shortMemory: redisShortMemory(connection),
    clock,
    directory,
    roleDirectory,
    licenceDirectory: graphLicences(graph, clock.now),
    organisationDirectory: graphOrganisation(graph, clock.now),
    usageSource: graphUsage(graph),
    betaReports: settings.betaReports ? graphBetaReports(graph) : null,
    leases: redisLeases(connection),
    storeHealth: redisHealth(connection, clock.now),
    graphHealth: graphHealth({ baseUrl: graphBaseUrl, tokens, credentials, now: clock.now }),
    defaultCurrency: settings.defaultCurrency,
    peopleFreshMs: settings.peopleRefreshMinutes * minuteMs,
  });
  const opened = observedProduct(bare, watching);
  return {
    product: opened,
    startWork: (work) =>
      openJobs({
        connect: () => connectQueue(settings.redisUrl, { onError: settings.onStoreError }),
        steps: [...stepsOf(opened, work), ...(settings.betaReports ? [crossCheckOf(opened)] : [])].map(
          (step) => observedStep(step, watching),
        ),
        tenants: async () => {
          const known = await store.tenants();
          return [...new Set(work.homeTenant === null ? known : [work.homeTenant, ...known])];
        },
        onFailure: work.onFailure,
      }),
    outbox: (deliver) =>
      openOutbox({
        redisUrl: settings.redisUrl,
        store,
        directory,
        roleDirectory: holdersAtSending({ store, roleDirectory }),
        deliver: observedDeliver(deliver, watching),
        cards: cardSource({
          incident: opened.incidentAnswer,
          topup: opened.topUpAnswer,
          delegation: opened.delegationAnswer,
          digest: opened.digestAnswer,
        }),
        reach: observedReach(
          graphReach({
            client: graph,
            post: graphPost({ baseUrl: graphBaseUrl, tokens, now: clock.now }),
            baseUrl: graphBaseUrl,
            ...settings.sending,
          }),
          watching,
        ),
        speakingTo: speakingTo({ store, clock }),
        tenantWide: tenantWide({ store, clock }),
        throttle: redisThrottle(connection, { perTenantASecond: settings.sending.perSecond }),
        clock,
        onTrouble: settings.onOutboxTrouble ?? settings.onStoreError,
      }),
    close: () => store.close(),
  };
}

/** Reminders and steps of the chain are due to the minute. */
const tickEveryMs = minuteMs;
/** A digest is due in the morning, and no minute of it counts. */
const digestsEveryMs = 5 * minuteMs;

/** Who could be told is looked at once a day, and tried again while the directory is away. */
const reachEveryMs = hourMs;

function stepsOf(opened: Product, work: Work): readonly Step[] {
  return [
    { name: 'feed', everyMs: work.pollUsageEveryMs, run: (tenant) => feedPatiently(opened, tenant) },
    {
      name: 'people',
      everyMs: work.refreshPeopleEveryMs,
      run: async (tenant) => {
        await opened.refreshPeople(tenant);
      },
    },
    {
      name: 'incidents',
      everyMs: tickEveryMs,
      run: async (tenant) => {
        await opened.tickIncidents(tenant);
      },
    },
    {
      name: 'topups',
      everyMs: tickEveryMs,
      run: async (tenant) => {
        await opened.tickTopUps(tenant);
      },
    },
    {
      name: 'reach',
      everyMs: reachEveryMs,
      run: async (tenant) => {
        await opened.checkReach(tenant);
      },
    },
    {
      name: 'digests',
      everyMs: digestsEveryMs,
      run: async (tenant) => {
        await opened.sendDigests(tenant);
      },
    },
  ];
}

function crossCheckOf(opened: Product): Step {
  return {
    name: 'cross-check',
    everyMs: dayMs,
    run: async (tenant) => {
      await opened.crossCheck(tenant);
    },
  };
}

/** What a process left that died is free a few seconds later. */
const leaseEndsAfterMs = 2_000;
const leaseTries = 4;

async function feedPatiently(opened: Product, tenant: TenantId): Promise<void> {
  for (let attempt = 1; (await opened.feedUsage(tenant)).kind === 'taken-over'; attempt += 1) {
    if (attempt === leaseTries) return;
    await sleep(leaseEndsAfterMs);
  }
}
