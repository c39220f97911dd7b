import {
  type AskedNumberType,
  type Destination,
  destination,
  type Service,
  type Tariff,
} from '../rates/destination.ts';
import type { Rate } from '../rates/rate.ts';
import type { RateDeck } from '../rates/rate-deck.ts';
import type { RateAnswer, RateReading } from './rate.ts';
import { rateCovers } from './rate-covers.ts';
import { type PricesForLength, type PricesKnown, tariffFigures } from './rate-figures.ts';

/** What is asked: one region and its alternatives, or one number. */
export interface RateAsked {
  readonly regions: readonly [string, ...string[]];
  readonly number: { readonly e164: string; readonly typed: string } | null;
  readonly numberType: AskedNumberType | null;
  readonly service: Service | null;
  /** Null where no length was said. */
  readonly seconds: number | null;
}

/** Beyond so many a card would be too long to read; the rest are named. */
const mostReadings = 3;
const exampleSeconds = 10 * 60;

/** The prices of all that may be meant. */
export function rateAnswer(asked: RateAsked, known: PricesKnown): RateAnswer {
  const seconds = { count: asked.seconds ?? exampleSeconds, asked: asked.seconds !== null };
  const [first, ...others] = readingsAsked(asked);
  const read = (one: ReadingAsked) => rateReading(one, { ...known, seconds: seconds.count });
  const { currency, effectiveFrom } = known.deck;
  return {
    kind: 'rate',
    deck: { currency, effectiveFrom },
    seconds,
    readings: [read(first), ...others.slice(0, mostReadings - 1).map(read)],
    further: others.slice(mostReadings - 1).map(({ region }) => region),
  };
}

/** Every rate that may be meant, as calls that are planned need them; empty where the list names no such destination. */
export function ratesMeant(asked: RateAsked, deck: RateDeck): readonly Rate[] {
  return readingsAsked(asked).flatMap((reading) => {
    const found = findDestination(reading, deck);
    return found.kind === 'found' ? tariffsShown(found.tariffs, reading).flatMap(({ rates }) => rates) : [];
  });
}

type ReadingAsked = Omit<RateAsked, 'regions' | 'seconds'> & {
  readonly region: string;
  /** Several regions share the number's code, and its own is not known. */
  readonly regionUnsure: boolean;
};

/** "Toll-free" says neither who calls nor who is called: both are told unless one was named. */
function readingsAsked(asked: RateAsked): readonly [ReadingAsked, ...ReadingAsked[]] {
  const { regions, number, numberType } = asked;
  const bothWays = asked.service === null && numberType === 'tollfree';
  const services: readonly [Service | null, ...Service[]] = bothWays
    ? ['inbound_tollfree', 'user_out']
    : [asked.service];
  const [region, ...alternatives] = number === null ? regions : [regions[0]];
  const reading = (of: string, service: Service | null): ReadingAsked => ({
    region: of,
    regionUnsure: regions.length > 1,
    number,
    numberType,
    service,
  });
  const [service, ...otherServices] = services;
  return [
    reading(region, service),
    ...otherServices.map((other) => reading(region, other)),
    ...alternatives.flatMap((other) => services.map((one) => reading(other, one))),
  ];
}

function rateReading(asked: ReadingAsked, known: PricesForLength): RateReading {
  const { number, numberType, service } = asked;
  const direction = service === 'inbound_tollfree' ? 'inbound_toll_free' : 'outbound';
  const found = findDestination(asked, known.deck);
  const tariffs = found.kind === 'found' ? tariffsShown(found.tariffs, asked) : [];
  const rate = tariffs[0]?.rates[0] ?? null;
  // A number of a shared code is where the list says, unless its own plan says better.
  const region = asked.regionUnsure && number !== null && rate !== null ? rate.region : asked.region;
  return {
    region,
    number: number?.typed ?? null,
    numberType,
    direction,
    tariffs: tariffs.map((tariff) => tariffFigures(tariff, known)),
    match: found.kind === 'found' ? found.match : null,
    covers: rateCovers({ region, service, rate }),
  };
}

function findDestination(asked: ReadingAsked, deck: RateDeck): Destination {
  const { region, number, numberType } = asked;
  const service = asked.service ?? 'user_out';
  if (number !== null) {
    const own = asked.regionUnsure ? null : region;
    return destination(deck, { by: 'number', number: number.e164, region: own, service });
  }
  return destination(deck, { by: 'region', region, numberType: numberType ?? 'any', service });
}

/** Who names a country and nothing else means its ordinary numbers. */
function tariffsShown(tariffs: readonly Tariff[], { numberType }: ReadingAsked): readonly Tariff[] {
  const ordinary = tariffs.filter((tariff) => tariff.ordinary);
  return numberType === null && ordinary.length > 0 ? ordinary : tariffs;
}
