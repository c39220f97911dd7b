import type { DigestAccount, DigestOutlook } from '../../src/answers/digest.ts';
import type { Money } from '../../src/money/money.ts';
import { placeName } from '../place-names.ts';
import type { TextKey, Words } from '../words.ts';
import { lastConfirmed } from './balance.ts';
import { dayText, rangeText } from './day-range.ts';
import { type Fact, fact } from './fact.ts';
import { plainName } from './plain-name.ts';

/** How a balance moved since the digest before, what drew most, and until when it lasts. */
export function changeView(
  account: DigestAccount,
  { alone, words }: { readonly alone: boolean; readonly words: Words },
) {
  const { change, drew, outlook, currency } = account;
  const since =
    change === null
      ? words.say('digest.first')
      : words.say('digest.changeSince', { when: words.time.moment(change.since, words.now) });
  return {
    title: alone ? since : words.say('forecast.line.of', { currency, text: since }),
    facts: [
      ...changeFacts(account, words),
      ...drewFacts(account, words),
      fact(words.say('digest.fact.zero'), zeroText(outlook, words)),
      fact(words.say('balance.fact.confirmed'), lastConfirmed(words, account)),
    ],
    drew: drew === null ? '' : words.say('digest.drew', { range: rangeText(words, drew.days) }),
  };
}

function changeFacts({ change }: DigestAccount, words: Words): readonly Fact[] {
  if (change === null) return [];
  const { moved, calls, funded, other } = change;
  return [
    fact(words.say('digest.fact.moved'), movedText(moved, words)),
    ...unlessZero('digest.fact.calls', calls, words),
    ...unlessZero('digest.fact.funded', funded, words),
    ...(other.microUnits === 0n ? [] : [fact(words.say('digest.fact.other'), movedText(other, words))]),
  ];
}

function unlessZero(key: TextKey, amount: Money, words: Words): readonly Fact[] {
  return amount.microUnits === 0n ? [] : [fact(words.say(key), words.money.size(amount))];
}

/** The direction is a word, for a sign is not heard. */
function movedText(amount: Money, words: Words): string {
  if (amount.microUnits === 0n) return words.say('digest.moved.none');
  const key = amount.microUnits < 0n ? 'digest.moved.less' : 'digest.moved.more';
  return words.say(key, { amount: words.money.size(amount) });
}

function drewFacts({ drew }: DigestAccount, words: Words): readonly Fact[] {
  if (drew === null) return [];
  const { user, destination } = drew;
  const value = (name: string, amount: Money): string =>
    words.say('digest.most', { name, amount: words.money.plain(amount) });
  const place = (of: string): string => plainName(placeName(words.language, of));
  return [
    ...(user ? [fact(words.say('digest.fact.user'), value(plainName(user.name), user.amount))] : []),
    ...(destination
      ? [
          fact(
            words.say('digest.fact.destination'),
            value(place(destination.destination), destination.amount),
          ),
        ]
      : []),
  ];
}

function zeroText(outlook: DigestOutlook, words: Words): string {
  if (outlook.kind === 'too-early') return words.say('digest.zero.early');
  const { zero, horizonDays: days } = outlook;
  if (zero.p10 === null) return words.say('forecast.beyond', { days });
  const p10 = dayText(words, zero.p10);
  if (zero.p50 === null) return words.say('digest.zero.unlikely', { p10, days });
  const p50 = dayText(words, zero.p50);
  if (zero.p90 === null) return words.say('digest.zero.openEnd', { p10, p50, days });
  return words.say('digest.zero', { p10, p50, p90: dayText(words, zero.p90) });
}
