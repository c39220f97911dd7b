import type { ProductionConfig } from '../src/config/config.ts';
import { graphAccess } from '../src/config/graph-access.ts';
import { minuteMs } from '../src/decision/time.ts';
import { openProduct } from '../src/open-product.ts';
import { productionAdapter } from './adapter.ts';
import { teamsDeliver } from './deliver.ts';
import { openLanguageModel } from './language-model.ts';
import type { Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { metricsPage } from './metrics-page.ts';
import { serve } from './serve.ts';
import { serviceUrlOf } from './service-hosts.ts';
import type { Running } from './start-sandbox.ts';

/** The product on the Redis, the directory and the cloud that the environment names. */
export async function startProduction(config: ProductionConfig, log: Log): Promise<Running> {
  const metrics = openMetrics({ ofProcess: true });
  const open = openProduct({
    redisUrl: config.redisUrl,
    graphBaseUrl: config.graphBaseUrl,
    graphAccess: graphAccess(config.credentials),
    defaultCurrency: config.defaultCurrency,
    peopleRefreshMinutes: config.peopleRefreshMinutes,
    sending: config.sending,
    onOutboxTrouble: (error) => log.warn({ error: error.name }, 'What is to be said waits.'),
    betaReports: config.betaReports,
    observe: metrics.observe,
    onStoreError: (error) => log.warn({ error: error.name }, 'Redis does not answer.'),
  });
  const adapter = productionAdapter(config);
  const outbox = open.outbox(
    teamsDeliver({
      adapter: adapter,
      botId: config.credentials.clientId,
      reach: { kind: 'cloud', cloud: config.cloud },
      serviceUrl: () => serviceUrlOf(config.cloud),
      now: () => open.product.now(),
    }),
  );
  try {
    await open.product.ping();
    const server = await serve({
      product: open.product,
      adapter,
      reach: { kind: 'cloud', cloud: config.cloud },
      botId: config.credentials.clientId,
      languageModel: config.languageModel && openLanguageModel(config.languageModel, log),
      eventsSecret: config.eventsSecret,
      metrics: config.metrics && metricsPage(metrics, config.metrics.token),
      port: config.port,
      host: '0.0.0.0',
      log,
      // A tenant is made by its first import, so that none need be there before the bot answers.
      isLoaded: () => true,
    });
    const work = await open.startWork({
      pollUsageEveryMs: config.usagePollMinutes * minuteMs,
      refreshPeopleEveryMs: config.peopleRefreshMinutes * minuteMs,
      homeTenant: config.credentials.homeTenant,
      onFailure: (step, error) => log.warn({ step, error: error.name }, 'A step failed and is done again.'),
    });
    metrics.readFrom({
      vitals: () => open.product.vitals(),
      queues: async () => ({ outbox: await outbox.depth(), steps: await work.depth() }),
      now: () => open.product.now(),
    });
    log.info({ port: server.port }, 'The bot listens.');
    outbox.start();
    return {
      stop: async () => {
        await server.stop();
        await work.stop();
        await outbox.stop();
        await open.close();
      },
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}
