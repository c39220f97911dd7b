import { Command, InvalidArgumentError, Option } from 'commander';
import type { HistoryAnswer } from '../answers/history.ts';
import { type Currency, currency } from '../money/currency.ts';
import { toDecimal } from '../money/money.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly limit: number;
  readonly currency?: Currency;
}

const mostEntries = 1_000;

export function historyCommand(): Command {
  return new Command('history')
    .description("show the ledger's entries, the latest first")
    .addOption(
      new Option('--limit <number>', `how many, at most ${mostEntries}`).default(20).argParser(knownLimit),
    )
    .addOption(
      new Option('--currency <code>', 'of which account; the first, where there are several').argParser(
        knownCurrency,
      ),
    )
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const history = await orRefused(options, () => historyOf(options));
      if (options.json) printJson(historyJson(history));
      else historyJson(history).entries.forEach(printEntry);
    });
}

function knownLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostEntries) return limit;
  throw new InvalidArgumentError(`Give a whole number from 1 to ${mostEntries}.`);
}

function knownCurrency(text: string): Currency {
  const known = currency(text.toUpperCase());
  if (known === null) throw new InvalidArgumentError('Give a code such as USD.');
  return known;
}

function historyOf({ tenant, limit, currency: of }: Options): Promise<HistoryAnswer> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const history = await product.history(tenant, { limit, ...(of === undefined ? {} : { currency: of }) });
    if (history !== null) return history;
    throw new Refused(
      'account-unknown',
      'The tenant has no such account: nothing was booked in that currency.',
    );
  });
}

function historyJson({ currency: of, total, entries }: HistoryAnswer) {
  return {
    currency: of,
    total,
    entries: entries.map(({ id, kind, change, at, recordedAt, reason, actor }) => ({
      id,
      kind,
      amount: toDecimal(change),
      at: isoTime(at),
      recordedAt: isoTime(recordedAt),
      reason,
      actor,
    })),
  };
}

function printEntry({ at, kind, amount, id }: ReturnType<typeof historyJson>['entries'][number]): void {
  printLine(`${at} ${kind} ${amount} ${id}`);
}
