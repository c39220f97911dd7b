import { z } from 'zod';
import type { Day } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { microUnitDigits } from '../money/money.ts';
import { prefixCell, priceCell, regionCell, textCell } from './deck-cells.ts';
import { readDeckTable } from './deck-table.ts';
import type { Rate } from './rate.ts';
import { makeRateDeck, type ReadDeck } from './rate-deck.ts';

/** What an Azure Communication Services list does not say of itself. */
export interface UnstatedDeckFacts {
  readonly currency: Currency;
  readonly effectiveFrom: Day;
}

/**
 * Reads the PSTN price list of Azure Communication Services (Azure/Communication,
 * `communication-services-pstn-rates.csv`): one prefix a row, no fee, per started minute. It is another product's
 * list, without inbound toll-free prices. Refuses as {@link readDeckTable} does, then as {@link makeRateDeck} does.
 */
export function readAcsDeck(csvText: string, unstated: UnstatedDeckFacts): ReadDeck {
  const table = readDeckTable(csvText, { columns: Object.keys(columns), row: acsRow });
  if (!table.ok) return table;
  const rates = table.rows.map((row) => rateOf(row, unstated.currency));
  return makeRateDeck({ effectiveFrom: unstated.effectiveFrom, rates });
}

const columns = {
  'Destination Name': textCell,
  'Destination Type': textCell,
  Country: regionCell,
  Prefix: prefixCell,
  'Price / min': priceCell,
};
const acsRow = z.object(columns);

function rateOf(row: z.infer<typeof acsRow>, currency: Currency): Rate {
  const type = row['Destination Type'];
  return {
    id: `acs-${row.Prefix}`,
    direction: 'outbound',
    region: row.Country,
    name: { en: row['Destination Name'], ko: null },
    numberType: numberTypes.get(type) ?? type,
    zone: null,
    prefixes: [row.Prefix],
    currency,
    billing: {
      connectionFee: 0n,
      firstIncrementSeconds: 60,
      nextIncrementSeconds: 60,
      minimumSeconds: 60,
      maximumCharge: null,
      // Its prices have four decimals, and whole minutes of them are exact: there is nothing to round.
      rounding: { mode: 'half_up', decimals: microUnitDigits },
    },
    provenance: 'Azure/Communication',
    status: 'published',
    perMinute: row['Price / min'],
  };
}

const numberTypes: ReadonlyMap<string, string> = new Map([
  ['landline', 'fixed'],
  ['mixed', 'fixed_or_mobile'],
]);
