import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { type Question, understand } from '../product.ts';
import { printJson } from './print.ts';
import { Refused } from './refused.ts';

interface Options {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: number;
  readonly jsonl?: true;
}

export function understandCommand(): Command {
  return new Command('understand')
    .description('say what a text asks, by the grammar that the bot understands with')
    .argument('[text]', 'the text; with --jsonl the texts come on standard input')
    .option('--jsonl', 'read lines of {id, locale, text}, write lines of {id, intent, slots}')
    .addOption(
      new Option('--locale <locale>', 'of the person who asks').default('en-US').argParser(knownLocale),
    )
    .addOption(
      new Option('--time-zone <name>', 'for words such as "tomorrow"')
        .default('UTC')
        .argParser(knownTimeZone),
    )
    .addOption(new Option('--currency <code>', "the tenant's").default('USD'))
    .addOption(
      new Option('--now <time>', 'for words such as "tomorrow"')
        .argParser(knownTime)
        .default(Date.now(), 'now'),
    )
    .addOption(new Option('--json', 'print one JSON document, as without it'))
    .action(async (text: string | undefined, options: Options, command: Command) => {
      if (options.jsonl) return understandLines(options);
      if (text === undefined) command.error('error: give a text, or --jsonl', { exitCode: 2 });
      printJson(understood(text, options.locale, options));
    });
}

function understood(text: string, locale: string, { now, timeZone, currency }: Options) {
  const { intent, ...slots }: Question = understand(text, { locale, now, timeZone, currency }).question;
  return { intent, slots };
}

const line = z.object({
  id: z.union([z.string(), z.number()]),
  locale: z.string().default('en-US'),
  text: z.string(),
});

/** Every readable line is answered; unreadable ones are told of at the end. */
async function understandLines(options: Options): Promise<void> {
  const unreadable: number[] = [];
  let number = 0;
  for await (const read of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (read.trim() === '') continue;
    const parsed = line.safeParse(jsonOf(read));
    if (parsed.success) {
      const { id, text, locale } = parsed.data;
      printJson({ id, ...understood(text, locale, options) });
    } else unreadable.push(number);
  }
  if (unreadable.length === 0) return;
  throw new Refused(
    'lines-unreadable',
    `These lines are not JSON objects with id, locale and text: ${unreadable.slice(0, 20).join(', ')}.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function knownLocale(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? text;
  } catch {
    throw new InvalidArgumentError('Give a BCP 47 tag such as en-US or ko-KR.');
  }
}

function knownTimeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Give an IANA name such as Asia/Seoul.');
  }
}

function knownTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('Give a time such as 2026-11-24T09:00:00Z.');
  return time;
}
