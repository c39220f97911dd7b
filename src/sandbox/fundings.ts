import { dayMs, hourMs, type Instant, minuteMs, startOfDay, utcDay } from '../decision/time.ts';
import { divideHalfUp } from '../money/divide.ts';
import { microUnitsToDecimal } from '../money/money.ts';
import type { SandboxCall } from './usage-maker.ts';

/**
 * What an administrator of the made-up tenant did and saw in the admin centre. `opening` and `check` are balances
 * that were read there, `purchase` and `recharge` are funds that were added.
 */
export interface SandboxFunding {
  readonly kind: 'opening' | 'purchase' | 'recharge' | 'check';
  readonly id: string;
  /** Decimal text in the tenant's currency, two decimals. */
  readonly amount: string;
  readonly at: Instant;
}

const majorUnit = 1_000_000n;
const cent = majorUnit / 100n;
/** Below it the made-up tenant's auto-recharge buys. */
const triggerAmount = 250n * majorUnit;
const rechargeAmount = 500n * majorUnit;
const purchaseAmount = 150n * majorUnit;
const rechargesExpected = 3n;
/** What is left at the end, before the check's small difference. */
const finalBalance = 560n * majorUnit;

/**
 * An opening figure 92 days before the end, three auto-recharges, one purchase and a check three days before the
 * end that is 0.4 % off, in the order of their instants. The opening is chosen so that some 560 major units are left,
 * which is why exactly three recharges fall due.
 */
export function sandboxFundings(calls: readonly SandboxCall[], endAt: Instant): readonly SandboxFunding[] {
  const today = startOfDay(utcDay(endAt));
  const spent = calls.reduce((sum, call) => sum + call.chargeMicroUnits, 0n);
  const added = purchaseAmount + rechargesExpected * rechargeAmount;
  const opening = fund(
    'opening',
    roundToCent(finalBalance + spent - added),
    today - 92 * dayMs + 16 * hourMs,
  );
  const purchase = fund('purchase', purchaseAmount, today - 45 * dayMs + 15 * hourMs);
  const recharges = rechargesDue(calls, [opening, purchase]);
  const checkedAt = today - 3 * dayMs + 17 * hourMs;
  const balance = balanceAt(checkedAt, [opening, purchase, ...recharges], calls);
  const check = fund('check', roundToCent((balance * 996n) / 1_000n), checkedAt);
  return [opening, purchase, ...recharges, check]
    .sort((left, right) => left.at - right.at)
    .map(({ kind, microUnits, at }) => ({
      kind,
      id: `sandbox-${kind}-${utcDay(at)}`,
      amount: microUnitsToDecimal(microUnits, 2),
      at,
    }));
}

interface Fund {
  readonly kind: SandboxFunding['kind'];
  readonly microUnits: bigint;
  readonly at: Instant;
}

function fund(kind: Fund['kind'], microUnits: bigint, at: Instant): Fund {
  return { kind, microUnits, at };
}

function roundToCent(microUnits: bigint): bigint {
  return divideHalfUp(microUnits, cent) * cent;
}

/** Strictly below the trigger buys exactly one recharge, minutes after the call that fell below it. */
function rechargesDue(calls: readonly SandboxCall[], funds: readonly Fund[]): readonly Fund[] {
  const recharges: Fund[] = [];
  let spent = 0n;
  for (const call of calls) {
    spent += call.chargeMicroUnits;
    const funded = funds.filter((one) => one.at < call.startedAt).reduce(addFund, 0n);
    if (recharges.reduce(addFund, funded) - spent >= triggerAmount) continue;
    const endedAt = call.startedAt + call.row.duration * 1_000;
    recharges.push(fund('recharge', rechargeAmount, endedAt + 4 * minuteMs));
  }
  return recharges;
}

function balanceAt(at: Instant, funds: readonly Fund[], calls: readonly SandboxCall[]): bigint {
  const funded = funds.filter((one) => one.at < at).reduce(addFund, 0n);
  const spent = calls
    .filter((call) => call.startedAt < at)
    .reduce((sum, call) => sum + call.chargeMicroUnits, 0n);
  return funded - spent;
}

function addFund(sum: bigint, { microUnits }: Fund): bigint {
  return sum + microUnits;
}
