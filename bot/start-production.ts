import type { ProductionConfig } from '../src/config/config.ts';
import { graphAccess } from '../src/config/graph-access.ts';
import { minuteMs } from '../src/decision/time.ts';
import { openProduct } from '../src/open-product.ts';
import { productionAdapter } from './adapter.ts';
import { openLanguageModel } from './language-model.ts';
import type { Log } from './log.ts';
import { serve } from './serve.ts';
import type { Running } from './start-sandbox.ts';

/** The product on the Redis, the directory and the cloud that the environment names. */
export async function startProduction(config: ProductionConfig, log: Log): Promise<Running> {
  const open = openProduct({
    redisUrl: config.redisUrl,
    graphBaseUrl: config.graphBaseUrl,
    graphAccess: graphAccess(config.credentials),
    defaultCurrency: config.defaultCurrency,
    peopleRefreshMinutes: config.peopleRefreshMinutes,
    betaReports: config.betaReports,
    onStoreError: (error) => log.warn({ error: error.name }, 'Redis does not answer.'),
  });
  try {
    await open.product.ping();
    const server = await serve({
      product: open.product,
      adapter: productionAdapter(config),
      reach: { kind: 'cloud', cloud: config.cloud },
      botId: config.credentials.clientId,
      languageModel: config.languageModel && openLanguageModel(config.languageModel, log),
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
    log.info({ port: server.port }, 'The bot listens.');
    return {
      stop: async () => {
        await server.stop();
        await work.stop();
        await open.close();
      },
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}
