import { Command, InvalidArgumentError, Option } from 'commander';
import type { Answer } from '../answers/answer.ts';
import { utcDay } from '../decision/time.ts';
import { longestCallMinutes, rateByDeck } from '../product.ts';
import type { RateQuestion } from '../workflows/answer-rate.ts';
import { printJson } from './print.ts';
import {
  currencyOption,
  deckOf,
  effectiveFromOption,
  readDeckText,
  type UnstatedOptions,
} from './rate-deck-file.ts';
import { rateNumberLines } from './rate-lines.ts';
import {
  type DestinationOptions,
  noRates,
  rateQuestion,
  regionOption,
  serviceOption,
  unknownDestination,
} from './rate-question.ts';
import { printRate, rateJson } from './rate-text.ts';
import { orRefused } from './refused.ts';
import { sandboxDeck, withTenantRates } from './tenant-rates.ts';
import { jsonOption, type TenantOptions, tenantOption } from './with-product.ts';

interface Options extends TenantOptions, UnstatedOptions, DestinationOptions {
  readonly minutes?: number;
  readonly deck?: string;
  readonly jsonl?: true;
}

export function rateCommand(): Command {
  return new Command('rate')
    .description('say what calls to a place or a number cost')
    .argument(
      '[destination...]',
      'a country, a city or a number; with --jsonl the numbers come on standard input',
    )
    .addOption(new Option('--minutes <number>', 'length of the call').argParser(minutes))
    .addOption(serviceOption())
    .addOption(regionOption())
    .option('--jsonl', 'read lines of {number}, write a line of its rate for each')
    .option('--deck <file>', 'price by this list alone, and ask no store')
    .addOption(currencyOption())
    .addOption(effectiveFromOption())
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (words: readonly string[], options: Options, command: Command) => {
      const destination = words.join(' ').trim();
      if (destination === '' && !options.jsonl) {
        command.error('error: give a place or a number, or --jsonl', { exitCode: 2 });
      }
      await orRefused(options, () => (options.jsonl ? rateLines(options) : ratePlace(destination, options)));
    });
}

async function ratePlace(destination: string, options: Options): Promise<void> {
  const question = rateQuestion(destination, options);
  const answer = await answerTo(question, options);
  if (answer.kind === 'no-rates') throw noRates(answer.currency);
  if (answer.kind !== 'rate') throw unknownDestination(destination);
  if (options.json) printJson(rateJson(answer, destination));
  else printRate(answer);
}

async function answerTo(question: RateQuestion, options: Options): Promise<Answer> {
  const byDeck = (deck: ReturnType<typeof deckOf>): Answer =>
    rateByDeck(question, deck, Date.now()) ?? { kind: 'rate-ask' };
  if (options.deck !== undefined) return byDeck(await deckInFile(options.deck, options));
  return withTenantRates(options.tenant, {
    ask: (product) => product.rate(options.tenant, question),
    isMissing: (answer) => answer.kind === 'no-rates',
    sandbox: () => byDeck(sandboxDeck()),
  });
}

async function rateLines(options: Options): Promise<void> {
  const deck =
    options.deck !== undefined
      ? await deckInFile(options.deck, options)
      : await withTenantRates(options.tenant, {
          ask: (product) => product.rateDeck(options.tenant),
          isMissing: (found) => found === null,
          sandbox: sandboxDeck,
        });
  if (deck === null) throw noRates(options.currency);
  await rateNumberLines(deck, options.region);
}

async function deckInFile(path: string, { currency, effectiveFrom }: Options) {
  return deckOf(await readDeckText(path), { currency, effectiveFrom: effectiveFrom ?? utcDay(Date.now()) });
}

function minutes(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number <= 0 || number > longestCallMinutes) {
    throw new InvalidArgumentError('Give a number of minutes above 0.');
  }
  return number;
}
