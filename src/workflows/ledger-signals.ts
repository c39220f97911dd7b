import type { Signal } from '../alerts/signal.ts';
import type { Watch } from '../alerts/watch.ts';
import { addDays, dayMs, type Instant, utcDay } from '../decision/time.ts';
import { type AccountState, balance } from '../ledger/account.ts';
import { lots } from '../ledger/lots.ts';

/** Nobody told of a balance yet where there are only calls: what they come to below zero is no shortfall. */
export function hasBalance({ fundings, observations }: AccountState): boolean {
  return fundings.length + observations.length > 0;
}

/** What one account has to say to whoever follows incidents, as of now. */
export function ledgerSignals(
  account: AccountState,
  { watch, now }: { readonly watch: Watch | undefined; readonly now: Instant },
): readonly Signal[] {
  const { currency } = account;
  return [
    ...fundingSignals(account, sinceNews(watch, now)),
    {
      type: 'balanceChanged',
      currency,
      balance: balance(account).microUnits,
      lastPurchase: account.fundings.at(-1)?.amount.microUnits ?? null,
      usualDay: usualDay(account, now),
    },
    {
      type: 'fundsLooked',
      currency,
      lots: lots(account, now)
        .filter(({ remaining, expiresAt }) => remaining > 0n && expiresAt < now + longestNoticeMs)
        .map(({ id, remaining, expiresAt }) => ({ id, remaining, expiresAt })),
    },
  ];
}

/** No notice of funds that lapse is longer than this. */
const longestNoticeMs = 366 * dayMs;

/** What came in before is known, or history. */
function sinceNews(watch: Watch | undefined, now: Instant): Instant {
  return Math.min(now - dayMs, watch?.failed?.at ?? now, watch?.belowTriggerSince ?? now);
}

function fundingSignals({ currency, fundings }: AccountState, since: Instant): readonly Signal[] {
  return fundings
    .filter(({ at }) => at >= since)
    .map(({ id, kind, amount, at }) => ({
      type: 'fundingRecorded',
      currency,
      id,
      kind,
      amount: amount.microUnits,
      fundedAt: at,
    }));
}

const usualDays = 28;
/** A day is complete 48 hours after it ended. */
const completeAfterDays = 3;
const leastDays = 14;

/** What an average complete day of the last four weeks cost; null while less than two weeks are known. */
function usualDay({ usageByDay }: AccountState, now: Instant): bigint | null {
  const last = addDays(utcDay(now), -completeAfterDays);
  const days = Array.from({ length: usualDays }, (_, back) => addDays(last, -back));
  const firstKnown = days.findLastIndex((day) => usageByDay.has(day)) + 1;
  if (firstKnown < leastDays) return null;
  const sum = days.reduce((spent, day) => spent + (usageByDay.get(day) ?? 0n), 0n);
  return sum / BigInt(firstKnown);
}
