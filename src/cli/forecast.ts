import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { microUnitsToDecimal } from '../money/money.ts';
import { readDecimal } from '../money/read-decimal.ts';
import { type Forecast, type ForecastAsked, type SeriesFault, seriesForecast } from '../product.ts';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { scenarioOf, type WhatIfOptions, whatIfOptions } from './what-if.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions, WhatIfOptions {
  readonly series?: string;
  /** In micro-units. */
  readonly balance?: bigint;
  readonly seed: number;
  readonly currency?: string;
}

export function forecastCommand(): Command {
  const command = new Command('forecast')
    .description('say when the balance runs out: three dates, thirty days, and how such forecasts did before')
    .addOption(tenantOption())
    .option('--currency <code>', 'of the account; the one with the most calls where none is named')
    .option('--series <file>', 'try the method on a CSV of date,spend instead of a tenant')
    .addOption(new Option('--balance <amount>', 'to begin with, for --series').argParser(microUnits))
    .addOption(new Option('--seed <number>', 'the same seed has the same answer').argParser(seed).default(1))
    .addOption(jsonOption())
    .action(async (options: Options, command: Command) => {
      if (options.times === undefined && (options.timesFrom ?? options.timesUntil) !== undefined) {
        command.error('error: --times-from and --times-until need --times', { exitCode: 2 });
      }
      if ((options.series === undefined) !== (options.balance === undefined)) {
        command.error('error: --series and --balance go together', { exitCode: 2 });
      }
      await orRefused(options, async () => {
        const shown = await forecastFor(options);
        if (options.json) printJson(shown);
        else printForecast(shown);
      });
    });
  for (const option of whatIfOptions()) command.addOption(option);
  return command;
}

async function forecastFor(options: Options) {
  const { series, balance } = options;
  if (series === undefined || balance === undefined) return ofTenant(options);
  const made = seriesForecast(await readSeriesFile(series), { balance, ...askedOf(options) });
  if (made.kind === 'refused') throw new Refused('series-refused', made.faults.map(faultSentence).join('\n'));
  return forecastJson(made.forecast, null);
}

function askedOf(options: Options): ForecastAsked {
  const scenario = scenarioOf(options);
  return { seed: options.seed, ...(scenario && { scenario }) };
}

async function ofTenant(options: Options) {
  const { tenant, currency } = options;
  const asked = askedOf(options);
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const accounts = await product.forecasts(tenant, asked);
    const account = accounts.find(
      (each) => currency === undefined || each.currency === currency.toUpperCase(),
    );
    if (account !== undefined) return forecastJson(account.forecast, account.currency);
    const known = accounts.map((each) => each.currency).join(', ') || 'none';
    throw new Refused('account-unknown', `The tenant has no account in that currency. It has: ${known}.`);
  });
}

async function readSeriesFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refused('file-unreadable', `${path} cannot be read. Check the path and its permissions.`);
  }
}

type ForecastJson = ReturnType<typeof forecastJson>;

function forecastJson(made: Forecast, currency: string | null) {
  if (made.kind === 'too-early') {
    const { daysOfData, daysNeeded } = made;
    return {
      currency,
      tooEarly: { daysOfData, daysNeeded },
      zero: { p10: null, p50: null, p90: null },
      daily: [],
      backtest: { coverage: null, medianError: null },
    };
  }
  const { coverage, medianError, verdict } = made.backtest;
  return {
    currency,
    tooEarly: null,
    zero: made.zero,
    horizonDays: made.horizonDays,
    daysOfData: made.daysOfData,
    daily: made.daily.map(({ date, p10, p50, p90 }) => ({
      date,
      p10: decimal(p10),
      p50: decimal(p50),
      p90: decimal(p90),
    })),
    backtest: { coverage, medianError, verdict },
  };
}

function decimal(amount: bigint): string {
  return microUnitsToDecimal(amount, 2);
}

function printForecast(shown: ForecastJson): void {
  if (shown.tooEarly !== null) {
    const { daysOfData, daysNeeded } = shown.tooEarly;
    printLine(`Too early to tell: ${daysOfData} complete days are known, and ${daysNeeded} are needed.`);
    return;
  }
  const { p10, p50, p90 } = shown.zero;
  const beyond = `not within ${shown.horizonDays} days`;
  printLine(`Runs out on ${p50 ?? beyond}`);
  printLine(`  one time in ten by ${p10 ?? beyond}, nine times in ten by ${p90 ?? beyond}`);
  printLine(`  learned from ${shown.daysOfData} complete days`);
}

function faultSentence({ code, data: { line, text } }: SeriesFault): string {
  return `Line ${line}: ${faultSentences[code]} Found: ${JSON.stringify(text)}.`;
}

const faultSentences: Readonly<Record<SeriesFault['code'], string>> = {
  'series-empty': 'the file has no day. Give one line a day: date,spend.',
  'series-line-not-two-columns': 'a line needs a date and a spend, such as 2026-03-31,12.50.',
  'series-date-not-a-day': 'the date must be a day such as 2026-03-31.',
  'series-spend-not-a-number': 'the spend must be a plain number such as 12.50.',
  'series-spend-negative': 'the spend must be zero or more.',
  'series-date-repeated': 'the day stands twice. Give each day once.',
  'series-too-long': 'the file has more days than are taken.',
};

function microUnits(text: string): bigint {
  const read = readDecimal(text);
  if (read === null) throw new InvalidArgumentError('Give a plain number such as 412.80.');
  return read.microUnits;
}

function seed(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('Give a whole number.');
  return number;
}
