import type { AlertSettings } from '../alerts/settings.ts';
import {
  auditOf,
  type SettingsCommand,
  type SettingsRefusal,
  settingsDecider,
} from '../alerts/settings-change.ts';
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

/**
 * Changes settings, or undoes the last change within a day, with old and new in the audit.
 * Refuses `nothing-to-undo` and `too-late-to-undo`.
 */
export async function changeAlertSettings(
  ports: SettingsPorts,
  tenant: TenantId,
  told: { readonly command: SettingsCommand; readonly by: string },
): Promise<Handled<AlertSettings, SettingsRefusal>> {
  return handle<AlertSettings, SettingsRefusal>({
    decide: () => decide(ports, tenant, told),
    commit: (change) => ports.store.commit(change),
    readOutcome: neverRepeated,
  });
}

async function decide(
  { store, clock }: SettingsPorts,
  tenant: TenantId,
  { command, by }: { readonly command: SettingsCommand; readonly by: string },
): Promise<Plan<AlertSettings, SettingsRefusal>> {
  const at = clock.now();
  const { books, settings } = await readAlertBooks(store, tenant);
  const decision = settingsDecider.decide(settings.state, command, at);
  if (decision.kind === 'refused') return decision;
  const [event] = decision.events;
  if (event === undefined) return { kind: 'nothing', outcome: settings.state.settings };

  const next = settingsDecider.evolve(settings.state, event);
  const type = event.type === 'undone' ? 'alert.settings-undone' : 'alert.settings-changed';
  const audited = bookAudit(books, { at, actor: by, type, subject: tenant, data: { ...auditOf(event) } });
  const head = { heads: [settingsHeadChange(settings, next)], events: [] };
  return { kind: 'change', change: changeOf(tenant, [head, audited]), outcome: next.settings };
}

/** A setting is the same however often it is made, so that a change carries no key that could be met again. */
function neverRepeated(): never {
  throw new Error('A change of settings has no key.');
}
