import units from './data/units.json' with { type: 'json' };
import { alternatives } from './word-pattern.ts';

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

const unitMinutes: Readonly<Record<Unit, number>> = {
  minute: 1,
  hour: 60,
  day: 1_440,
  week: 10_080,
  month: 43_200,
};
const unitOf: ReadonlyMap<string, Unit> = new Map(
  Object.entries(units.durations).flatMap(([unit, names]) => names.map((name) => [name, unit as Unit] as const)),
);
const counts: Readonly<Record<string, number>> = { ...units.counts, ...units.sinoCounts };
const whole: Readonly<Record<string, string>> = units.wholeDurations;

const isHangul = (word: string): boolean => /[가-힣]/u.test(word);
const latinUnits = alternatives([...unitOf.keys()].filter((name) => !isHangul(name)));
const hangulUnits = alternatives([...unitOf.keys()].filter(isHangul));
const latinCounts = alternatives(Object.keys(units.counts).filter((name) => !isHangul(name)));
const hangulCounts = alternatives(Object.keys(units.counts).filter(isHangul));
/** 분당 is "per minute", 분기 a quarter of a year, 일본 Japan, 달러 a dollar, 15일까지 a date. */
const hangulUnitEnd = '(?!당|기|류|석|본|반(?!에|만|동|정)|요일|별|자|러|라|세요|시(?!간)|문|소|까지)';

const piecePatterns = [
  new RegExp(
    String.raw`(?<![\w.,]|\dh)(?<count>\d+(?:\.\d+)?)(?<more>\sand\sa\shalf)?(?:\s?-?|\smore\s)(?<unit>${latinUnits}|m|d|w)(?![a-z])(?<half>\sand\sa\shalf)?`,
    'gu',
  ),
  /(?<=\dh)(?<count>[1-5]\d)(?<unit>)(?![\da-z])/gu,
  new RegExp(
    String.raw`(?<![a-z])(?<count>${latinCounts})(?<more>\sand\sa\shalf)?[\s-]+(?:more\s)?(?<unit>${latinUnits})(?![a-z])(?<half>\sand\sa\shalf)?`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<![\w.,])(?<count>\d+(?:\.\d+)?)\s?(?<unit>${hangulUnits})${hangulUnitEnd}(?<half>\s?반(?![가-힣]{2}))?`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<![가-힣])(?<count>${hangulCounts})\s?(?<unit>${hangulUnits})${hangulUnitEnd}(?<half>\s?반(?![가-힣]{2}))?`,
    'gu',
  ),
];
const sinoPattern = new RegExp(
  String.raw`(?<![가-힣])(?<count>${alternatives(Object.keys(units.sinoCounts))})(?<unit>분|개월|주일|일)${hangulUnitEnd}(?<half>\s?반(?![가-힣]{2}))?`,
  'gu',
);
const wholePattern = new RegExp(String.raw`(?<![a-z가-힣]|오늘\s?)(?<whole>${alternatives(Object.keys(whole))})(?![a-z]|하루|\s하루|에|\s평균)`, 'gu');
/** "a minute", "a day" are prices or rates, not lengths, unless somebody says "for a day". */
const rateLike = /^an? (?:minute|min|day|week|month)$/u;
const lengthBefore = /\b(?:for|about|around|lasting|of|another|take|next)\s$/u;

/** Lengths of time, pieces that stand together added up: "1 hour 30 minutes", "한 시간 반", "half an hour", "2h30m". */
export function spokenDurations(text: string): readonly SpokenDuration[] {
  const pieces = [...piecesIn(text)].sort((left, right) => left.start - right.start || right.end - left.end);
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

function* piecesIn(text: string): Generator<Piece> {
  for (const pattern of [...piecePatterns, sinoPattern]) {
    for (const match of text.matchAll(pattern)) {
      const { count = '', unit = '', more, half } = match.groups ?? {};
      const lengthened = lengthBefore.test(text.slice(0, match.index));
      const perMinute = /^(?:1|일)\s?분$/u.test(match[0]) && text.startsWith('에', match.index + match[0].length);
      if (perMinute || (rateLike.test(match[0]) && !lengthened)) continue;
      const said = unitOf.get(unit) ?? ({ m: 'minute', d: 'day', w: 'week' } as const)[unit] ?? 'minute';
      const times = (counts[count] ?? Number(count)) + (more === undefined ? 0 : 0.5) + (half === undefined ? 0 : 0.5);
      yield { start: match.index, end: match.index + match[0].length, minutes: times * unitMinutes[said], unit: said };
    }
  }
  for (const match of text.matchAll(wholePattern)) {
    const [count = '1', unit = 'day'] = (whole[match.groups?.whole ?? ''] ?? '').split(' ');
    const said = unit as Unit;
    const minutes = Number(count) * unitMinutes[said];
    yield { start: match.index, end: match.index + match[0].length, minutes, unit: said };
  }
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
  if (smallest === 'minute' && rounded < 120 && rounded % 60 !== 0 && rounded > 60) return `PT${rounded}M`;
  const hours = Math.floor(rounded / 60);
  const rest = rounded % 60;
  return `PT${hours === 0 ? '' : `${hours}H`}${rest === 0 ? '' : `${rest}M`}`;
}
