import { Command, InvalidArgumentError, Option } from 'commander';
import type { UsageAnswer, UsageFigures } from '../answers/usage.ts';
import { toDecimal } from '../money/money.ts';
import { questionSchema } from '../product.ts';
import { printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly period: UsageAnswer['period'];
  readonly by: UsageAnswer['by'];
}

export function usageCommand(): Command {
  return new Command('usage')
    .description('show what was spent on, by UTC days')
    .addOption(
      new Option('--period <period>', 'such as last_month, last_7_days, this_week, or a month: 2026-10')
        .default('last_30_days')
        .argParser(knownPeriod),
    )
    .addOption(
      new Option('--by <dimension>', 'what to add up by')
        .choices(['country', 'user', 'calltype', 'day', 'number'])
        .default('country'),
    )
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const usage = await orRefused(options, () => usageOf(options));
      if (options.json) printJson(usageJson(usage));
      else printUsage(usage);
    });
}

function knownPeriod(text: string): UsageAnswer['period'] {
  const question = questionSchema.safeParse({ intent: 'usage', period: text });
  if (question.success && question.data.intent === 'usage' && question.data.period !== undefined) {
    return question.data.period;
  }
  throw new InvalidArgumentError(
    'Give today, yesterday, this_week, last_week, this_month, last_month, last_7_days, last_30_days, or a month such as 2026-10.',
  );
}

function usageOf({ tenant, period, by }: Options): Promise<UsageAnswer> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    return product.usage(tenant, { period, by });
  });
}

function usageJson({ period, by, days, before, accounts }: UsageAnswer) {
  return { period, ...days, by, before, accounts: accounts.map(accountJson) };
}

function accountJson({ currency, total, calls, totalBefore, rows, rest }: UsageFigures) {
  return {
    currency,
    total: toDecimal(total),
    calls,
    totalBefore: toDecimal(totalBefore),
    rows: rows.map(({ key, label, amount, calls }) => ({ key, label, amount: toDecimal(amount), calls })),
    rest: rest === null ? null : { count: rest.count, amount: toDecimal(rest.amount), calls: rest.calls },
  };
}

function printUsage({ days, before, accounts }: UsageAnswer): void {
  printLine(`${days.from} to ${days.to}, UTC days`);
  for (const { currency, total, calls, totalBefore, rows, rest } of accounts) {
    printLine(`${toDecimal(total)} ${currency} for ${calls} charged calls`);
    printLine(`  ${toDecimal(totalBefore)} ${currency} from ${before.from} to ${before.to}`);
    for (const row of rows) {
      printLine(`  ${toDecimal(row.amount)} ${currency} for ${row.calls} calls: ${row.label ?? 'not told'}`);
    }
    if (rest !== null)
      printLine(`  ${toDecimal(rest.amount)} ${currency} for ${rest.calls} calls: ${rest.count} others`);
  }
}
