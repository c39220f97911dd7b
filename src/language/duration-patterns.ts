import units from './data/units.json' with { type: 'json' };
import { alternatives } from './word-pattern.ts';

const isHangul = (word: string): boolean => /[가-힣]/u.test(word);
const unitNames = Object.values(units.durations).flat();
const latinUnits = alternatives(unitNames.filter((name) => !isHangul(name)));
const hangulUnits = alternatives(unitNames.filter(isHangul));
const latinCounts = alternatives(Object.keys(units.counts).filter((name) => !isHangul(name)));
const hangulCounts = alternatives(Object.keys(units.counts).filter(isHangul));
const sinoCounts = alternatives(Object.keys(units.sinoCounts));
const wholes = alternatives(Object.keys(units.wholeDurations));

/** 분당 is "per minute", 분기 a quarter of a year, 일본 Japan, 달러 a dollar, 15일까지 a date. */
const hangulEnd =
  '(?!당|기|류|석|본|반(?!에|만|동|정)|요일|별|자|러|라|세요|시(?!간)|문|소|까지)(?<half>\\s?반(?![가-힣]{2}))?';
const latinEnd = '(?![a-z])(?<half>\\sand\\sa\\shalf)?';
const andAHalf = '(?<more>\\sand\\sa\\shalf)?';

/** A count and its unit: "30 min", "half an hour", "1h30", "2시간 반", "한 시간", "삼십분". */
export const countedDurations: readonly RegExp[] = [
  `(?<![\\w.,$€£¥₩]|\\dh)(?<count>\\d+(?:\\.\\d+)?)${andAHalf}(?:\\s?-?|\\smore\\s)(?<unit>${latinUnits}|m|d|w)${latinEnd}`,
  '(?<=\\dh)(?<count>[1-5]\\d)(?<unit>)(?![\\da-z])',
  `(?<![a-z])(?<count>${latinCounts})${andAHalf}[\\s-]+(?:more\\s)?(?<unit>${latinUnits})${latinEnd}`,
  `(?<![\\w.,])(?<count>\\d+(?:\\.\\d+)?)\\s?(?<unit>${hangulUnits})${hangulEnd}`,
  `(?<![가-힣])(?<count>${hangulCounts})\\s?(?<unit>${hangulUnits})${hangulEnd}`,
  `(?<![가-힣])(?<count>${sinoCounts})(?<unit>분|개월|주일|일)${hangulEnd}`,
].map((source) => new RegExp(source, 'gu'));

/** One word for the whole: 하루, 이틀, "fortnight"; but not 오늘 하루, 하루에. */
export const wholeDurations = new RegExp(
  `(?<![a-z가-힣]|오늘\\s?)(?<whole>${wholes})(?![a-z]|하루|\\s하루|에|\\s평균)`,
  'gu',
);

/** "a minute", "1분에" are prices or rates, not lengths, unless somebody says "for a minute". */
export function isRate(match: RegExpExecArray): boolean {
  const text = match.input;
  const lengthened = /\b(?:for|about|around|lasting|of|another|take|next)\s$/u;
  if (/^an? (?:minute|min|day|week|month)$/u.test(match[0]))
    return !lengthened.test(text.slice(0, match.index));
  return /^(?:1|일)\s?분$/u.test(match[0]) && text.startsWith('에', match.index + match[0].length);
}
