import type { DigestFrequency } from '../alerts/digest.ts';
import { type Episode, isLive, urgencyOf } from '../alerts/episode.ts';
import { type AlertKind, alertKinds, type Urgency } from '../alerts/kind.ts';
import type { Day, Instant } from '../decision/time.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { Quantiles } from '../forecast/quantile.ts';
import type { Money } from '../money/money.ts';
import type { KnownUsage } from './known-usage.ts';
import type { DayRange } from './usage-period.ts';

/** How things stand, on a morning; with figures only in a personal chat of a holder of an eligible role. */
export interface DigestAnswer {
  readonly kind: 'digest';
  /** How often this reader has it; `off` is told only what waited in the night. */
  readonly frequency: DigestFrequency;
  /** True where the reader may see no figures: no amount, no name, no request, nothing to tap. */
  readonly shared: boolean;
  /** Incidents of which the news waited for the end of the reader's quiet hours. */
  readonly night: readonly DigestIncident[];
  /** The others that go on. */
  readonly incidents: readonly DigestIncident[];
  /** Requests that wait for this reader. */
  readonly requests: readonly DigestRequest[];
  /** How many more there are than a card has lines for. */
  readonly more: number;
  /** By currency in alphabetical order. */
  readonly accounts: readonly DigestAccount[];
}

export interface DigestIncident {
  readonly id: string;
  readonly about: AlertKind;
  readonly urgency: Urgency;
  readonly since: Instant;
  /** Who has it in hand, or at least has seen it; null where nobody did, or names are not told. */
  readonly with: string | null;
}

export interface DigestRequest {
  readonly number: number;
  readonly amount: Money;
  readonly requester: string;
  /** What it waits for; `proof` where what was bought is not seen in the balance. */
  readonly needs: 'approval' | 'purchase' | 'proof';
  readonly overdue: boolean;
}

export interface DigestAccount extends KnownUsage {
  readonly currency: string;
  /** Ledger estimate. */
  readonly estimate: Money;
  /** Last figure that an admin read in the admin centre. */
  readonly confirmed: { readonly amount: Money; readonly at: Instant } | null;
  /** Since the digest before; null for the first one. */
  readonly change: DigestChange | null;
  /** What drew most; null where no call was charged in those days. */
  readonly drew: DigestDrew | null;
  readonly outlook: DigestOutlook;
}

/** Calls, funds and the rest sum to what the balance moved by. */
export interface DigestChange {
  readonly since: Instant;
  readonly moved: Money;
  /** Zero or below. */
  readonly calls: Money;
  readonly funded: Money;
  /** Adjustments, and funds that lapsed. */
  readonly other: Money;
}

export interface DigestDrew {
  /** UTC days of the calls. */
  readonly days: DayRange;
  readonly user: { readonly name: string; readonly amount: Money } | null;
  readonly destination: { readonly destination: string; readonly amount: Money } | null;
}

/** When the money runs out, in days of UTC; null where that is beyond the horizon. */
export type DigestOutlook =
  | { readonly kind: 'too-early' }
  | { readonly kind: 'outlook'; readonly zero: Quantiles<Day | null>; readonly horizonDays: number };

export function digestOutlook(made: Forecast): DigestOutlook {
  if (made.kind === 'too-early') return { kind: made.kind };
  const { zero, horizonDays } = made;
  return { kind: 'outlook', zero, horizonDays };
}

/** What goes on and is not kept quiet by a person or by another incident; a drill is nothing that is open. */
export function isOpenItem(episode: Episode): boolean {
  const { kind, mute, quietBy } = episode;
  return isLive(episode) && kind !== 'drill' && mute === null && quietBy === null;
}

/** What comes first in the order of kinds comes first here; names are told to whoever may see figures. */
export function digestIncidents(
  episodes: readonly Episode[],
  nameOf: (id: string) => string | null,
): readonly DigestIncident[] {
  return [...episodes].sort(byKind).map((episode) => {
    const { id, kind, openedAt, holder, acknowledged } = episode;
    const by = holder?.by ?? acknowledged?.by;
    return {
      id,
      about: kind,
      urgency: urgencyOf(episode),
      since: openedAt,
      with: by === undefined ? null : nameOf(by),
    };
  });
}

function byKind(left: Episode, right: Episode): number {
  const order = alertKinds.indexOf(left.kind) - alertKinds.indexOf(right.kind);
  return order === 0 ? left.openedAt - right.openedAt : order;
}

type Lists = Pick<DigestAnswer, 'night' | 'incidents' | 'requests'>;

const mostLines = 10;

/** As many lines as a card has room for; what waited in the night first, then what goes on, then requests. */
export function digestLines({ night, incidents, requests }: Lists): Lists & Pick<DigestAnswer, 'more'> {
  const forIncidents = Math.max(0, mostLines - night.length);
  const forRequests = Math.max(0, forIncidents - incidents.length);
  const all = night.length + incidents.length + requests.length;
  return {
    night: night.slice(0, mostLines),
    incidents: incidents.slice(0, forIncidents),
    requests: requests.slice(0, forRequests),
    more: Math.max(0, all - mostLines),
  };
}
