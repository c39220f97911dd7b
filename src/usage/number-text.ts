import { parse } from 'lossless-json';

/**
 * Reads JSON with each number as the text that it was written in: through a double 0.1 + 0.2 would become
 * 0.30000000000000004. The numbers are put in quotes and the engine reads the rest, in a small part of the time that
 * reading letter by letter takes; whatever is odd is left to that.
 * @throws where the text is not JSON, or an object of it has one name with two values
 */
export function parseWithNumberText(text: string): unknown {
  const { quoted, names } = quoteNumbers(text);
  const value = parsed(quoted);
  // Fewer names than were written: one stands there twice, and the engine has kept the last without a word.
  if (value !== undefined && namesIn(value, 0) === names) return value;
  return parse(text, null, (number) => number);
}

/** Undefined where it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text with its numbers in quotes, and how many names of fields it has. */
function quoteNumbers(text: string): { readonly quoted: string; readonly names: number } {
  const pieces: string[] = [];
  let names = 0;
  let taken = 0;
  for (let from = 0; from <= text.length; ) {
    const string = text.indexOf('"', from);
    const between = text.slice(from, string < 0 ? text.length : string);
    if (isAfterName.test(between)) names += 1;
    if (hasDigit.test(between)) {
      pieces.push(text.slice(taken, from), between.replace(number, '"$&"'));
      taken = from + between.length;
    }
    if (string < 0) break;
    from = endOfString(text, string);
  }
  pieces.push(text.slice(taken));
  return { quoted: pieces.join(''), names };
}

const isAfterName = /^[ \t\r\n]*:/;
const hasDigit = /[0-9]/;
/** As JSON has it (RFC 8259). What only begins like one is torn apart by the quotes, and then read as no JSON. */
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![ \t\r\n]*:)/g;

/** Behind the quote that ends the string; behind the text where none does. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslash = quote;
    while (text[backslash - 1] === '\\') backslash -= 1;
    if ((quote - backslash) % 2 === 0) return quote + 1;
  }
  return text.length + 1;
}

/** No page has so many objects within one another. */
const deepest = 100;

/** How many names the objects of a value have; no number where they lie too deep to be counted. */
function namesIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > deepest) return Number.NaN;
  let names = 0;
  if (Array.isArray(value)) for (const item of value) names += namesIn(item, depth + 1);
  else for (const [, inner] of Object.entries(value)) names += 1 + namesIn(inner, depth + 1);
  return names;
}
