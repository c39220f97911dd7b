import { Command, InvalidArgumentError } from 'commander';
import { dayMs } from '../decision/time.ts';
import type { UsageCoverage } from '../workflows/usage-coverage.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface CoverageOptions extends TenantOptions {
  readonly days: number;
}

export function coverageCommand(): Command {
  return new Command('coverage')
    .description('show which hours of usage are seen, late or blind, and how late calls come')
    .option('--days <number>', 'how many days back, up to 400', wholeDays, 90)
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: CoverageOptions) => {
      const coverage = await orRefused(options, () =>
        withProduct(async (product) => {
          await checkKnown(product, options.tenant);
          const now = product.now();
          return product.coverage(options.tenant, { from: now - options.days * dayMs, to: now });
        }),
      );
      if (options.json) printJson(coverageJson(coverage));
      else printCoverage(coverage);
    });
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 400) return days;
  throw new InvalidArgumentError('A number of days from 1 to 400.');
}

function coverageJson({ spans, operators, completedAt, problem, visibleAfterHours }: UsageCoverage) {
  return {
    spans: spans.map(({ from, to, state }) => ({ from: isoTime(from), to: isoTime(to), state })),
    notCovered: operators,
    completedAt: completedAt === null ? null : isoTime(completedAt),
    problem: problem === null ? null : { kind: problem.kind, since: isoTime(problem.since) },
    visibleAfterHours,
  };
}

function printCoverage({ spans, operators, completedAt, problem, visibleAfterHours }: UsageCoverage): void {
  for (const { from, to, state } of spans) printLine(`${isoTime(from)} to ${isoTime(to)}  ${state}`);
  for (const operator of operators)
    printLine(`Calls by ${operator} are not covered: Microsoft does not report them.`);
  printLine(
    completedAt === null
      ? 'Microsoft Graph was never read to its end.'
      : `Microsoft Graph was last read to its end at ${isoTime(completedAt)}.`,
  );
  if (problem !== null) printLine(`It has been ${problem.kind} since ${isoTime(problem.since)}.`);
  if (visibleAfterHours === null) {
    printLine(
      'How late calls come is learned from a week of regular reading; until then 24 to 48 hours count.',
    );
    return;
  }
  const shares = Object.entries(visibleAfterHours).map(
    ([hours, share]) => `${Math.round(share * 100)} % after ${hours} hours`,
  );
  printLine(`Of this tenant's calls are visible: ${shares.join(', ')}.`);
}
