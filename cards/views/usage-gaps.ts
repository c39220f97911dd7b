import type { KnownUsage, UsageGaps } from '../../src/answers/known-usage.ts';
import type { Words } from '../words.ts';

/** More would hide what the card is about; they are counted. */
const mostNamed = 2;

/** The text, and after it what the figures cannot contain. */
export function withGaps(words: Words, text: string, { gaps }: KnownUsage): string {
  return gaps === undefined
    ? text
    : [text, ...blindTexts(words, gaps), ...operatorTexts(words, gaps)].join(' ');
}

function blindTexts(words: Words, { blind }: UsageGaps): readonly string[] {
  const longestFirst = [...blind].sort((left, right) => right.to - right.from - (left.to - left.from));
  const named = blind.filter((span) => longestFirst.indexOf(span) < mostNamed);
  const more = blind.length - named.length;
  return [
    ...named.map(({ from, to }) =>
      words.say('gaps.blind', {
        from: words.time.moment(from, words.now),
        to: words.time.moment(to, words.now),
      }),
    ),
    ...(more > 0 ? [words.say('gaps.more', { count: more })] : []),
  ];
}

function operatorTexts(words: Words, { operators }: UsageGaps): readonly string[] {
  return operators.map((operator) => words.say('gaps.operator', { operator }));
}
