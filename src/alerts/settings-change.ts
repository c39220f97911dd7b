import { z } from 'zod';
import { accepted, type Decider, type Refusal, refused } from '../decision/decider.ts';
import type { JsonValue } from '../decision/json.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import { asStored } from './as-stored.ts';
import { type AlertSettings, alertSettings, defaultSettings } from './settings.ts';

/** The settings in force, and the last change while it may be undone. */
export interface SettingsState {
  readonly settings: AlertSettings;
  readonly undoable: { readonly before: AlertSettings; readonly at: Instant } | null;
}

export const initialSettings: SettingsState = { settings: defaultSettings, undoable: null };

export type SettingsCommand =
  /** What is not named stays as it is. */
  { readonly type: 'change'; readonly to: Partial<AlertSettings> } | { readonly type: 'undo' };

export interface SettingsChanged {
  readonly type: 'changed' | 'undone';
  readonly at: Instant;
  readonly before: AlertSettings;
  readonly after: AlertSettings;
}

export interface SettingsRefusal extends Refusal {
  readonly code: 'nothing-to-undo' | 'too-late-to-undo';
}

const undoWithinMs = dayMs;

/** A change that changes nothing leaves no trace. Refuses an undo: `nothing-to-undo`, `too-late-to-undo`. */
export const settingsDecider: Decider<SettingsState, SettingsCommand, SettingsChanged, SettingsRefusal> = {
  decide({ settings, undoable }, command, at) {
    if (command.type === 'change') {
      const after = { ...settings, ...command.to };
      if (Object.keys(auditOf({ before: settings, after })).length === 0) return accepted();
      return accepted({ type: 'changed', at, before: settings, after });
    }
    if (undoable === null) return refused({ code: 'nothing-to-undo' });
    if (at > undoable.at + undoWithinMs) return refused({ code: 'too-late-to-undo' });
    return accepted({ type: 'undone', at, before: settings, after: undoable.before });
  },
  evolve(_, { type, at, before, after }) {
    return { settings: after, undoable: type === 'changed' ? { before, at } : null };
  },
};

/** Old and new of each setting that differs, for the audit. */
export function auditOf({
  before,
  after,
}: Pick<SettingsChanged, 'before' | 'after'>): Readonly<Record<string, JsonValue>> {
  const [old, now] = [Object.entries(before), new Map(Object.entries(after))];
  const changed = old.flatMap(([name, value]) => {
    const [from, to] = [asStored(value), asStored(now.get(name))];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [[name, { from, to }] as const];
  });
  return Object.fromEntries(changed);
}

const storedSettings = z.object({
  v: z.literal(1),
  settings: alertSettings,
  undoable: z.object({ before: alertSettings, at: z.number().int() }).nullable(),
});

/** The stored shape of the settings, version 1. */
export function storeSettings({ settings, undoable }: SettingsState): JsonValue {
  return asStored({ v: 1, settings, undoable });
}

/** @throws {z.ZodError} where the shape is not one that {@link storeSettings} writes */
export function readSettings(json: unknown): SettingsState {
  const { settings, undoable } = storedSettings.parse(json);
  return { settings, undoable };
}
