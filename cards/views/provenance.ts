import type { BalanceFigures } from '../../src/answers/answer.ts';
import type { Words } from '../words.ts';

/** How the figure is known: which calls are in it, how it compared when it was last checked, and whether to look again. */
export function provenance(words: Words, figures: BalanceFigures): string {
  const { askFor } = figures;
  const known = `${calls(words, figures)} ${check(words, figures)}`;
  // The reader is looking already, and so is the cheapest to ask.
  return askFor === undefined ? known : `${known} ${words.say(`balance.ask.${askFor}`)}`;
}

function calls(words: Words, { chargedCalls, reportedUntil }: BalanceFigures): string {
  if (reportedUntil === null) {
    return chargedCalls === 0
      ? words.say('balance.calls.none')
      : words.say('balance.calls.unreported', { calls: chargedCalls });
  }
  const until = words.time.moment(reportedUntil, words.now);
  return chargedCalls === 0
    ? words.say('balance.calls.free', { until })
    : words.say('balance.calls.some', { calls: chargedCalls, until });
}

function check(words: Words, { confirmed, lastDrift }: BalanceFigures): string {
  if (confirmed === null) return words.say('balance.checked.never');
  const age = words.age(confirmed.at);
  if (lastDrift === null) return words.say('balance.checked.opened', { age });
  if (lastDrift.amount.microUnits === 0n) return words.say('balance.checked.equal', { age });
  // Less than a hundredth of a percent would be shown as none at all, which would be untrue: the money is named.
  const difference =
    lastDrift.basisPoints === null || lastDrift.basisPoints === 0
      ? words.money.size(lastDrift.amount)
      : words.share(lastDrift.basisPoints);
  return words.say('balance.checked.off', { age, difference });
}
