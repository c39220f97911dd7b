import type { Signal } from '../alerts/signal.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertBooks, AlertsHead, Looked } from './alert-books.ts';
import { driftSignals } from './drift-signals.ts';
import { hasBalance, ledgerSignals } from './ledger-signals.ts';
import type { Store } from './ports.ts';
import { mendingTime, runwayEveryMs, runwaySignals } from './runway-signal.ts';
import { spendSignals } from './spend-signals.ts';
import type { Versioned } from './tenant-books.ts';

interface Look {
  readonly books: AlertBooks;
  readonly at: Instant;
  /** False where somebody waits: an estimate costs more than all else. */
  readonly withRunway: boolean;
}

/**
 * The signals of each account that changed since it was last looked at, or that time made due, and how far all were
 * looked at then: the same map where nothing was.
 */
export async function lookAtAccounts(
  store: Store,
  tenant: TenantId,
  look: Look,
): Promise<{ readonly signals: readonly Signal[]; readonly looked: AlertsHead['looked'] }> {
  const signals: Signal[] = [];
  let { looked } = look.books.alerts.state;
  for (const [currency, account] of look.books.books.accounts) {
    if (!hasBalance(account.state)) continue;
    const before = looked.get(currency);
    const due = before === undefined ? firstMet(look.at) : dueOf(before, account, look);
    if (due === null) continue;
    looked = new Map(looked).set(currency, due.looked);
    signals.push(...(await signalsOf(store, tenant, { ...look, currency, account: account.state, due })));
  }
  return { signals, looked };
}

interface Due {
  readonly ledger: boolean;
  /** Reads all that was ever spent by anybody, so it is looked at where usage changed, and once a day. */
  readonly spend: boolean;
  readonly runway: boolean;
  readonly looked: Looked;
}

function firstMet(at: Instant): Due {
  const looked = { since: at, version: 0, ledgerAt: 0, usageVersion: 0, runwayAt: 0 };
  return { ledger: false, spend: false, runway: false, looked };
}

/** Null where nothing is. */
function dueOf(
  before: Looked,
  { version, state }: Versioned<AccountState>,
  { at, withRunway, books }: Look,
): Due | null {
  if (isSettling(before, state, at)) return null;
  const usageVersion = books.books.usage.version;
  const isNewDay = utcDay(before.ledgerAt) !== utcDay(at);
  const spend = isNewDay || before.usageVersion !== usageVersion;
  const ledger = isNewDay || before.version !== version;
  const runway = withRunway && at >= before.runwayAt + runwayEveryMs;
  if (!ledger && !spend && !runway) return null;
  const ledgerAt = ledger ? at : before.ledgerAt;
  const runwayAt = runway ? at : before.runwayAt;
  return {
    ledger,
    spend,
    runway,
    looked: { since: before.since, version, ledgerAt, usageVersion, runwayAt },
  };
}

const settlingMs = 30_000;

/** An account that was met a moment ago is still being told its funds, until somebody reads what they come to. */
function isSettling({ since }: Looked, { observations }: AccountState, at: Instant): boolean {
  return at < since + settlingMs && !observations.some((observation) => observation.at >= since);
}

async function signalsOf(
  store: Store,
  tenant: TenantId,
  {
    books,
    at: now,
    currency,
    account,
    due,
  }: Look & { readonly currency: Currency; readonly account: AccountState; readonly due: Due },
): Promise<readonly Signal[]> {
  const watch = books.alerts.state.state.watches.get(currency);
  const { settings } = books.settings.state;
  return [
    ...(due.ledger ? ledgerSignals(account, { watch, now }) : []),
    ...(due.ledger ? await driftSignals(store, tenant, { books: books.books, account, now }) : []),
    ...(due.spend ? await spendSignals(store, tenant, { currency, now }) : []),
    ...(due.runway
      ? runwaySignals(account, { settings, now, mendingMs: await mendingTime(store, tenant, now) })
      : []),
  ];
}
