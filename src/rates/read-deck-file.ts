import type { ReadDeck } from './rate-deck.ts';
import { readAcsDeck, type UnstatedDeckFacts } from './read-acs-deck.ts';
import { readRateDeck } from './read-rate-deck.ts';

/**
 * Reads a price list of either format, told apart by its header. What a list of Azure Communication Services does
 * not say of itself is `unstated`; a list in the product's own format says all of it. Refuses as the two readers do.
 */
export function readDeckFile(csvText: string, unstated: UnstatedDeckFacts): ReadDeck {
  const header = csvText.slice(0, longestHeader).split(/\r?\n/, 1)[0] ?? '';
  return header.includes(acsColumn) ? readAcsDeck(csvText, unstated) : readRateDeck(csvText);
}

const acsColumn = 'Price / min';
const longestHeader = 10_000;
