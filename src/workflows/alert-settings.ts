import type { AlertSettings } from '../alerts/settings.ts';
import {
  auditOf,
  type SettingsCommand,
  type SettingsRefusal,
  type SettingsState,
  settingsDecider,
} from '../alerts/settings-change.ts';
import type { Refusal } from '../decision/decider.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import { readAlertBooks, settingsHeadChange } from './alert-books.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Ports } from './ports.ts';

type SettingsPorts = Pick<Ports, 'store' | 'clock'>;

/** What counts in a tenant; the defaults until somebody chose. @throws {StoreUnavailable} */
export async function alertSettingsOf({ store }: SettingsPorts, tenant: TenantId): Promise<AlertSettings> {
  return (await readAlertBooks(store, tenant)).settings.state.settings;
}

/** What a change made of the settings; the same twice where it changed nothing. */
export interface SettingsOutcome {
  readonly before: AlertSettings;
  readonly after: AlertSettings;
}

export interface SettingsOrder {
  readonly command: SettingsCommand;
  readonly by: string;
  /** Version of the settings that whoever orders it has seen; absent where it does not matter. */
  readonly seen?: number;
}

export type OrderRefusal = SettingsRefusal | ChangedMeanwhile;
interface ChangedMeanwhile extends Refusal {
  readonly code: 'changed-meanwhile';
}

/**
 * Changes settings, or undoes the last change within a day, with old and new in the audit.
 * Refuses `nothing-to-undo`, `too-late-to-undo`, and `changed-meanwhile` where others than those seen count by now.
 */
export async function changeAlertSettings(
  ports: SettingsPorts,
  tenant: TenantId,
  told: SettingsOrder,
): Promise<Handled<SettingsOutcome, OrderRefusal>> {
  return handle<SettingsOutcome, OrderRefusal>({
    decide: () => decide(ports, tenant, told),
    commit: (change) => ports.store.commit(change),
    readOutcome: neverRepeated,
  });
}

async function decide(
  { store, clock }: SettingsPorts,
  tenant: TenantId,
  { command, by, seen }: SettingsOrder,
): Promise<Plan<SettingsOutcome, OrderRefusal>> {
  const at = clock.now();
  const { books, settings } = await readAlertBooks(store, tenant);
  const decision = settingsDecider.decide(settings.state, command, at);
  if (decision.kind === 'refused') return decision;
  const [event] = decision.events;
  const isSeen = seen === undefined || seen === settings.version;
  if (event === undefined) return { kind: 'nothing', outcome: unchanged(settings.state, { again: !isSeen }) };
  if (!isSeen) return { kind: 'refused', refusal: { code: 'changed-meanwhile' } };

  const next = settingsDecider.evolve(settings.state, event);
  const type = event.type === 'undone' ? 'alert.settings-undone' : 'alert.settings-changed';
  const audited = bookAudit(books, { at, actor: by, type, subject: tenant, data: { ...auditOf(event) } });
  const head = { heads: [settingsHeadChange(settings, next)], events: [] };
  return { kind: 'change', change: changeOf(tenant, [head, audited]), outcome: event };
}

/** The same tap again finds what the first did, and tells the same. */
function unchanged(
  { settings: after, undoable }: SettingsState,
  { again }: { readonly again: boolean },
): SettingsOutcome {
  return { before: again ? (undoable?.before ?? after) : after, after };
}

/** A setting is the same however often it is made, so that a change carries no key that could be met again. */
function neverRepeated(): never {
  throw new Error('A change of settings has no key.');
}
