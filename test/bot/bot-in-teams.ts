import sinon from 'sinon';
import type { LanguageModel } from '../../bot/language-model.ts';
import type { Log } from '../../bot/log.ts';
import type { Reader } from '../../cards/reader.ts';
import type { Answer } from '../../src/answers/answer.ts';
import type { Product } from '../../src/product.ts';
import type { BotReply } from '../../src/sandbox/connector/bot-link.ts';
import { type ConnectorDouble, startConnectorDouble } from '../../src/sandbox/connector/connector-double.ts';
import type { SeenMessage } from '../../src/sandbox/connector/seen-message.ts';
import type { Where } from '../../src/sandbox/connector/teams-client.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { type BotUnderTest, startSandboxBot } from './bot-under-test.ts';
import { now } from './product-double.ts';

export const [grace] = sandboxPeople as readonly [SandboxPerson, ...SandboxPerson[]];
export const inEnglish: Reader = { language: 'en', locale: 'en-US', timeZone: grace.timeZone, now };
export const thanks: Answer = { kind: 'thanks' };

/** A bot, the Teams in which Grace talks to it, and what it answers with. */
export interface BotInTeams {
  readonly bot: BotUnderTest;
  readonly teams: ConnectorDouble;
  say(text: string, where?: Where): Promise<BotReply>;
  /** Everything that stands in Grace's chat. */
  seen(where?: Where): readonly SeenMessage[];
  /** What of it the bot wrote. */
  ofBot(where?: Where): readonly SeenMessage[];
  stop(): Promise<void>;
}

export async function startBotInTeams(
  product: Partial<Product>,
  openModel?: (log: Log) => LanguageModel | null,
): Promise<BotInTeams> {
  const bot = await startSandboxBot(product, openModel);
  const teams = await startConnectorDouble({
    tenant: sandboxTenant.id,
    people: sandboxPeople,
    bot: { id: '28:00000000-0000-4000-8000-0000000000b0', name: 'Ledgerline Credits' },
    botUrl: `${bot.url}/api/messages`,
    now: () => now,
    patience: { repeatAfterMs: 5_000, giveUpAfterMs: 15_000 },
    port: 0,
  });
  const seen = (where: Where = 'personal') => teams.client.seen(grace.id, where);
  return {
    bot,
    teams,
    say: (text, where = 'personal') => teams.client.say(grace.id, where, text),
    seen,
    ofBot: (where) => seen(where).filter((message) => message.from === null),
    stop: async () => {
      await teams.stop();
      await bot.stop();
    },
  };
}

/** A product that understands every text as the balance, and answers everything with thanks. */
export function stubbedProduct() {
  return {
    understand: sinon
      .stub<Parameters<Product['understand']>, ReturnType<Product['understand']>>()
      .returns({ question: { intent: 'balance' }, language: 'en' }),
    answer: sinon.stub<Parameters<Product['answer']>, Promise<Answer>>().resolves(thanks),
    act: sinon.stub<Parameters<Product['act']>, Promise<Answer>>().resolves(thanks),
    preferences: sinon
      .stub<Parameters<Product['preferences']>, ReturnType<Product['preferences']>>()
      .resolves({ language: null }),
    isFirstMeeting: sinon.stub<Parameters<Product['isFirstMeeting']>, Promise<boolean>>().resolves(false),
  };
}

/** The end of the activity's id, as it can be read out on the phone. */
export function referenceOf(message: SeenMessage | undefined): string {
  return (message?.id ?? '').slice(-8);
}
