import type { SpokenAmount } from './amounts.ts';
import type { Reading } from './reading.ts';

/** The two numbers of auto-recharge: strictly below `minimum`, exactly `amount` is bought. */
export interface RechargeSlots {
  readonly minimum?: number;
  readonly amount?: number;
}

/** Further than any word of a question: no word tells what the number is. */
const nowhere = 1_000;

/**
 * Gives each number to the words that stand nearest, with no other number between: "minimum 200 and recharge 500",
 * "100달러 밑으로 떨어지면 300달러 충전". A single number without such a word is the amount.
 */
export function rechargeSlots(reading: Reading): RechargeSlots {
  const numbers = [...reading.amounts, ...reading.bareNumbers].sort(
    (left, right) => left.start - right.start,
  );
  const [first, second] = numbers;
  if (first === undefined) return {};
  const distance = (number: SpokenAmount, concept: string): number =>
    nearest(reading, numbers, number, concept);
  if (second === undefined) {
    const isMinimum = distance(first, 'minimum') < distance(first, 'rechargeAmount');
    return isMinimum ? { minimum: first.amount } : { amount: first.amount };
  }
  const asSaid = distance(first, 'minimum') + distance(second, 'rechargeAmount');
  const exchanged = distance(first, 'rechargeAmount') + distance(second, 'minimum');
  return asSaid <= exchanged
    ? { minimum: first.amount, amount: second.amount }
    : { minimum: second.amount, amount: first.amount };
}

function nearest(
  reading: Reading,
  numbers: readonly SpokenAmount[],
  number: SpokenAmount,
  concept: string,
): number {
  let distance = nowhere;
  for (const phrase of reading.phrases) {
    if (!phrase.concepts.includes(concept)) continue;
    const before = phrase.end <= number.start;
    const [from, to] = before ? [phrase.end, number.start] : [number.end, phrase.start];
    const crossed = numbers.some((other) => other !== number && other.start >= from && other.end <= to);
    if (!crossed) distance = Math.min(distance, to - from);
  }
  return distance;
}
