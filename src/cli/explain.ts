import { Command, InvalidArgumentError, Option } from 'commander';
import type { ExplainAnswer, ExplainedChange } from '../answers/explain.ts';
import { type Day, utcDay } from '../decision/time.ts';
import { toDecimal } from '../money/money.ts';
import { printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly from?: Day;
  readonly to?: Day;
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('show why the balance changed between two UTC days, and what stops when it is used up')
    .addOption(
      new Option('--from <day>', 'the first UTC day, with --to; the last seven otherwise').argParser(
        knownDay,
      ),
    )
    .addOption(new Option('--to <day>', 'the last UTC day').argParser(knownDay))
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: Options, command: Command) => {
      const { from, to } = options;
      if ((from === undefined) !== (to === undefined)) {
        command.error('error: give both --from and --to, or neither', { exitCode: 2 });
      }
      if (from !== undefined && to !== undefined && to < from) {
        command.error('error: --to lies before --from', { exitCode: 2 });
      }
      const explained = await orRefused(options, () => explanationOf(options));
      if (options.json) printJson(explanationJson(explained));
      else printExplanation(explained);
    });
}

function knownDay(text: string): Day {
  const at = Date.parse(`${text}T00:00:00Z`);
  // A day such as the 31st of February would be read as one of March.
  const day = Number.isNaN(at) ? null : utcDay(at);
  if (day !== null && day === text) return day;
  throw new InvalidArgumentError('Give a day such as 2026-11-24.');
}

function explanationOf({ tenant, from, to }: Options): Promise<ExplainAnswer> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    return product.explain(tenant, from === undefined || to === undefined ? null : { from, to });
  });
}

function explanationJson({ days, changes, usageDays, stops }: ExplainAnswer) {
  return { ...days, accounts: changes.map(changeJson), stopsAtZero: { ...usageDays, services: stops } };
}

function changeJson({ currency, opening, closing, usage, otherUsage, movements }: ExplainedChange) {
  return {
    currency,
    opening: toDecimal(opening),
    lines: [
      ...usage.map(({ destination, amount }) => ({
        kind: 'usage',
        label: destination,
        amount: toDecimal(amount),
      })),
      ...(otherUsage === null
        ? []
        : [{ kind: 'usage', label: 'other destinations', amount: toDecimal(otherUsage) }]),
      ...movements.map(({ kind, amount }) => ({ kind, label: null, amount: toDecimal(amount) })),
    ],
    closing: toDecimal(closing),
  };
}

function printExplanation(explained: ExplainAnswer): void {
  const { from, to, accounts, stopsAtZero } = explanationJson(explained);
  for (const { currency, opening, lines, closing } of accounts) {
    printLine(`${opening} ${currency} before ${from}`);
    for (const { kind, label, amount } of lines) printLine(`  ${amount} ${label ?? kind}`);
    printLine(`${closing} ${currency} at the end of ${to}`);
  }
  printLine(`Stops at zero, by the calls from ${stopsAtZero.from} to ${stopsAtZero.to}:`);
  for (const { service, calls, numbers } of stopsAtZero.services) {
    printLine(`  ${calls} calls: ${[service, ...numbers.map(({ number }) => number)].join(' ')}`);
  }
}
