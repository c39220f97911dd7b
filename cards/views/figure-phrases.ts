import type { Money } from '../../src/money/money.ts';
import type { Words } from '../words.ts';

/** Amounts of several currencies for a first line, from the full to the shortest way of saying them. */
export function figurePhrases(words: Words, amounts: readonly Money[]): readonly string[] {
  const [first, second] = amounts;
  if (first === undefined) return [];
  const exact = words.money.withCode(first);
  const about = words.say('balance.line.about', { figure: words.money.roundedWithCode(first) });
  if (second === undefined) return [exact, about];

  const more = { count: amounts.length - 1 };
  const both = words.say('balance.line.both', { first: exact, second: words.money.withCode(second) });
  return [
    ...(amounts.length === 2 ? [both] : []),
    words.say('balance.line.more', { first: exact, ...more }),
    words.say('balance.line.more', { first: about, ...more }),
    words.say('balance.line.moreShort', { first: about, ...more }),
  ];
}
