import { addMonths, dayMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { divideHalfUp } from '../money/divide.ts';
import { type Money, money } from '../money/money.ts';
import type { DialOutSpend } from './beta-reports.ts';
import { readUsageField } from './read-models.ts';
import type { Span } from './span.ts';

/** Microsoft reports calls within 24 to 48 hours. */
const longestLagMs = 2 * dayMs;

/** The month up to the last UTC day whose calls are all reported, and the whole month before, the earlier first. */
export function checkedSpans(now: Instant): readonly [before: Span, latest: Span] {
  const to = startOfDay(utcDay(now - longestLagMs));
  const from = startOfDay(utcDay(firstOfMonth(to - 1)));
  return [
    { from: addMonths(from, -1), to: from },
    { from, to },
  ];
}

function firstOfMonth(at: Instant): Instant {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** The call types of calls that a meeting makes (Microsoft's PSTN usage report). */
const dialOutTypes: ReadonlySet<string> = new Set(['conf_out', 'user_out_conf']);

export function isDialOut(callType: string | null): boolean {
  return callType !== null && dialOutTypes.has(callType.toLowerCase());
}

/** What the rows that are known say of dial-out, from the read model of call types, in micro-units. */
export function dialOutIn(counts: ReadonlyMap<string, bigint>, { from, to }: Span): bigint {
  let sum = 0n;
  for (const [field, microUnits] of counts) {
    const { day, value } = readUsageField(field);
    const at = startOfDay(day);
    if (at >= from && at < to && isDialOut(value)) sum += microUnits;
  }
  return sum;
}

export interface DialOutComparison {
  readonly reported: Money;
  readonly known: Money;
  /** Reported less known. */
  readonly difference: Money;
  /** The difference as a share of what is known; null where nothing is. */
  readonly basisPoints: number | null;
}

/** Both sides by currency; a currency in which neither spent anything is left out. */
export function compareDialOut(
  report: readonly DialOutSpend[],
  known: ReadonlyMap<Currency, bigint>,
): readonly DialOutComparison[] {
  const reported = new Map<Currency, bigint>();
  for (const { currency, charge } of report) reported.set(currency, (reported.get(currency) ?? 0n) + charge);
  return [...new Set([...known.keys(), ...reported.keys()])].sort().flatMap((currency) => {
    const [told, own] = [reported.get(currency) ?? 0n, known.get(currency) ?? 0n];
    if (told === 0n && own === 0n) return [];
    return [
      {
        reported: money(told, currency),
        known: money(own, currency),
        difference: money(told - own, currency),
        basisPoints: own === 0n ? null : Number(divideHalfUp((told - own) * 10_000n, own)),
      },
    ];
  });
}
