import { z } from 'zod';
import {
  type AlertSettingsAnswer,
  accountsIn,
  type SettingsVerb,
  settingsChoices,
  settingsFigures,
  type TypedSettings,
} from '../answers/alert-settings.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { readAlertBooks } from './alert-books.ts';
import { changeAlertSettings, type SettingsOrder, type SettingsOutcome } from './alert-settings.ts';
import { channelsOf } from './conversations.ts';
import type { Ports } from './ports.ts';
import { type FormBasis, readSettingsForm } from './read-settings-form.ts';
import { chosenRoles } from './role-choice.ts';

type SettingsPorts = Pick<Ports, 'store' | 'clock' | 'defaultCurrency'>;
type Person = Asker & { readonly person: PersonId };

/** More than the longest input takes. */
const longestInput = 2_000;
const mostInputs = 200;

const inputs = z.record(z.unknown()).transform((data): TypedSettings => {
  const texts = Object.entries(data)
    .slice(0, mostInputs)
    .flatMap(([id, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[id, String(value)] as const] : [],
    );
  return Object.fromEntries(texts);
});
const seenVersion = z.object({ seen: z.number().int().nonnegative() });

/** Shows what counts for everybody, changes it, or takes the last change back. @throws {StoreUnavailable} */
export async function actOnSettings(
  ports: SettingsPorts,
  tap: { readonly verb: SettingsVerb; readonly data: unknown },
  asker: Person,
): Promise<Answer> {
  if (asker.scope !== 'personal') return { kind: 'refused', code: 'personal-only', data: {} };
  switch (tap.verb) {
    case 'settings.open':
      return shown(ports, asker.tenant, { state: 'form' });
    case 'settings.save':
      return save(ports, tap.data, asker);
    case 'settings.undo':
      return undo(ports, asker);
  }
}

/** All of it or nothing: where one input is no setting, none is set. */
async function save(ports: SettingsPorts, data: unknown, asker: Person): Promise<Answer> {
  const filled = inputs.safeParse(data);
  if (!filled.success || Object.values(filled.data).some((text) => text.length > longestInput))
    return { kind: 'refused', code: 'bad-input', data: {} };
  const { tenant } = asker;
  const typed = filled.data;
  const { to, wrong } = readSettingsForm(typed, await basisOf(ports, tenant));
  if (wrong.length > 0) return shown(ports, tenant, { state: 'form', typed, wrong });
  const seen = seenVersion.safeParse(data);
  const order: SettingsOrder = { command: { type: 'change', to }, by: asker.person };
  const changed = await changeAlertSettings(
    ports,
    tenant,
    seen.success ? { ...order, seen: seen.data.seen } : order,
  );
  if (changed.kind === 'done') return shown(ports, tenant, { state: 'saved', outcome: changed.outcome });
  // Nothing is undone here, so that nothing else can have been refused.
  const meanwhile = { field: null, code: 'changed-meanwhile', data: {} } as const;
  return shown(ports, tenant, { state: 'form', typed, wrong: [meanwhile] });
}

async function undo(ports: SettingsPorts, { tenant, person }: Person): Promise<Answer> {
  const undone = await changeAlertSettings(ports, tenant, { command: { type: 'undo' }, by: person });
  if (undone.kind === 'refused') return { kind: 'refused', code: undone.refusal.code, data: {} };
  return shown(ports, tenant, { state: 'undone', outcome: undone.outcome });
}

interface Shown
  extends Pick<AlertSettingsAnswer, 'state'>,
    Partial<Pick<AlertSettingsAnswer, 'typed' | 'wrong'>> {
  readonly outcome?: SettingsOutcome;
}

async function shown(
  ports: SettingsPorts,
  tenant: TenantId,
  { state, outcome, typed = null, wrong = [] }: Shown,
): Promise<AlertSettingsAnswer> {
  const { settings, accounts: known, choices, undoable, version } = await basisOf(ports, tenant);
  const accounts = outcome === undefined ? known : accountsIn(outcome.before, known);
  return {
    kind: 'alert-settings',
    state,
    figures: settingsFigures(outcome?.after ?? settings, accounts),
    before: outcome === undefined ? null : settingsFigures(outcome.before, accounts),
    choices,
    undoable,
    version,
    typed,
    wrong,
  };
}

interface Basis extends FormBasis {
  readonly undoable: boolean;
  readonly version: number;
}

async function basisOf({ store, defaultCurrency }: SettingsPorts, tenant: TenantId): Promise<Basis> {
  const [{ books, settings: read }, rights, channels] = await Promise.all([
    readAlertBooks(store, tenant),
    chosenRoles(store, tenant),
    channelsOf(store, tenant),
  ]);
  const { settings, undoable } = read.state;
  const ofLedger = books.accounts.size === 0 ? [defaultCurrency] : books.accounts.keys();
  return {
    settings,
    accounts: accountsIn(settings, ofLedger),
    choices: settingsChoices(settings, { rights, channels }),
    undoable: undoable !== null,
    version: read.version,
  };
}
