import { z } from 'zod';
import { minorUnitDigits } from '../money/currency.ts';
import {
  currencyCell,
  dayCell,
  decimalsCell,
  incrementCell,
  optional,
  prefixesCell,
  priceCell,
  regionCell,
  secondsCell,
  textCell,
} from './deck-cells.ts';
import { readDeckTable } from './deck-table.ts';
import type { BillingRules, Rate } from './rate.ts';
import { makeRateDeck, type ReadDeck, refuseDeck } from './rate-deck.ts';

/**
 * Reads a price list in the product's own CSV format, whose columns are those of the schema below. Refuses as
 * {@link readDeckTable} does, then `deck-dates-mixed`, then as {@link makeRateDeck} does.
 */
export function readRateDeck(csvText: string): ReadDeck {
  const table = readDeckTable(csvText, { columns: requiredColumns, row: deckRow });
  if (!table.ok) return table;
  const days = [...new Set(table.rows.map((row) => row.effective_from))];
  const [effectiveFrom, other] = days;
  if (effectiveFrom === undefined) return refuseDeck({ code: 'deck-empty' });
  if (other !== undefined) {
    return refuseDeck({ code: 'deck-dates-mixed', data: { first: effectiveFrom, other } });
  }
  return makeRateDeck({ effectiveFrom, rates: table.rows.map(rateOf) });
}

const columns = {
  rate_id: textCell,
  direction: z.enum(['outbound', 'inbound_toll_free'], { message: 'direction-unknown' }),
  iso2: regionCell,
  destination_en: textCell,
  destination_ko: optional(textCell),
  service_type: textCell,
  zone: optional(z.enum(['A', 'other'], { message: 'zone-unknown' })),
  prefixes: prefixesCell,
  rate_per_minute: optional(priceCell),
  connection_fee: priceCell,
  increment_seconds: incrementCell,
  first_increment_seconds: optional(incrementCell),
  minimum_seconds: secondsCell,
  maximum_charge: optional(priceCell),
  rounding: optional(z.enum(['half_up', 'up', 'down'], { message: 'rounding-unknown' })),
  rounding_decimals: optional(decimalsCell),
  currency: currencyCell,
  status: z.enum(['published', 'no_published_rate', 'blocked_by_default'], { message: 'status-unknown' }),
  effective_from: dayCell,
  provenance: optional(textCell),
};

/** What a list may leave out altogether; the per-minute rate may be empty, but its column must be there. */
const optionalColumns: ReadonlySet<string> = new Set([
  'destination_ko',
  'zone',
  'first_increment_seconds',
  'maximum_charge',
  'rounding',
  'rounding_decimals',
  'provenance',
]);
const requiredColumns = Object.keys(columns).filter((column) => !optionalColumns.has(column));

const deckRow = z
  .object(columns)
  // An empty rate under `published` is a slip of the list's maker, and must not become a call that costs nothing.
  .refine((row) => (row.rate_per_minute === undefined) === (row.status === 'no_published_rate'), {
    message: 'status-contradicts-rate',
    path: ['rate_per_minute'],
  });
type DeckRow = z.infer<typeof deckRow>;

function rateOf(row: DeckRow): Rate {
  const facts = {
    id: row.rate_id,
    direction: row.direction,
    region: row.iso2,
    name: { en: row.destination_en, ko: row.destination_ko ?? null },
    numberType: row.service_type,
    zone: row.zone ?? null,
    prefixes: row.prefixes,
    currency: row.currency,
    billing: billingRules(row),
    provenance: row.provenance ?? null,
  };
  if (row.status === 'no_published_rate' || row.rate_per_minute === undefined) {
    return { ...facts, status: 'no_published_rate', perMinute: null };
  }
  return { ...facts, status: row.status, perMinute: row.rate_per_minute };
}

/**
 * Microsoft publishes no rule of rounding; charges that Graph reports are as fine as one decimal beyond the minor
 * unit, and so are ours where a list does not say otherwise.
 */
function billingRules(row: DeckRow): BillingRules {
  return {
    connectionFee: row.connection_fee,
    firstIncrementSeconds: row.first_increment_seconds ?? row.increment_seconds,
    nextIncrementSeconds: row.increment_seconds,
    minimumSeconds: row.minimum_seconds,
    maximumCharge: row.maximum_charge ?? null,
    rounding: {
      mode: row.rounding ?? 'half_up',
      decimals: row.rounding_decimals ?? minorUnitDigits(row.currency) + 1,
    },
  };
}
