import { burnPerHour, type ChargedCall, paceOf } from '../alerts/burn.ts';
import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';

/** What calls that stand out come to: how fast the money goes, and to which numbers. */
export interface IncidentSpend {
  /** What they cost an hour while they go on. */
  readonly perHour: Money;
  /** Start of the latest call reported; later ones are not known yet. */
  readonly reportedUntil: Instant;
  /** What went since then, if it went on. */
  readonly goneSince: Money;
  /** How long the balance lasts from now, if it goes on; 0 where it may be used up, null where none is known. */
  readonly lastsMs: number | null;
  /** Those that cost most, the dearest first. */
  readonly numbers: readonly DialledNumber[];
  /** How many numbers there are besides. */
  readonly moreNumbers: number;
  /** True where the last digits of telephone numbers are hidden from the reader. */
  readonly numbersMasked: boolean;
  /** False where there were more calls than are looked at, of which these are the latest. */
  readonly complete: boolean;
  /** Whose calls cost most, by the id in the directory; null where it is nobody's, or the id is not known. */
  readonly user: string | null;
}

export interface DialledNumber {
  readonly number: string;
  readonly calls: number;
  /** A started minute counts. */
  readonly minutes: number;
  readonly spent: Money;
}

export interface CallThatStandsOut extends ChargedCall {
  readonly number: string | null;
}

interface SpendContext {
  readonly currency: Currency;
  /** In micro-units; null where none is known. */
  readonly balance: bigint | null;
  readonly reportedUntil: Instant;
  readonly now: Instant;
  readonly numbersMasked: boolean;
  readonly complete: boolean;
  readonly user: string | null;
  /** A number may have to hide its end. */
  readonly shownNumber: (number: string) => string;
}

const mostNumbers = 5;

/** Null where there is no such call, or none that cost anything. */
export function incidentSpend(
  calls: readonly CallThatStandsOut[],
  context: SpendContext,
): IncidentSpend | null {
  const { currency, balance, reportedUntil, now, numbersMasked, complete, user, shownNumber } = context;
  const perHour = burnPerHour(calls);
  if (perHour === null) return null;
  const { goneSince, lastsMs } = paceOf({ perHour, balance, reportedUntil, now });
  const numbers = numbersIn(calls, { currency, shownNumber });
  return {
    perHour: money(perHour, currency),
    reportedUntil,
    goneSince: money(goneSince, currency),
    lastsMs,
    numbers: numbers.slice(0, mostNumbers),
    moreNumbers: Math.max(0, numbers.length - mostNumbers),
    numbersMasked,
    complete,
    user,
  };
}

/** Numbers that look the same once their end is hidden are one line. */
function numbersIn(
  calls: readonly CallThatStandsOut[],
  { currency, shownNumber }: Pick<SpendContext, 'currency' | 'shownNumber'>,
): readonly DialledNumber[] {
  const byNumber = new Map<string, CallThatStandsOut[]>();
  for (const call of calls) {
    if (call.number === null) continue;
    const shown = shownNumber(call.number);
    byNumber.set(shown, [...(byNumber.get(shown) ?? []), call]);
  }
  return [...byNumber]
    .map(([number, those]) => ({
      number,
      calls: those.length,
      minutes: Math.ceil(those.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0) / 60),
      spent: money(
        those.reduce((sum, { charge }) => sum + charge, 0n),
        currency,
      ),
    }))
    .sort(dearestFirst);
}

/** Equal costs in the order of the numbers, so that a card drawn twice is the same. */
function dearestFirst(left: DialledNumber, right: DialledNumber): number {
  const [less, more] = [left.spent.microUnits, right.spent.microUnits];
  if (less !== more) return less > more ? -1 : 1;
  return left.number < right.number ? -1 : 1;
}
