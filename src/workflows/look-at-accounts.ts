import type { Signal } from '../alerts/signal.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertBooks, AlertsHead, Looked } from './alert-books.ts';
import { hasBalance, ledgerSignals } from './ledger-signals.ts';
import type { Store } from './ports.ts';
import { mendingTime, runwayEveryMs, runwaySignals } from './runway-signal.ts';
import { spendSignals } from './spend-signals.ts';
import type { Versioned } from './tenant-books.ts';

/** An account that was met a moment ago is still being told its funds and figures. */
const settlingMs = 30_000;

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
  readonly runway: boolean;
  readonly looked: Looked;
}

function firstMet(at: Instant): Due {
  return { ledger: false, runway: false, looked: { since: at, version: 0, spendAt: 0, runwayAt: 0 } };
}

/** Null where nothing is. */
function dueOf(before: Looked, { version }: Versioned<AccountState>, { at, withRunway }: Look): Due | null {
  if (at < before.since + settlingMs) return null;
  const ledger = before.version !== version || utcDay(before.spendAt) !== utcDay(at);
  const runway = withRunway && at >= before.runwayAt + runwayEveryMs;
  if (!ledger && !runway) return null;
  const spendAt = ledger ? at : before.spendAt;
  const runwayAt = runway ? at : before.runwayAt;
  return { ledger, runway, looked: { since: before.since, version, spendAt, runwayAt } };
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
    ...(due.ledger ? await spendSignals(store, tenant, { currency, now }) : []),
    ...(due.runway
      ? runwaySignals(account, { settings, now, mendingMs: await mendingTime(store, tenant, now) })
      : []),
  ];
}
