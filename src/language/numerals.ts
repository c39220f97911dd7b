import { microUnitDigits, microUnitsToDecimal } from '../money/money.ts';
import { readDecimal } from '../money/read-decimal.ts';
import units from './data/units.json' with { type: 'json' };

const scales: Readonly<Record<string, number>> = units.scales;
const numerals: Readonly<Record<string, number>> = units.numerals;
const one = 1_000_000n;
/** 만 and 억 multiply all that stands before them, as "thousand" does in English. */
const groupsFrom = 1_000n;

const part = /(?<figure>\d[\d,.]*)|(?<numeral>[일이삼사오육칠팔구])|(?<scale>[십백천만억]|[a-z]+)/gu;

/** Reads figures, Korean numerals and scales to the micro-unit: "1.5만" is 15,000, "2천5백만" 25,000,000, "2.5k" 2,500. */
export function figureValue(text: string): number | null {
  let sum: Sum = { total: 0n, section: 0n, pending: null };
  for (const { groups } of text.matchAll(part)) {
    const { figure, numeral, scale } = groups ?? {};
    if (scale !== undefined) {
      sum = scaled(sum, scale);
      continue;
    }
    const pending =
      figure === undefined ? BigInt(numerals[numeral ?? ''] ?? 0) * one : microUnitsOf(plainFigure(figure));
    if (pending === null) return null;
    sum = { ...sum, pending };
  }
  return Number(microUnitsToDecimal(sum.total + sum.section + (sum.pending ?? 0n), 0));
}

/** In micro-units: what is complete, what the next 만 will multiply, and the figure that waits for its scale. */
interface Sum {
  readonly total: bigint;
  readonly section: bigint;
  readonly pending: bigint | null;
}

function scaled({ total, section, pending }: Sum, scale: string): Sum {
  const factor = BigInt(scales[scale] ?? 1);
  const counted = pending ?? (section === 0n ? one : 0n);
  const closesGroup = scale === '만' || scale === '억' || (factor >= groupsFrom && scale !== '천');
  return closesGroup
    ? { total: total + (section + counted) * factor, section: 0n, pending: null }
    : { total, section: section + counted * factor, pending: null };
}

/** Null beyond what an amount can be, and below a micro-unit. */
function microUnitsOf(plain: string): bigint | null {
  const decimal = readDecimal(plain);
  return decimal === null || decimal.decimals > microUnitDigits ? null : decimal.microUnits;
}

/** "1,234.50" and "1.234,50" are the same figure. */
function plainFigure(written: string): string {
  const continental = /^\d{1,3}(?:\.\d{3})+,\d{1,2}$/u.test(written);
  const plain = continental ? written.replaceAll('.', '').replace(',', '.') : written.replaceAll(',', '');
  return plain.replace(/\.$/u, '');
}

/** "two thousand five hundred"; null where nothing is counted. */
export function spelledValue(text: string): number | null {
  let total = 0;
  let section = 0;
  for (const word of text.split(/[\s-]+/u)) {
    const numeral = numerals[word];
    const scale = scales[word];
    if (numeral !== undefined) section += numeral;
    else if (scale === 100) section = Math.max(section, 1) * scale;
    else if (scale !== undefined) {
      total += Math.max(section, 1) * scale;
      section = 0;
    }
  }
  return total + section === 0 ? null : total + section;
}
