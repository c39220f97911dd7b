import type { BalanceLevel } from '../../src/answers/answer.ts';
import type { Money } from '../../src/money/money.ts';
import type { Words } from '../words.ts';

/** A part of a card that is left out is an empty list: templates repeat what a list holds. */
export type Optional<Part> = readonly [] | readonly [Part];

/** The large figure and, beside it, the ISO code where the amount does not say it already. */
export function largeFigure(words: Words, amount: Money) {
  const figure = words.money.plain(amount);
  return { figure, code: figure.includes(amount.currency) ? '' : amount.currency };
}

/** Speaks up where something is to be done; colour never says what the words do not. */
export function stateNotice(
  words: Words,
  level: BalanceLevel,
): Optional<{ style: string; title: string; text: string }> {
  if (level === 'healthy') return [];
  return [
    {
      style: level === 'empty' ? 'attention' : 'warning',
      title: words.say(`balance.${level}.title`),
      text: words.say(`balance.${level}.text`),
    },
  ];
}
