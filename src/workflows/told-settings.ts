import { z } from 'zod';
import { type AlertSettings, alertSettings } from '../alerts/settings.ts';
import type { Refusal } from '../decision/decider.ts';
import type { Handled } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { currency } from '../money/currency.ts';
import { money, toDecimal } from '../money/money.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { changeAlertSettings } from './alert-settings.ts';
import type { Ports } from './ports.ts';

/** The settings as an operator reads and writes them: an amount is a decimal in its currency. */
export type ToldSettings = Readonly<Record<string, JsonValue>>;

/** One setting and its new value as it was typed, or the last change taken back. */
export type SettingsWish = { readonly key: string; readonly value: JsonValue } | 'undo';

export function toldSettings({ levels, autoRecharge, runawayAmount, ...plain }: AlertSettings): ToldSettings {
  return {
    levels: levels.map((level) =>
      level.unit === 'money'
        ? { unit: level.unit, currency: level.currency, amount: decimal(level.microUnits, level.currency) }
        : level,
    ),
    autoRecharge: mapped(autoRecharge, ({ trigger, amount }, code) => ({
      trigger: decimal(trigger, code),
      amount: amount === null ? null : decimal(amount, code),
    })),
    runawayAmount: mapped(runawayAmount, decimal),
    ...z.record(z.custom<JsonValue>()).parse(plain),
  };
}

/**
 * Changes one setting, or undoes the last change within a day, with old and new in the audit. Refuses
 * `unknown-setting`, `bad-value`, `nothing-to-undo` and `too-late-to-undo`. @throws {StoreUnavailable}
 */
export async function changeToldSettings(
  ports: Pick<Ports, 'store' | 'clock'>,
  tenant: TenantId,
  { wish, by }: { readonly wish: SettingsWish; readonly by: string },
): Promise<Handled<ToldSettings, Refusal>> {
  const command = wish === 'undo' ? { type: 'undo' as const } : readWish(wish);
  if ('code' in command) return { kind: 'refused', refusal: command };
  const changed = await changeAlertSettings(ports, tenant, { command, by });
  return changed.kind === 'refused' ? changed : { ...changed, outcome: toldSettings(changed.outcome.after) };
}

type Change = { readonly type: 'change'; readonly to: Partial<AlertSettings> };

function readWish({ key, value }: Exclude<SettingsWish, 'undo'>): Change | Refusal {
  const names = Object.keys(alertSettings.shape);
  if (!names.includes(key)) return { code: 'unknown-setting', data: { names: names.join(', ') } };
  const read = settingsOf.partial().safeParse({ [key]: value });
  if (read.success) return { type: 'change', to: defined(read.data) };
  const [issue] = read.error.issues;
  return { code: 'bad-value', data: { problem: issue?.message ?? '', at: issue?.path.join('.') ?? key } };
}

/** What was not told is not there, rather than there and without a value. */
function defined(
  told: { readonly [key in keyof AlertSettings]?: AlertSettings[key] | undefined },
): Partial<AlertSettings> {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

const { levels, autoRecharge, runawayAmount } = alertSettings.shape;

/** The same settings, where what is an amount comes as a decimal. */
const settingsOf = alertSettings.extend({
  levels: z.array(z.record(z.unknown()).transform(levelStored)).pipe(levels),
  autoRecharge: z.record(z.record(z.unknown())).transform(rechargesStored).pipe(autoRecharge),
  runawayAmount: z
    .record(z.unknown())
    .transform((byCurrency) => mapped(byCurrency, microUnits))
    .pipe(runawayAmount),
});

function levelStored({ amount, ...level }: Readonly<Record<string, unknown>>): unknown {
  return level.unit === 'money'
    ? { ...level, microUnits: microUnits(amount, String(level.currency)) }
    : level;
}

function rechargesStored(byCurrency: Readonly<Record<string, Readonly<Record<string, unknown>>>>): unknown {
  return mapped(byCurrency, ({ trigger, amount = null }, code) => ({
    trigger: microUnits(trigger, code),
    amount: amount === null ? null : microUnits(amount, code),
  }));
}

/** As decimal text; null for what is no amount, which no setting takes. */
function microUnits(amount: unknown, code: string): string | null {
  const of = currency(code);
  const parsed = of === null ? null : parseAmount(String(amount), of);
  return parsed?.ok ? String(parsed.amount.microUnits) : null;
}

function decimal(amount: bigint, code: string): string {
  const of = currency(code);
  return of === null ? String(amount) : toDecimal(money(amount, of));
}

function mapped<Value, Other>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Other,
): Record<string, Other> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
