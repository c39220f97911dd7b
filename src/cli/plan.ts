import { Command, InvalidArgumentError, Option } from 'commander';
import { type Money, toDecimal } from '../money/money.ts';
import { longestCallMinutes } from '../product.ts';
import type { CampaignCost, CampaignPart, MoneyRange } from '../rates/campaign.ts';
import { printJson, printLine } from './print.ts';
import {
  type DestinationOptions,
  noRates,
  rateQuestion,
  regionOption,
  serviceOption,
  unknownDestination,
} from './rate-question.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions, DestinationOptions {
  readonly minutes: { readonly shortest: number; readonly longest: number };
}

interface Group {
  readonly calls: number;
  readonly destination: string;
}

export function planCommand(): Command {
  return new Command('plan')
    .description('say what the calls of a meeting or a campaign cost, and what is then left')
    .argument('<calls...>', 'how many calls and where to, such as "20 Germany" "5 +81 3 5550142"', group, [])
    .addOption(
      new Option('--minutes <range>', 'length of each call, such as 45 or 30-60')
        .argParser(minutes)
        .makeOptionMandatory(),
    )
    .addOption(serviceOption())
    .addOption(regionOption())
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (groups: readonly Group[], options: Options) => {
      const cost = await orRefused(options, () => costOf(groups, options));
      if (options.json) printJson(costJson(cost, groups));
      else printCost(cost, groups);
    });
}

function group(text: string, former: readonly Group[]): readonly Group[] {
  const { calls, destination } = /^\s*(?<calls>\d{1,6})\s+(?<destination>\S.*)$/u.exec(text)?.groups ?? {};
  if (calls === undefined || destination === undefined) {
    throw new InvalidArgumentError('Give a number of calls and a place or a number, such as "20 Germany".');
  }
  return [...former, { calls: Number(calls), destination: destination.trim() }];
}

function minutes(text: string): Options['minutes'] {
  const [shortest = Number.NaN, longest = shortest, ...more] = text.split('-').map(Number);
  if (more.length > 0 || !(shortest > 0 && shortest <= longest && longest <= longestCallMinutes)) {
    throw new InvalidArgumentError('Give minutes above 0, such as 45, or a range such as 30-60.');
  }
  return { shortest, longest };
}

const secondsPerMinute = 60;

/** @throws {Refused} */
async function costOf(groups: readonly Group[], options: Options): Promise<CampaignCost> {
  const { tenant, minutes, region, service } = options;
  const seconds = { shortest: toSeconds(minutes.shortest), longest: toSeconds(minutes.longest) };
  const planned = groups.map(({ calls, destination }) => {
    const question = rateQuestion(destination, { region, ...(service && { service }) });
    if (question.region === undefined) throw unknownDestination(destination);
    return { question, calls, seconds };
  });
  const done = await withProduct(async (product) => {
    await checkKnown(product, tenant);
    return product.planCalls(tenant, planned);
  });
  if (done.kind === 'no-rates') throw noRates(done.currency);
  return done.cost;
}

function toSeconds(minutes: number): number {
  return Math.max(1, Math.round(minutes * secondsPerMinute));
}

function costJson({ total, parts, complete, leftAfter }: CampaignCost, groups: readonly Group[]) {
  return {
    currency: total.low.currency,
    total: rangeJson(total),
    complete,
    leftAfter: leftAfter && rangeJson(leftAfter),
    parts: parts.map(({ cost }, index) => ({ ...groups[index], cost: cost && rangeJson(cost) })),
  };
}

function rangeJson({ low, high }: MoneyRange) {
  return { low: toDecimal(low), high: toDecimal(high) };
}

function printCost({ total, parts, complete, leftAfter }: CampaignCost, groups: readonly Group[]): void {
  printLine(`${rangeText(total)}${complete ? '' : ' and what has no published rate'}`);
  for (const [index, part] of parts.entries()) printLine(`  ${partText(part, groups[index])}`);
  if (leftAfter !== null) printLine(`${rangeText(leftAfter)} of the estimated balance is then left`);
}

function partText(
  { cost }: CampaignPart,
  { calls, destination }: Group = { calls: 0, destination: '' },
): string {
  return `${cost === null ? 'no published rate' : rangeText(cost)} for ${calls} calls: ${destination}`;
}

function rangeText({ low, high }: MoneyRange): string {
  return low.microUnits === high.microUnits ? moneyText(low) : `${toDecimal(low)} to ${moneyText(high)}`;
}

function moneyText(amount: Money): string {
  return `${toDecimal(amount)} ${amount.currency}`;
}
