import type { TeamsAdapter } from '@microsoft/teams-ai';
import { render } from '../cards/render.ts';
import type { Product } from '../src/product.ts';
import { teamsApp } from './app.ts';
import { Door } from './door.ts';
import { signedEvents } from './events.ts';
import type { LanguageModel } from './language-model.ts';
import type { Log } from './log.ts';
import type { MetricsPage } from './metrics-page.ts';
import { listen, type Server } from './server.ts';
import type { Reach } from './service-hosts.ts';

export interface Serving {
  readonly product: Product;
  readonly adapter: TeamsAdapter;
  readonly reach: Reach;
  readonly botId: string;
  /** Null: the grammar alone reads what people write. */
  readonly languageModel: LanguageModel | null;
  /** Null: events are taken from nobody. */
  readonly eventsSecret: string | null;
  /** Null: it is told to nobody how the bot does. */
  readonly metrics: MetricsPage | null;
  readonly port: number;
  readonly host: string;
  readonly log: Log;
  /** Whether all that an answer needs, besides the store, is there. */
  readonly isLoaded: () => boolean;
}

/** Product → turns → door → routes → listen. */
export async function serve(serving: Serving): Promise<Server> {
  const { product, adapter, log, botId } = serving;
  warmUp(product);
  const app = teamsApp({ product, log, botId }, adapter, serving.languageModel);
  const events = signedEvents(product, serving.eventsSecret, log);
  const door = new Door(adapter, app, serving.reach, log);
  return listen(
    {
      receiveActivity: (body, authorization) => door.receive(body, authorization),
      receiveEvent: (delivery) => events.receive(delivery),
      metrics: serving.metrics,
      isReady: async () => serving.isLoaded() && (await answers(product)),
    },
    serving,
  );
}

/** Words, templates and formats are read on first use; the first person to ask shall not wait for that. */
function warmUp(product: Product): void {
  for (const [language, locale] of [
    ['en', 'en-US'],
    ['ko', 'ko-KR'],
  ] as const) {
    product.understand('balance', { locale, timeZone: 'UTC' });
    render({ kind: 'help' }, { language, locale, timeZone: 'UTC', now: product.now() });
  }
}

async function answers(product: Product): Promise<boolean> {
  try {
    await product.ping();
    return true;
  } catch {
    return false;
  }
}
