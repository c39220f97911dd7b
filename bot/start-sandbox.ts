import { join } from 'node:path';
import type { SandboxConfig } from '../src/config/config.ts';
import { minuteMs } from '../src/decision/time.ts';
import { openProduct } from '../src/open-product.ts';
import { patienceOfTeams, startConnectorDouble } from '../src/sandbox/connector/connector-double.ts';
import { teamsAppsOf } from '../src/sandbox/connector/teams-apps.ts';
import { sandboxPeople, sandboxTenant } from '../src/sandbox/people.ts';
import { type Playground, startPlayground } from '../src/sandbox/playground.ts';
import { actingPerson, sandboxFolder, startWorld } from '../src/sandbox/world.ts';
import { sandboxAdapter } from './adapter.ts';
import { teamsDeliver } from './deliver.ts';
import { openLanguageModel } from './language-model.ts';
import type { Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { metricsPage } from './metrics-page.ts';
import { serve } from './serve.ts';

/** Any id: nothing in the sandbox is signed. */
const sandboxBot = { id: '28:9c0f5a1e-5c35-4f0b-a8a8-7c3f7e0cc3ed', name: 'Credits Bot' };

/** Any id as well: in the sandbox's catalogue there is one app. */
const sandboxApp = '7a0c2d1e-8a64-4c55-9a31-6f3b7d1e2c40';

export interface Running {
  stop(): Promise<void>;
}

/** The whole product for a made-up tenant, on loopback alone. What is told to the person goes to standard output. */
export async function startSandbox(config: SandboxConfig, log: Log): Promise<Running> {
  const person = actingPerson(config.sandboxUser);
  const stops: (() => Promise<void>)[] = [];
  const running: Running = { stop: () => stopAll(stops) };
  try {
    const world = await startWorld({ redisUrl: config.redisUrl, now: () => Date.now(), log: tell });
    stops.push(world.stop);
    const metrics = openMetrics({ ofProcess: true });
    const open = openProduct({
      redisUrl: world.redisUrl,
      graphBaseUrl: world.graph.baseUrl,
      graphAccess: world.graphAccess,
      defaultCurrency: world.tenant.currency,
      peopleRefreshMinutes: config.peopleRefreshMinutes,
      sending: {
        ...config.sending,
        teamsAppId: config.sending.teamsAppId ?? sandboxApp,
        mailSender: config.sending.mailSender ?? person.id,
      },
      onOutboxTrouble: (error) => log.warn({ error: error.name }, 'What is to be said waits.'),
      betaReports: config.betaReports,
      observe: metrics.observe,
      onStoreError: (error) => log.warn({ error: error.name }, 'Redis does not answer.'),
    });
    stops.push(open.close);
    await open.product.ping();
    const adapter = sandboxAdapter();
    let isLoaded = false;
    const server = await serve({
      product: open.product,
      adapter,
      reach: { kind: 'loopback' },
      botId: '',
      languageModel: config.languageModel && openLanguageModel(config.languageModel, log),
      eventsSecret: config.eventsSecret,
      metrics: config.metrics && metricsPage(metrics, config.metrics.token),
      port: config.port,
      host: '127.0.0.1',
      log,
      isLoaded: () => isLoaded,
    });
    stops.push(server.stop);
    await world.load(open.product);
    isLoaded = true;
    const work = await open.startWork({
      pollUsageEveryMs: config.usagePollMinutes * minuteMs,
      refreshPeopleEveryMs: config.peopleRefreshMinutes * minuteMs,
      homeTenant: world.tenant.id,
      onFailure: (step, error) => log.warn({ step, error: error.name }, 'A step failed and is done again.'),
    });
    stops.push(work.stop);
    tell(
      `${world.tenant.displayName} is loaded; the bot answers at http://127.0.0.1:${server.port}/api/messages`,
    );

    const chats = await startConnectorDouble({
      tenant: world.tenant.id,
      people: sandboxPeople,
      bot: sandboxBot,
      botUrl: `http://127.0.0.1:${server.port}/api/messages`,
      now: () => Date.now(),
      patience: patienceOfTeams,
      port: config.chatsPort,
    });
    stops.push(chats.stop);
    world.graph.joinTeams(teamsAppsOf(chats));
    const outbox = open.outbox(
      teamsDeliver({
        adapter: adapter,
        botId: '',
        reach: { kind: 'loopback' },
        serviceUrl: () => chats.serviceUrl,
        now: () => open.product.now(),
      }),
    );
    outbox.start();
    metrics.readFrom({
      vitals: () => open.product.vitals(),
      queues: async () => ({ outbox: await outbox.depth(), steps: await work.depth() }),
      now: () => open.product.now(),
    });
    stops.push(outbox.stop);
    tell(`Everybody's chats side by side: ${chats.pageUrl}`);
    const playground = await playgroundFor(config, server.port, person);
    if (playground !== null) stops.push(playground.stop);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** What was started last stands on what was started before, and stops first. */
async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
}

async function playgroundFor(
  config: SandboxConfig,
  botPort: number,
  person: ReturnType<typeof actingPerson>,
): Promise<Playground | null> {
  if (config.playgroundPort === null) return null;
  const playground = await startPlayground({
    port: config.playgroundPort,
    botPort,
    tenant: sandboxTenant,
    person,
    others: sandboxPeople.filter((other) => other !== person),
    folder: join(sandboxFolder, 'playground'),
  });
  tell(`Talk to it as ${person.displayName}: ${playground.url}`);
  return playground;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
