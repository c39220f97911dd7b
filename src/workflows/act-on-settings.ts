import { z } from 'zod';
import { quietHours } from '../alerts/quiet-hours.ts';
import { alertSettings } from '../alerts/settings.ts';
import type { SettingsCommand } from '../alerts/settings-change.ts';
import {
  type AlertSettingsAnswer,
  alertSettingsAnswer,
  type SettingsVerb,
} from '../answers/alert-settings.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { PersonId } from '../decision/ids.ts';
import { readAlertBooks } from './alert-books.ts';
import { changeAlertSettings } from './alert-settings.ts';
import type { Ports } from './ports.ts';
import { typedLevels } from './typed-levels.ts';

type SettingsPorts = Pick<Ports, 'store' | 'clock'>;

const repeat = z
  .union([z.literal('off').transform(() => null), z.coerce.number()])
  .pipe(alertSettings.shape.repeatMinutes.shape.critical);
const inputs = z.object({
  levels: z.string().max(300).default(''),
  critical: repeat,
  warning: repeat,
  quiet: z.enum(['none', 'own']),
  from: z.string().max(20).optional(),
  to: z.string().max(20).optional(),
});

/** Shows what counts for everybody, changes it, or takes the last change back. @throws {StoreUnavailable} */
export async function actOnSettings(
  ports: SettingsPorts,
  tap: { readonly verb: SettingsVerb; readonly data: unknown },
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  if (asker.scope !== 'personal') return { kind: 'refused', code: 'personal-only', data: {} };
  switch (tap.verb) {
    case 'settings.open':
      return shown(ports, asker, { state: 'form' });
    case 'settings.save':
      return save(ports, tap.data, asker);
    case 'settings.undo':
      return change(ports, asker, { command: { type: 'undo' }, state: 'undone' });
  }
}

async function save(
  ports: SettingsPorts,
  data: unknown,
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  const filled = inputs.safeParse(data);
  if (!filled.success) return { kind: 'refused', code: 'bad-input', data: {} };
  const { critical, warning, quiet, from, to } = filled.data;
  const levels = typedLevels(filled.data.levels);
  if (levels === null) return shown(ports, asker, { state: 'form', wrong: 'levels' });
  const hours = quietHours.safeParse({ from, to });
  if (quiet === 'own' && !hours.success) return shown(ports, asker, { state: 'form', wrong: 'hours' });
  const wanted = {
    levels,
    repeatMinutes: { critical, warning },
    quietHours: quiet === 'own' && hours.success ? hours.data : null,
  };
  return change(ports, asker, { command: { type: 'change', to: wanted }, state: 'saved' });
}

async function change(
  ports: SettingsPorts,
  asker: Asker & { readonly person: PersonId },
  { command, state }: { readonly command: SettingsCommand; readonly state: AlertSettingsAnswer['state'] },
): Promise<Answer> {
  const changed = await changeAlertSettings(ports, asker.tenant, { command, by: asker.person });
  if (changed.kind === 'refused') return { kind: 'refused', code: changed.refusal.code, data: {} };
  return shown(ports, asker, { state });
}

async function shown(
  { store }: SettingsPorts,
  { tenant }: Pick<Asker, 'tenant'>,
  as: Parameters<typeof alertSettingsAnswer>[1],
): Promise<AlertSettingsAnswer> {
  return alertSettingsAnswer((await readAlertBooks(store, tenant)).settings.state, as);
}
