import { Command, InvalidArgumentError, Option } from 'commander';
import type { Answer } from '../answers/answer.ts';
import { utcDay } from '../decision/time.ts';
import { dialledNumber, questionSchema, rateByDeck, understand } from '../product.ts';
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
import { printRate, rateJson } from './rate-text.ts';
import { orRefused, Refused } from './refused.ts';
import { sandboxDeck, withTenantRates } from './tenant-rates.ts';
import { jsonOption, type TenantOptions, tenantOption } from './with-product.ts';

interface Options extends TenantOptions, UnstatedOptions {
  readonly minutes?: number;
  readonly service?: 'inbound_tollfree' | 'dial_out' | 'user_out';
  readonly region: string;
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
    .addOption(
      new Option('--service <service>', 'kind of call').choices(['inbound_tollfree', 'dial_out', 'user_out']),
    )
    .addOption(
      new Option('--region <code>', 'where numbers without a country code belong')
        .default('US')
        .argParser(region),
    )
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
  const question = questionOf(destination, options);
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

/** A number by its digits; anything else as the bot would understand it. @throws {Refused} */
function questionOf(destination: string, options: Options): RateQuestion {
  const said = numberQuestion(destination, options.region) ?? placeQuestion(destination, options);
  const { minutes, service } = options;
  const question = questionSchema.parse({
    ...said,
    ...(minutes === undefined ? {} : { minutes }),
    ...(service === undefined ? {} : { service }),
  });
  if (question.intent !== 'rate') throw unknownDestination(destination);
  return question;
}

function numberQuestion(destination: string, home: string): object | null {
  const dialled = dialledNumber(destination, home);
  const [region, ...alternatives] = dialled?.regions ?? [];
  if (dialled === null || region === undefined) return null;
  return {
    intent: 'rate',
    number: dialled.e164,
    destination: destination.slice(0, 100),
    region,
    ...(alternatives.length === 0 ? {} : { alternatives }),
  };
}

function placeQuestion(destination: string, { region: home, currency }: Options): object {
  const isKorean = /\p{Script=Hangul}/u.test(destination);
  const text = isKorean ? `${destination} 통화 요금` : `rate to ${destination}`;
  const context = { locale: `${isKorean ? 'ko' : 'en'}-${home}`, now: Date.now(), timeZone: 'UTC', currency };
  const { question } = understand(text, context);
  if (question.intent !== 'rate' || question.region === undefined) throw unknownDestination(destination);
  return question;
}

function unknownDestination(destination: string): Refused {
  return new Refused(
    'destination-unknown',
    `"${destination}" is not a place or a number that is known. Give a country, a city, or a number such as +49 30 5550142.`,
  );
}

function noRates(currency: string): Refused {
  return new Refused(
    'rates-missing',
    `The tenant has no price list in ${currency} that counts by now. Import one with "credits rates import FILE --apply".`,
  );
}

function minutes(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number <= 0 || number > 100_000) {
    throw new InvalidArgumentError('Give a number of minutes above 0.');
  }
  return number;
}

function region(text: string): string {
  const code = text.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) throw new InvalidArgumentError('Give a region such as US or KR.');
  return code;
}
