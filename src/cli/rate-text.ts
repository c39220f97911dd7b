import type { RateAnswer, RateReading, TariffFigures } from '../answers/rate.ts';
import { type Money, toDecimal } from '../money/money.ts';
import { printLine } from './print.ts';

/** The first tariff of the likeliest reading stands at the top, for who wants one figure; all others below. */
export function rateJson(answer: RateAnswer, destination: string) {
  const { readings, deck, seconds, further } = answer;
  const [first] = readings;
  const [tariff] = first.tariffs;
  return {
    destination,
    region: first.region,
    alternatives: [...readings.slice(1).map(({ region }) => region), ...further],
    minutes: seconds.count / 60,
    currency: deck.currency,
    numberType: tariff?.numberType ?? null,
    status: tariff?.status ?? 'no_published_rate',
    perMinute: decimal(tariff?.perMinute),
    connectionFee: decimal(tariff?.connectionFee),
    cost: decimal(tariff?.cost?.charge),
    formula: tariff ? formula(tariff) : null,
    deck,
    readings: readings.map(readingJson),
  };
}

function readingJson({ tariffs, covers, match, ...reading }: RateReading) {
  return {
    ...reading,
    prefix: match?.prefix ?? null,
    ownRegion: match?.ownRegion ?? true,
    certain: match?.certain ?? true,
    tariffs: tariffs.map(tariffJson),
    licences: covers,
  };
}

function tariffJson({
  numberType,
  status,
  perMinute,
  connectionFee,
  billing,
  cost,
  paid,
  ...more
}: TariffFigures) {
  return {
    numberType,
    status,
    perMinute: decimal(perMinute),
    connectionFee: decimal(connectionFee),
    ...billing,
    cost: decimal(cost?.charge),
    billedSeconds: cost?.billedSeconds ?? null,
    formula: formula({ numberType, status, perMinute, connectionFee, billing, cost, paid, ...more }),
    paid: paid && {
      calls: paid.calls,
      median: decimal(paid.median),
      low: decimal(paid.low),
      high: decimal(paid.high),
      since: paid.since,
      verdict: paid.verdict,
    },
  };
}

/** Null where no price is published. */
function formula({ perMinute, connectionFee, cost }: TariffFigures): string | null {
  if (perMinute === null || cost === null) return null;
  const limited = cost.limited ? ', limited' : '';
  return `${cost.billedSeconds} / 60 * ${toDecimal(perMinute)} + ${toDecimal(connectionFee)} = ${toDecimal(cost.charge)} ${perMinute.currency}${limited}`;
}

function decimal(amount: Money | null | undefined): string | null {
  return amount ? toDecimal(amount) : null;
}

export function printRate({ readings, further, deck }: RateAnswer): void {
  for (const reading of readings) printReading(reading);
  if (further.length > 0) printLine(`may also be ${further.join(', ')}`);
  printLine(`by the price list in ${deck.currency} that counts from ${deck.effectiveFrom}`);
}

function printReading({ region, direction, tariffs, match }: RateReading): void {
  printLine(direction === 'outbound' ? region : `${region}, toll-free calls that come in`);
  if (tariffs.length === 0) printLine('  no published rate');
  for (const tariff of tariffs) printTariff(tariff);
  if (match?.ownRegion === false)
    printLine(`  the list has no row of this region; a neighbour's (+${match.prefix}) stands in`);
  if (match?.certain === false) printLine('  the rest of the number may lead to another price');
}

function printTariff(tariff: TariffFigures): void {
  const { numberType, status, perMinute, paid } = tariff;
  if (perMinute === null) {
    printLine(`  ${numberType}: no published rate`);
    return;
  }
  const blocked = status === 'blocked_by_default' ? ', blocked by default' : '';
  printLine(`  ${numberType}: ${toDecimal(perMinute)} ${perMinute.currency} a minute${blocked}`);
  printLine(`    ${formula(tariff)}`);
  if (paid === null) return;
  printLine(
    `    paid in ${paid.calls} calls since ${paid.since}: median ${toDecimal(paid.median)}, ${toDecimal(paid.low)} to ${toDecimal(paid.high)} (${paid.verdict})`,
  );
}
