import { bareNumbers, type SpokenAmount, spokenAmounts } from './amounts.ts';
import { type SpokenDate, spokenDates } from './dates.ts';
import { type SpokenDuration, spokenDurations } from './durations.ts';
import type { NormalisedText } from './normalise.ts';
import { type SpokenNumber, spokenNumbers } from './phone-numbers.ts';
import { tokens } from './tokens.ts';
import { type Words, wordsRead } from './words.ts';

/** All that could be read in a text, before anybody asks what it is about. */
export interface Reading extends Words {
  readonly text: NormalisedText;
  readonly numbers: readonly SpokenNumber[];
  readonly amounts: readonly SpokenAmount[];
  readonly bareNumbers: readonly SpokenAmount[];
  readonly durations: readonly SpokenDuration[];
  readonly dates: readonly SpokenDate[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Reads the quantities of a text first, then the words between them. */
export function read(
  text: NormalisedText,
  context: { readonly locale: string; readonly currency: string },
): Reading {
  const hasDigits = /\d/u.test(text.folded);
  const numbers = hasDigits ? spokenNumbers(text.folded, context.locale) : [];
  const dates = hasDigits ? spokenDates(text.folded).filter(outside(numbers)) : [];
  const durations = spokenDurations(text.folded).filter(outside([...numbers, ...dates]));
  const amounts = withoutOverlap(
    spokenAmounts(text.folded, context.currency).filter(outside([...numbers, ...dates, ...durations])),
  );
  const spans: readonly Span[] = [...numbers, ...dates, ...durations, ...amounts];
  const words = wordsRead(text, tokens(text).filter(outside(spans)), spans);
  return {
    text,
    ...words,
    numbers,
    dates,
    durations,
    amounts,
    bareNumbers: hasDigits ? bareNumbers(text.folded).filter(outside(spans)) : [],
  };
}

function outside(spans: readonly Span[]): (span: Span) => boolean {
  return (span) => !spans.some((other) => span.start < other.end && other.start < span.end);
}

function withoutOverlap(amounts: readonly SpokenAmount[]): readonly SpokenAmount[] {
  const kept: SpokenAmount[] = [];
  for (const amount of amounts) if (outside(kept)(amount)) kept.push(amount);
  return kept.sort((left, right) => left.start - right.start);
}
