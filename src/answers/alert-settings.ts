import type { QuietHours } from '../alerts/quiet-hours.ts';
import type { AlertSettings } from '../alerts/settings.ts';
import { rolesInChain, type SimpleChain, simpleChain } from '../alerts/simple-chain.ts';
import { type Currency, currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';
import { notifiedRoles, selectableRoles } from '../people/role-catalogue.ts';
import type { ChainUrgency, NumberField } from './settings-fields.ts';

export const settingsVerbs = ['settings.open', 'settings.save', 'settings.undo'] as const;
export type SettingsVerb = (typeof settingsVerbs)[number];

/** What counts for everybody of a tenant; shown in a personal chat to a holder of an eligible role. */
export interface AlertSettingsAnswer {
  readonly kind: 'alert-settings';
  readonly state: 'form' | 'saved' | 'undone';
  readonly figures: SettingsFigures;
  /** What counted before it was saved or taken back; null in a form. */
  readonly before: SettingsFigures | null;
  readonly choices: SettingsChoices;
  /** True where there is a change to take back. */
  readonly undoable: boolean;
  /** Of the settings as shown, so that a form that was open meanwhile takes nothing back unseen. */
  readonly version: number;
  /** What was filled in, by the ids of the inputs; null where nothing was refused. */
  readonly typed: TypedSettings | null;
  /** What of that is no setting: nothing was saved. */
  readonly wrong: readonly WrongField[];
}

export type TypedSettings = Readonly<Record<string, string>>;

export interface WrongField {
  /** Id of the input; null for the form as a whole. */
  readonly field: string | null;
  readonly code: WrongCode;
  readonly data: Readonly<Record<string, string | number>>;
}

export type WrongCode =
  | 'levels'
  | 'hours'
  | 'timeZone'
  | 'number'
  | 'expiryDays'
  | 'amount'
  | 'trigger-missing'
  | 'roles-none'
  | 'same-time'
  /** None of those that were offered. */
  | 'choice'
  | 'changed-meanwhile';

export interface SettingsFigures {
  readonly levels: readonly LevelFigure[];
  readonly repeatMinutes: AlertSettings['repeatMinutes'];
  readonly quietHours: QuietHours | null;
  readonly timeZone: string | null;
  readonly digest: AlertSettings['digest'];
  /** One for each account of the tenant. */
  readonly recharges: readonly RechargeFigures[];
  readonly numbers: Readonly<Record<NumberField, number>>;
  readonly expiryDays: readonly number[];
  /** Template ids; null for the roles that see amounts. */
  readonly roles: readonly string[] | null;
  /** The conversation of the channel. */
  readonly channel: string | null;
  /** Null where it is more than a form can tell. */
  readonly chain: Readonly<Record<ChainUrgency, SimpleChain | null>>;
}

export type LevelFigure =
  | { readonly unit: 'money'; readonly amount: Money }
  | { readonly unit: 'percent'; readonly percent: number }
  | { readonly unit: 'days'; readonly days: number };

export interface RechargeFigures {
  readonly account: Currency;
  readonly trigger: Money | null;
  readonly refill: Money | null;
  /** More than this in 24 hours runs away; null where the number of recharges alone counts. */
  readonly runaway: Money | null;
}

/** What a form offers to choose from. */
export interface SettingsChoices {
  /** Template ids. */
  readonly roles: readonly string[];
  /** Those whose holders see amounts and act. */
  readonly rights: readonly string[];
  readonly channels: readonly ChannelFigure[];
  /** Those that the chain turns to. */
  readonly moreRoles: Readonly<Record<ChainUrgency, readonly string[]>>;
}

export interface ChannelFigure {
  readonly conversation: string;
  readonly name: string | null;
}

/** The accounts that a form is about: those of the ledger, and those that something is set for. */
export function accountsIn(
  { autoRecharge, runawayAmount }: AlertSettings,
  ofLedger: Iterable<Currency>,
): readonly Currency[] {
  const set = [...Object.keys(autoRecharge), ...Object.keys(runawayAmount)];
  return [...new Set([...ofLedger, ...set.flatMap((code) => currency(code) ?? [])])].sort();
}

export function settingsFigures(settings: AlertSettings, accounts: readonly Currency[]): SettingsFigures {
  const { levels, repeatMinutes, quietHours, timeZone, digest, expiryDays, roles, channel, chain } = settings;
  return {
    levels: levels.map((level) =>
      level.unit === 'money' ? { unit: level.unit, amount: money(level.microUnits, level.currency) } : level,
    ),
    repeatMinutes,
    quietHours,
    timeZone,
    digest,
    recharges: accounts.map((account) => rechargeFigures(settings, account)),
    numbers: numbersIn(settings),
    expiryDays,
    roles,
    channel,
    chain: { critical: simpleChain(chain.critical), warning: simpleChain(chain.warning) },
  };
}

function rechargeFigures({ autoRecharge, runawayAmount }: AlertSettings, account: Currency): RechargeFigures {
  const { trigger, amount } = autoRecharge[account] ?? { trigger: null, amount: null };
  const amountOf = (microUnits: bigint | null) => (microUnits === null ? null : money(microUnits, account));
  return {
    account,
    trigger: amountOf(trigger),
    refill: amountOf(amount),
    runaway: amountOf(runawayAmount[account] ?? null),
  };
}

function numbersIn({ coolDownMinutes, ...settings }: AlertSettings): SettingsFigures['numbers'] {
  return {
    overdueAfterHours: settings.overdueAfterHours,
    runawayRecharges: settings.runawayRecharges,
    runwayPercent: settings.runwayPercent,
    marginPercent: settings.marginPercent,
    holdMinutes: settings.holdMinutes,
    coolDownCritical: coolDownMinutes.critical,
    coolDownWarning: coolDownMinutes.warning,
    feedBlindAfterHours: settings.feedBlindAfterHours,
  };
}

export function settingsChoices(
  { roles, channel, chain }: AlertSettings,
  { rights, channels }: { readonly rights: Iterable<string>; readonly channels: readonly ChannelFigure[] },
): SettingsChoices {
  const seeing = [...rights];
  const told = new Set(roles ?? seeing);
  const others = notifiedRoles.filter((role) => !told.has(role));
  const rest = others.length === 0 ? notifiedRoles : others;
  const isThere = channels.some(({ conversation }) => conversation === channel);
  const chosen = channel === null || isThere ? [] : [{ conversation: channel, name: null }];
  return {
    // What was set by its id stays to be seen.
    roles: [...new Set([...selectableRoles, ...told])],
    rights: seeing,
    channels: [...channels.map(({ conversation, name }) => ({ conversation, name })), ...chosen],
    moreRoles: {
      critical: rolesInChain(chain.critical) ?? rest,
      warning: rolesInChain(chain.warning) ?? rest,
    },
  };
}
