import { Command } from 'commander';
import type { MinutePool } from '../answers/included-minutes.ts';
import type { LackingPerson, LicensesAnswer } from '../answers/licenses.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

export function licensesCommand(): Command {
  return new Command('licenses')
    .description('list who lacks the Communications Credits licence, and what is left of included minutes')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const told = await orRefused(options, () => licencesOf(options));
      if (options.json) printJson(licencesJson(told));
      else printLicences(told);
    });
}

function licencesOf({ tenant }: TenantOptions): Promise<LicensesAnswer> {
  return withDirectory(async (product) => {
    await checkKnown(product, tenant);
    return product.licenses(tenant);
  });
}

function licencesJson({ credits, days, lacking, people, more, minutes }: LicensesAnswer) {
  const { firstDay, pools, reportedUntil } = minutes;
  return {
    credits,
    lacking: { count: lacking, days, people, more },
    minutes: {
      month: firstDay.slice(0, 'YYYY-MM'.length),
      reportedUntil: reportedUntil === null ? null : isoTime(reportedUntil),
      pools: pools.map(poolJson),
    },
  };
}

function poolJson({ usedBasisPoints, ...pool }: MinutePool) {
  return { ...pool, usedShare: usedBasisPoints === null ? null : usedBasisPoints / 10_000 };
}

function printLicences({ credits, days, lacking, people, more, minutes }: LicensesAnswer): void {
  printLine(
    credits === null
      ? 'The tenant has no Communications Credits licences'
      : `Communications Credits licences: ${credits.bought} bought, ${credits.assigned} assigned`,
  );
  printLine(`${lacking} people lack one, by the calls of ${days} days and by their other licences`);
  for (const person of people) printLine(`  ${personText(person)}`);
  if (more > 0) printLine(`  and ${more} more`);
  printLine(`Minutes included from ${minutes.firstDay} on, UTC days; reports come 24 to 48 hours late`);
  for (const pool of minutes.pools) printLine(`  ${poolName(pool)}: ${poolText(pool)}`);
}

function personText({ displayName, calls, beside }: LackingPerson): string {
  return `${displayName}: ${calls} calls paid from credits, ${beside ?? 'no plan'}`;
}

function poolName({ capability, reach, country }: MinutePool): string {
  return [capability, reach, country].filter((part) => part !== null).join(' ');
}

function poolText(pool: MinutePool): string {
  const { minutesUsed, minutesTotal, minutesLeft, minutesEach, sharing } = pool;
  if (sharing === 'person' && minutesEach !== null) {
    return `${minutesUsed} used in all, ${minutesEach} for each person, not shared`;
  }
  if (minutesTotal === null) return `${minutesUsed} used, how many are included is not known`;
  return `${minutesUsed} of ${minutesTotal} used, ${minutesLeft} left; ${overageText(pool)}`;
}

function overageText({ state, exhaustedOn, overageFrom }: MinutePool): string {
  if (state === 'exhausted') return `used up on ${exhaustedOn}, credits pay until the month ends`;
  if (overageFrom === null) return 'too few days are known to say when credits begin to pay';
  const { p10, p50, p90 } = overageFrom;
  if (p10 === null) return 'lasts until the month ends at this pace';
  return `credits pay from ${p50 ?? 'next month'} at this pace, in 8 cases of 10 between ${p10} and ${p90 ?? 'the end of the month'}`;
}
