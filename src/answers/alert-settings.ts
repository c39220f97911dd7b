import type { QuietHours } from '../alerts/quiet-hours.ts';
import type { AlertSettings } from '../alerts/settings.ts';
import type { SettingsState } from '../alerts/settings-change.ts';
import { type Money, money } from '../money/money.ts';

export const settingsVerbs = ['settings.open', 'settings.save', 'settings.undo'] as const;
export type SettingsVerb = (typeof settingsVerbs)[number];

/** What counts for everybody of a tenant; shown in a personal chat to a holder of an eligible role. */
export interface AlertSettingsAnswer {
  readonly kind: 'alert-settings';
  readonly state: 'form' | 'saved' | 'undone';
  readonly levels: readonly LevelFigure[];
  readonly repeatMinutes: AlertSettings['repeatMinutes'];
  readonly quietHours: QuietHours | null;
  /** True where there is a change to take back. */
  readonly undoable: boolean;
  /** What of that which was filled in is no setting: nothing was saved. */
  readonly wrong: 'levels' | 'hours' | null;
}

export type LevelFigure =
  | { readonly unit: 'money'; readonly amount: Money }
  | { readonly unit: 'percent'; readonly percent: number }
  | { readonly unit: 'days'; readonly days: number };

export function alertSettingsAnswer(
  { settings, undoable }: SettingsState,
  { state, wrong = null }: Pick<AlertSettingsAnswer, 'state'> & Partial<Pick<AlertSettingsAnswer, 'wrong'>>,
): AlertSettingsAnswer {
  const { levels, repeatMinutes, quietHours } = settings;
  return {
    kind: 'alert-settings',
    state,
    levels: levels.map((level) =>
      level.unit === 'money' ? { unit: level.unit, amount: money(level.microUnits, level.currency) } : level,
    ),
    repeatMinutes,
    quietHours,
    undoable: undoable !== null,
    wrong,
  };
}
