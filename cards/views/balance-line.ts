import type { BalanceFigures } from '../../src/answers/answer.ts';
import type { Instant } from '../../src/decision/time.ts';
import type { Words } from '../words.ts';
import { figurePhrases } from './figure-phrases.ts';
import { fitting } from './fitting.ts';

/** Where the figure comes from: exactly what was read in the admin centre, or the ledger's own sum. */
interface BalanceSource {
  readonly kind: 'confirmed' | 'estimated';
  readonly at: Instant;
}

/** An estimate that no call has moved since the last check is the confirmed figure itself, and as old as that. */
export function balanceSource(
  words: Words,
  figures: Pick<BalanceFigures, 'confirmed' | 'estimate'>,
): BalanceSource {
  const { confirmed, estimate } = figures;
  return confirmed !== null && confirmed.amount.microUnits === estimate.microUnits
    ? { kind: 'confirmed', at: confirmed.at }
    : { kind: 'estimated', at: words.now };
}

/** A time with its zone, where the zone is not understood: "14:05 KST", "오후 2:05". */
export function zonedMoment(words: Words, at: Instant): string {
  return `${words.time.moment(at, words.now)} ${words.time.zone(at)}`.trim();
}

/** The answer in one line: amount, ISO currency, age and source; as much of it as fits. */
export function balanceLine(words: Words, accounts: readonly BalanceFigures[]): string {
  const sources = accounts.map((account) => balanceSource(words, account));
  const estimated = sources.find((source) => source.kind === 'estimated');
  const { kind, at } = estimated ?? sources[0] ?? { kind: 'estimated', at: words.now };
  const whens = [zonedMoment(words, at), words.time.moment(at, words.now), words.time.date(at, words.now)];
  const long = `balance.line.${kind}` as const;
  const short = `balance.line.${kind}Short` as const;
  return fitting(
    words.language,
    figurePhrases(
      words,
      accounts.map(({ estimate }) => estimate),
    ).flatMap((figure) => [
      ...whens.flatMap((when) => [words.say(long, { figure, when }), words.say(short, { figure, when })]),
      words.say(short, { figure, when: words.age(at) }),
    ]),
  );
}
