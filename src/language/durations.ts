import units from './data/units.json' with { type: 'json' };
import { countedDurations, isRate, wholeDurations } from './duration-patterns.ts';

type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month';

/** A length of time in a text. */
export interface SpokenDuration {
  readonly start: number;
  readonly end: number;
  readonly minutes: number;
  /** ISO 8601 in the units that were said, weeks as seven days and months as thirty. */
  readonly iso: string;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly minutes: number;
  readonly unit: Unit;
}

/** Lengths of time, pieces that stand together added up: "1 hour 30 minutes", "한 시간 반", "half an hour", "2h30". */
export function spokenDurations(text: string): readonly SpokenDuration[] {
  const pieces = [...countedPieces(text), ...wholePieces(text)];
  pieces.sort((left, right) => left.start - right.start || right.end - left.end);
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (last !== undefined && piece.start < last.end) continue;
    const joined = last !== undefined && /^(?:\s|\sand\s|,\s?)?$/u.test(text.slice(last.end, piece.start));
    const smaller = last !== undefined && unitMinutes[piece.unit] < unitMinutes[last.unit];
    if (joined && smaller) run?.push(piece);
    else runs.push([piece]);
  }
  return runs.map(toDuration);
}

const unitMinutes: Readonly<Record<Unit, number>> = {
  minute: 1,
  hour: 60,
  day: 1_440,
  week: 10_080,
  month: 43_200,
};
const unitOf: ReadonlyMap<string, Unit> = new Map([
  ...Object.entries(units.durations).flatMap(([unit, names]) =>
    names.map((name) => [name, unit as Unit] as const),
  ),
  ['m', 'minute'],
  ['d', 'day'],
  ['w', 'week'],
]);
const counts: Readonly<Record<string, number>> = { ...units.counts, ...units.sinoCounts };
const wholes: Readonly<Record<string, { readonly count: number; readonly unit: string }>> =
  units.wholeDurations;

function* countedPieces(text: string): Generator<Piece> {
  for (const pattern of countedDurations) {
    for (const match of text.matchAll(pattern)) {
      if (isRate(match)) continue;
      const { count = '', unit = '', more, half } = match.groups ?? {};
      const halves = (more === undefined ? 0 : 0.5) + (half === undefined ? 0 : 0.5);
      yield toPiece(match, (counts[count] ?? Number(count)) + halves, unitOf.get(unit) ?? 'minute');
    }
  }
}

function* wholePieces(text: string): Generator<Piece> {
  for (const match of text.matchAll(wholeDurations)) {
    const said = wholes[match.groups?.whole ?? ''];
    if (said !== undefined) yield toPiece(match, said.count, said.unit as Unit);
  }
}

function toPiece(match: RegExpExecArray, times: number, unit: Unit): Piece {
  return {
    start: match.index,
    end: match.index + match[0].length,
    minutes: times * unitMinutes[unit],
    unit,
  };
}

function toDuration(pieces: readonly Piece[]): SpokenDuration {
  const minutes = pieces.reduce((sum, piece) => sum + piece.minutes, 0);
  const start = pieces[0]?.start ?? 0;
  const end = pieces.at(-1)?.end ?? start;
  return { start, end, minutes, iso: toIso(minutes, pieces.at(-1)?.unit ?? 'minute') };
}

/** 24 hours stay hours and 90 minutes minutes, as they were said; a fraction goes into the next smaller unit. */
function toIso(minutes: number, smallest: Unit): string {
  const rounded = Math.max(1, Math.round(minutes));
  const inDays = unitMinutes[smallest] >= unitMinutes.day;
  if (inDays && rounded % unitMinutes.day === 0) return `P${rounded / unitMinutes.day}D`;
  const hours = Math.floor(rounded / 60);
  const rest = rounded % 60;
  if (smallest === 'minute' && hours < 2 && rest !== 0) return `PT${rounded}M`;
  return `PT${hours === 0 ? '' : `${hours}H`}${rest === 0 ? '' : `${rest}M`}`;
}
