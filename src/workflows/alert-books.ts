import { z } from 'zod';
import {
  initialSettings,
  readSettings,
  type SettingsState,
  storeSettings,
} from '../alerts/settings-change.ts';
import { readAlerts, storeAlerts } from '../alerts/stored-episode.ts';
import { type AlertsState, emptyAlerts } from '../alerts/unfolding.ts';
import type { Head, HeadChange } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import type { Store } from './ports.ts';
import { booksIn, type TenantBooks, type Versioned } from './tenant-books.ts';

/** A tenant's incidents, and how far the ledger was looked at for them. */
export interface AlertsHead {
  readonly state: AlertsState;
  readonly looked: ReadonlyMap<Currency, Looked>;
}

/** How far one account was looked at. A crash leaves it behind, and the next look catches up. */
export interface Looked {
  /** When the account was first met with a balance in it. */
  readonly since: Instant;
  /** Version of the account's ledger. */
  readonly version: number;
  /** When it was last looked at. */
  readonly ledgerAt: Instant;
  /** Version of the tenant's usage, when its spend was last looked at for what stands out. */
  readonly usageVersion: number;
  /** When its runway was last estimated; 0 for never. */
  readonly runwayAt: Instant;
}

export interface AlertBooks {
  readonly books: TenantBooks;
  readonly alerts: Versioned<AlertsHead>;
  readonly settings: Versioned<SettingsState>;
  /** When the usage feed last got to its end; null where it never did, or there is none. */
  readonly feedCompletedAt: Instant | null;
}

const looked = z.object({
  since: z.number().int(),
  version: z.number().int(),
  ledgerAt: z.number().int(),
  usageVersion: z.number().int(),
  runwayAt: z.number().int(),
});
const alertsHead = z.object({ v: z.literal(1), state: z.unknown(), looked: z.record(looked) });
/** Of the feed's own state only this concerns incidents. */
const feedHead = z.object({ v: z.literal(1), completedAt: z.number().int().nullable() });

/** The table of incidents as they last stood, and their index by their beginning. */
export const incidentsTable = 'incidents';

/** The log of an incident of its own, so that its story is read without all others. */
export function incidentLog(id: string): string {
  return `alerts:${id}`;
}

/** All heads in one round trip. @throws where a stored state has not the shape that this version knows */
export async function readAlertBooks(store: Store, tenant: TenantId): Promise<AlertBooks> {
  const heads = await store.heads(tenant);
  const feed = heads.get('feed');
  return {
    books: booksIn(heads),
    alerts: versioned(heads.get('alerts'), readHead, { state: emptyAlerts, looked: new Map() }),
    settings: versioned(heads.get('alert-settings'), readSettings, initialSettings),
    feedCompletedAt: feed === undefined ? null : feedHead.parse(feed.state).completedAt,
  };
}

export function alertsHeadChange(before: Versioned<AlertsHead>, next: AlertsHead): HeadChange {
  return { head: 'alerts', expectedVersion: before.version, state: storeHead(next) };
}

export function settingsHeadChange(before: Versioned<SettingsState>, next: SettingsState): HeadChange {
  return { head: 'alert-settings', expectedVersion: before.version, state: storeSettings(next) };
}

function versioned<State>(
  head: Head | undefined,
  read: (stored: JsonValue) => State,
  initial: State,
): Versioned<State> {
  return head === undefined
    ? { state: initial, version: 0 }
    : { state: read(head.state), version: head.version };
}

function readHead(stored: JsonValue): AlertsHead {
  const head = alertsHead.parse(stored);
  const entries = Object.entries(head.looked).flatMap(([code, one]) => {
    const known = currency(code);
    return known === null ? [] : [[known, one] as const];
  });
  return { state: readAlerts(head.state), looked: new Map(entries) };
}

function storeHead({ state, looked: byCurrency }: AlertsHead): JsonValue {
  const inOrder = [...byCurrency].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    v: 1,
    state: storeAlerts(state),
    looked: Object.fromEntries(inOrder.map(([code, one]) => [code, { ...one }])),
  };
}
