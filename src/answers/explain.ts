import type { AccountState } from '../ledger/account.ts';
import { type BalanceChange, balanceChange } from '../ledger/change.ts';
import { type Money, money } from '../money/money.ts';
import { readUsageField } from '../usage/read-models.ts';
import { readService, type Service, services } from '../usage/service.ts';
import type { MinutePool } from './included-minutes.ts';
import type { KnownUsage } from './known-usage.ts';
import type { DayRange } from './usage-period.ts';

/** Why the balance changed, and what stops when it is used up; shown in a personal chat to an eligible role. */
export interface ExplainAnswer extends KnownUsage {
  readonly kind: 'explain';
  /** The UTC days of the changes. */
  readonly days: DayRange;
  readonly changes: readonly ExplainedChange[];
  /** The UTC days of the calls that tell what stops. */
  readonly usageDays: DayRange;
  /** What the tenant used and credits paid for, the most used first; all of it stops at zero. */
  readonly stops: readonly StoppingService[];
  /** Pools of included minutes that are used up or nearly, so that credits pay instead; none where nobody tells. */
  readonly pools: readonly MinutePool[];
}

/** Opening, lines and closing of one account: the lines sum to the difference, to the last micro-unit. */
export interface ExplainedChange extends Omit<BalanceChange, 'usage'> {
  readonly currency: string;
  /** What calls took by destination, the dearest first; null where the report tells none. */
  readonly usage: readonly { readonly destination: string | null; readonly amount: Money }[];
  /** What calls to all other destinations took; null where there are none. */
  readonly otherUsage: Money | null;
}

export interface StoppingService {
  readonly service: Service;
  readonly calls: number;
  /** The tenant's own numbers that were called, the most called first. */
  readonly numbers: readonly { readonly number: string; readonly calls: number }[];
}

const mostDestinations = 6;
const mostNumbers = 5;

/** `byDestination` is the read model of micro-units by day and destination. */
export function explainedChange(
  state: AccountState,
  { days, byDestination }: { readonly days: DayRange; readonly byDestination: ReadonlyMap<string, bigint> },
): ExplainedChange {
  const { usage, ...change } = balanceChange(state, days);
  const inCurrency = (microUnits: bigint): Money => money(microUnits, state.currency);
  const dearest = [...sumsByValue(byDestination, days)].sort(byAmount).slice(0, mostDestinations);
  const named = dearest.reduce((sum, [, microUnits]) => sum + microUnits, 0n);
  // The account itself says what calls took; the rest is what the destinations named leave of it.
  const others = usage.microUnits + named;
  return {
    ...change,
    currency: state.currency,
    usage: dearest.map(([destination, microUnits]) => ({ destination, amount: inCurrency(-microUnits) })),
    otherUsage: others === 0n ? null : inCurrency(others),
  };
}

/** `models` are the read models of calls by day and service, one a currency. */
export function stoppingServices(
  models: readonly ReadonlyMap<string, bigint>[],
  days: DayRange,
): readonly StoppingService[] {
  const calls = new Map<Service, number>();
  const numbers = new Map<string, number>();
  for (const model of models) {
    for (const [text, count] of sumsByValue(model, days)) {
      const use = text === null ? null : readService(text);
      if (use === null) continue;
      calls.set(use.service, (calls.get(use.service) ?? 0) + Number(count));
      if (use.number !== null) numbers.set(use.number, (numbers.get(use.number) ?? 0) + Number(count));
    }
  }
  return services
    .map((service) => ({
      service,
      calls: calls.get(service) ?? 0,
      numbers: service === 'toll-free' ? mostCalled(numbers) : [],
    }))
    .filter((stopping) => stopping.calls > 0)
    .sort((left, right) => right.calls - left.calls);
}

function mostCalled(numbers: ReadonlyMap<string, number>): StoppingService['numbers'] {
  return [...numbers]
    .map(([number, calls]) => ({ number, calls }))
    .sort((left, right) => right.calls - left.calls || (left.number < right.number ? -1 : 1))
    .slice(0, mostNumbers);
}

/** What a read model counted over some UTC days, by value; null where the report tells none. */
export function sumsByValue(
  model: ReadonlyMap<string, bigint>,
  { from, to }: DayRange,
): ReadonlyMap<string | null, bigint> {
  const sums = new Map<string | null, bigint>();
  for (const [field, count] of model) {
    const { day, value } = readUsageField(field);
    if (from <= day && day <= to) sums.set(value, (sums.get(value) ?? 0n) + count);
  }
  // What was corrected away leaves a zero behind.
  for (const [value, sum] of sums) if (sum === 0n) sums.delete(value);
  return sums;
}

type Summed = readonly [value: string | null, microUnits: bigint];

function byAmount([leftValue, left]: Summed, [rightValue, right]: Summed): number {
  if (left !== right) return left > right ? -1 : 1;
  return (leftValue ?? '') < (rightValue ?? '') ? -1 : 1;
}
