import type { AccountNews } from '../alerts/digest.ts';
import type { Episode } from '../alerts/episode.ts';
import { isOpenItem } from '../answers/digest.ts';
import type { TenantId } from '../decision/ids.ts';
import { dayMs, type Instant, utcDay } from '../decision/time.ts';
import { type Forecast, forecast } from '../forecast/forecast.ts';
import type { AccountState } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import { readAlertBooks } from './alert-books.ts';
import type { DigestSaid, Standing } from './digest-record.ts';
import { forecastQuestion, seedOf } from './forecasts.ts';
import type { Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';
import type { TenantBooks } from './tenant-books.ts';
import { readTopUpBooks, type TopUpBooks } from './top-up-books.ts';

/** What a tenant's digests are made of; the same for all who read them on one morning. */
export interface DigestBooks {
  readonly now: Instant;
  readonly books: TenantBooks;
  readonly topUps: TopUpBooks;
  /** Those that go on and speak for themselves. */
  readonly open: readonly Episode[];
}

/** @throws {StoreUnavailable} */
export async function readDigestBooks(store: Store, tenant: TenantId, now: Instant): Promise<DigestBooks> {
  const books = await readSettledBooks(store, tenant, now);
  const [{ alerts }, topUps] = await Promise.all([
    readAlertBooks(store, tenant),
    readTopUpBooks(store, tenant),
  ]);
  const open = [...alerts.state.state.episodes.values()].filter(isOpenItem);
  return { now, books, topUps, open };
}

/** How the accounts stand, for the next digest to be compared with. */
export function standingsIn({ books }: DigestBooks): ReadonlyMap<Currency, Standing> {
  return new Map([...books.accounts].map(([code, { state }]) => [code, standingOf(state)]));
}

export function standingOf({ totals }: AccountState): Standing {
  return { balance: totals.credits, used: totals.usage, funded: -totals.funding };
}

/** What the balances did since a digest, to be judged by whether it is worth saying. */
export function accountNews({ books, now }: DigestBooks, since: DigestSaid | null): readonly AccountNews[] {
  return [...books.accounts.values()].map(({ state }) => {
    const before = since?.accounts.get(state.currency);
    if (since === null || before === undefined) return { moved: null, funded: 0n, usual: null };
    const { balance, funded } = standingOf(state);
    const made = outlookOf(state, now);
    const days = BigInt(Math.max(1, Math.round((now - since.at) / dayMs)));
    return {
      moved: balance - before.balance,
      funded: funded - before.funded,
      usual: made.kind === 'too-early' ? null : made.usualDay * days,
    };
  });
}

/** A forecast costs a tenth of a second, and all who read of one state on one day have the same. */
const made = new WeakMap<AccountState, { readonly seed: number; readonly forecast: Forecast }>();

export function outlookOf(state: AccountState, now: Instant): Forecast {
  const seed = seedOf(utcDay(now));
  const known = made.get(state);
  if (known?.seed === seed) return known.forecast;
  const fresh = forecast(forecastQuestion(state, { now, seed }));
  made.set(state, { seed, forecast: fresh });
  return fresh;
}
