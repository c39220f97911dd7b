import type { Refusal } from '../decision/decider.ts';
import { addDays, type Day, startOfDay, utcDay } from '../decision/time.ts';
import { readDecimal } from '../money/read-decimal.ts';
import { daysBetween } from './history.ts';

/** A series of daily spend that somebody brings, to try the method on. */
export interface Series {
  /** Micro-units. */
  readonly usageByDay: ReadonlyMap<Day, bigint>;
  /** Missing days of which the file does not say that they cost nothing. */
  readonly unknownDays: ReadonlySet<Day>;
  readonly lastDay: Day;
  /** Days between the first and the last that have no line. */
  readonly gaps: number;
}

export interface SeriesFault extends Refusal {
  readonly code:
    | 'series-empty'
    | 'series-line-not-two-columns'
    | 'series-date-not-a-day'
    | 'series-spend-not-a-number'
    | 'series-spend-negative'
    | 'series-date-repeated'
    | 'series-too-long';
  readonly data: {
    /** Counted from 1, as an editor shows it. */
    readonly line: number;
    readonly text: string;
  };
}

export type ReadSeries =
  | { readonly kind: 'series'; readonly series: Series }
  | { readonly kind: 'refused'; readonly faults: readonly SeriesFault[] };

/**
 * Reads CSV of `date,spend`, one line a day: dates as 2026-03-31, spend as a plain decimal. A header line, empty
 * lines, a BOM, quotes, blanks and columns after the second do not matter, nor does the order of the lines. Refuses
 * what is not a day or a number from zero up, and a date that stands twice; all faults are told, up to twenty.
 *
 * A missing day counts as unknown, and as what its weekday usually costs, where the file writes zeros down or where
 * at most one day in ten is missing, stretches of a week and more apart. A file that leaves out more than that leaves
 * out the days without spend.
 */
export function readSeries(text: string): ReadSeries {
  const faults: SeriesFault[] = [];
  const usageByDay = new Map<Day, bigint>();
  contentLines(text).forEach((line, index) => {
    const read = readLine(line);
    if (read.kind === 'fault') {
      if (index > 0 || !isHeader(line.cells)) faults.push(fault(read.code, line));
    } else if (usageByDay.has(read.day)) {
      faults.push(fault('series-date-repeated', line));
    } else {
      usageByDay.set(read.day, read.microUnits);
    }
  });
  if (faults.length > 0) return { kind: 'refused', faults: faults.slice(0, mostFaults) };
  return seriesOf(usageByDay);
}

const mostFaults = 20;
/** Beyond that a date has a slip in its year. */
const longestDays = 20_000;

interface Line {
  readonly number: number;
  readonly text: string;
  readonly cells: readonly string[];
}

type ReadLine =
  | { readonly kind: 'day'; readonly day: Day; readonly microUnits: bigint }
  | { readonly kind: 'fault'; readonly code: SeriesFault['code'] };

function contentLines(text: string): readonly Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({
      number: index + 1,
      text: line,
      cells: line.split(',').map((cell) =>
        cell
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .trim(),
      ),
    }))
    .filter((line) => line.text.trim() !== '');
}

function readLine({ cells: [date = '', spend] }: Line): ReadLine {
  if (spend === undefined) return { kind: 'fault', code: 'series-line-not-two-columns' };
  const day = readDay(date);
  if (day === null) return { kind: 'fault', code: 'series-date-not-a-day' };
  const read = readDecimal(spend);
  if (read === null) return { kind: 'fault', code: 'series-spend-not-a-number' };
  if (read.microUnits < 0n) return { kind: 'fault', code: 'series-spend-negative' };
  return { kind: 'day', day, microUnits: read.microUnits };
}

/** A time of day after the date is left out of account. */
const dayText = /^(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+Z?)?$/;

function readDay(text: string): Day | null {
  const date = dayText.exec(text)?.[1];
  if (date === undefined) return null;
  const at = startOfDay(date as Day);
  // The 31st of a month with thirty days parses as the 1st of the next.
  return !Number.isNaN(at) && utcDay(at) === date ? utcDay(at) : null;
}

/** Names where a date and a number would stand; a first line with a digit in it is data. */
function isHeader(cells: readonly string[]): boolean {
  return cells.length > 1 && cells.every((cell) => !/\d/.test(cell));
}

function fault(code: SeriesFault['code'], line: Line): SeriesFault {
  return { code, data: { line: line.number, text: line.text.slice(0, 80) } };
}

function seriesOf(usageByDay: ReadonlyMap<Day, bigint>): ReadSeries {
  const days = [...usageByDay.keys()].sort();
  const [firstDay] = days;
  const lastDay = days.at(-1);
  if (firstDay === undefined || lastDay === undefined)
    return { kind: 'refused', faults: [{ code: 'series-empty', data: { line: 1, text: '' } }] };
  if (daysBetween(firstDay, lastDay) > longestDays)
    return {
      kind: 'refused',
      faults: [{ code: 'series-too-long', data: { line: 1, text: `${firstDay} – ${lastDay}` } }],
    };

  const stretches = missingStretches(days);
  const unknownDays = new Set(gapsAreUnknown(usageByDay, stretches) ? stretches.flat() : []);
  return { kind: 'series', series: { usageByDay, unknownDays, lastDay, gaps: stretches.flat().length } };
}

function missingStretches(days: readonly Day[]): readonly (readonly Day[])[] {
  return days.slice(1).flatMap((day, index) => {
    const before = days[index] ?? day;
    const length = daysBetween(before, day) - 1;
    return length === 0 ? [] : [Array.from({ length }, (_, missing) => addDays(before, missing + 1))];
  });
}

const highestUnknownShare = 0.1;
/** No weekend is that long: something was not recorded. */
const longStretchDays = 7;

function gapsAreUnknown(
  usageByDay: ReadonlyMap<Day, bigint>,
  stretches: readonly (readonly Day[])[],
): boolean {
  for (const microUnits of usageByDay.values()) if (microUnits === 0n) return true;
  const short = stretches.filter(({ length }) => length < longStretchDays).flat().length;
  return short <= highestUnknownShare * (usageByDay.size + short);
}
