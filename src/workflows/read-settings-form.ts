import { digestFrequency } from '../alerts/digest.ts';
import { quietHours } from '../alerts/quiet-hours.ts';
import { type AlertSettings, alertSettings } from '../alerts/settings.ts';
import { type SimpleChain, stepsOf } from '../alerts/simple-chain.ts';
import {
  type SettingsChoices,
  type SettingsFigures,
  settingsFigures,
  type TypedSettings,
  type WrongCode,
  type WrongField,
} from '../answers/alert-settings.ts';
import {
  type AmountField,
  type ChainUrgency,
  chainUrgencies,
  fieldId,
  type NumberField,
  numberFields,
  simpleTargets,
} from '../answers/settings-fields.ts';
import type { Currency } from '../money/currency.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { typedLevels } from './typed-levels.ts';

/** What a form is filled in against. */
export interface FormBasis {
  readonly settings: AlertSettings;
  readonly accounts: readonly Currency[];
  readonly choices: SettingsChoices;
}

export interface ReadForm {
  /** What is to be set; what the form did not ask for is not in it. */
  readonly to: Partial<AlertSettings>;
  /** Where there is any, nothing is to be set. */
  readonly wrong: readonly WrongField[];
}

/** Reads what was filled in, all of it, so that all that is wrong is told at once. */
export function readSettingsForm(typed: TypedSettings, basis: FormBasis): ReadForm {
  return new FormReader(typed, basis).read();
}

class FormReader {
  readonly #typed: TypedSettings;
  readonly #basis: FormBasis;
  readonly #figures: SettingsFigures;
  readonly #wrong: WrongField[] = [];

  constructor(typed: TypedSettings, basis: FormBasis) {
    this.#typed = typed;
    this.#basis = basis;
    this.#figures = settingsFigures(basis.settings, basis.accounts);
  }

  read(): ReadForm {
    const { critical, warning } = this.#basis.settings.repeatMinutes;
    const to: Partial<AlertSettings> = {
      ...this.#levels(),
      repeatMinutes: {
        critical: this.#repeat('critical', critical),
        warning: this.#repeat('warning', warning),
      },
      ...this.#quietHours(),
      ...this.#timeZone(),
      ...this.#digest(),
      ...this.#money(),
      ...this.#numbers(),
      ...this.#expiryDays(),
      ...this.#roles(),
      ...this.#channel(),
      chain: this.#chain(),
    };
    return { to, wrong: this.#wrong };
  }

  #text(field: string): string | undefined {
    return this.#typed[field]?.normalize('NFKC').trim();
  }

  #isWrong(field: string, code: WrongCode, data: WrongField['data'] = {}): void {
    this.#wrong.push({ field, code, data });
  }

  #levels(): Partial<AlertSettings> {
    const text = this.#text('levels');
    const levels = text === undefined ? undefined : typedLevels(text);
    if (levels === null) this.#isWrong('levels', 'levels');
    return levels ? { levels } : {};
  }

  #repeat(field: ChainUrgency, present: number | null): number | null {
    const text = this.#text(field);
    if (text === undefined) return present;
    const read = alertSettings.shape.repeatMinutes.shape[field].safeParse(
      text === 'off' ? null : Number(text),
    );
    if (read.success) return read.data;
    this.#isWrong(field, 'choice');
    return present;
  }

  #quietHours(): Partial<AlertSettings> {
    const quiet = this.#text('quiet');
    if (quiet === undefined) return {};
    if (quiet === 'none') return { quietHours: null };
    const hours = quietHours.safeParse({ from: this.#text('from'), to: this.#text('to') });
    if (quiet === 'own' && hours.success) return { quietHours: hours.data };
    if (quiet === 'own') this.#isWrong('from', 'hours');
    else this.#isWrong('quiet', 'choice');
    return {};
  }

  #timeZone(): Partial<AlertSettings> {
    const text = this.#text('timeZone');
    if (text === undefined) return {};
    const read = alertSettings.shape.timeZone.safeParse(text === '' ? null : text);
    if (read.success) return { timeZone: read.data };
    this.#isWrong('timeZone', 'timeZone');
    return {};
  }

  #digest(): Partial<AlertSettings> {
    const text = this.#text('digest');
    if (text === undefined) return {};
    const read = digestFrequency.safeParse(text);
    if (read.success) return { digest: read.data };
    this.#isWrong('digest', 'choice');
    return {};
  }

  #money(): Pick<AlertSettings, 'autoRecharge' | 'runawayAmount'> {
    const autoRecharge = { ...this.#basis.settings.autoRecharge };
    const runawayAmount = { ...this.#basis.settings.runawayAmount };
    for (const { account, ...present } of this.#figures.recharges) {
      const amount = (field: AmountField) =>
        this.#amount(fieldId(field, account), account, present[field]?.microUnits ?? null);
      const [trigger, refill, runaway] = [amount('trigger'), amount('refill'), amount('runaway')];
      if (trigger === null && refill !== null) this.#missing(fieldId('trigger', account));
      if (trigger === null) delete autoRecharge[account];
      else autoRecharge[account] = { trigger, amount: refill };
      if (runaway === null) delete runawayAmount[account];
      else runawayAmount[account] = runaway;
    }
    return { autoRecharge, runawayAmount };
  }

  /** What is wrong already is not missing. */
  #missing(field: string): void {
    if (!this.#wrong.some((one) => one.field === field)) this.#isWrong(field, 'trigger-missing');
  }

  /** Null where it was left empty. */
  #amount(field: string, account: Currency, present: bigint | null): bigint | null {
    const text = this.#text(field);
    if (text === undefined) return present;
    if (text === '') return null;
    const parsed = parseAmount(text, account);
    if (parsed.ok && parsed.amount.microUnits > 0n) return parsed.amount.microUnits;
    this.#isWrong(field, 'amount', { account });
    return present;
  }

  #numbers(): Partial<AlertSettings> {
    const {
      coolDownCritical: critical,
      coolDownWarning: warning,
      ...plain
    } = {
      overdueAfterHours: this.#number('overdueAfterHours'),
      runawayRecharges: this.#number('runawayRecharges'),
      runwayPercent: this.#number('runwayPercent'),
      marginPercent: this.#number('marginPercent'),
      holdMinutes: this.#number('holdMinutes'),
      coolDownCritical: this.#number('coolDownCritical'),
      coolDownWarning: this.#number('coolDownWarning'),
      feedBlindAfterHours: this.#number('feedBlindAfterHours'),
    };
    return { ...plain, coolDownMinutes: { critical, warning } };
  }

  #number(field: NumberField): number {
    const text = this.#text(field);
    const present = this.#figures.numbers[field];
    if (text === undefined) return present;
    const { from, to } = numberFields[field];
    const number = wholeNumber(text);
    if (number !== null && number >= from && number <= to) return number;
    this.#isWrong(field, 'number', { from, to });
    return present;
  }

  #expiryDays(): Partial<AlertSettings> {
    const text = this.#text('expiryDays');
    if (text === undefined) return {};
    const days = text.split(/[\s,;]+/u).filter((item) => item !== '');
    const read = alertSettings.shape.expiryDays.safeParse(days.map(wholeNumber));
    if (read.success) return { expiryDays: read.data };
    this.#isWrong('expiryDays', 'expiryDays');
    return {};
  }

  /** The very roles that see amounts go on to be those, also when others come to see them. */
  #roles(): Partial<AlertSettings> {
    const text = this.#text('roles');
    if (text === undefined) return {};
    const { roles: known, rights } = this.#basis.choices;
    const chosen = text.split(',').filter((role) => role !== '');
    if (chosen.length === 0) this.#isWrong('roles', 'roles-none');
    else if (chosen.some((role) => !known.includes(role))) this.#isWrong('roles', 'choice');
    else if (isSameSet(chosen, rights)) return { roles: null };
    else if (!isSameSet(chosen, this.#figures.roles ?? []))
      return { roles: known.filter((role) => chosen.includes(role)) };
    return {};
  }

  #channel(): Partial<AlertSettings> {
    const text = this.#text('channel');
    if (text === undefined) return {};
    if (text === '' || text === 'none') return { channel: null };
    const { channels } = this.#basis.choices;
    if (channels.some(({ conversation }) => conversation === text)) return { channel: text };
    this.#isWrong('channel', 'choice');
    return {};
  }

  #chain(): AlertSettings['chain'] {
    const { chain } = this.#basis.settings;
    const read = chainUrgencies.map((urgency) => [urgency, this.#steps(urgency)] as const);
    return { ...chain, ...Object.fromEntries(read) };
  }

  /** What is more than a form can tell stays as it is. */
  #steps(urgency: ChainUrgency): AlertSettings['chain'][ChainUrgency] {
    const present = this.#figures.chain[urgency];
    const asSet = this.#basis.settings.chain[urgency];
    if (present === null) return asSet;
    const [roles, channel, mail] = simpleTargets.map((target) => this.#stepMinutes(urgency, target, present));
    const chain: SimpleChain = { roles: roles ?? null, channel: channel ?? null, mail: mail ?? null };
    const steps = stepsOf(chain, this.#basis.choices.moreRoles[urgency]);
    if (steps === null) this.#isWrong(fieldId(urgency, 'roles'), 'same-time');
    return steps ?? asSet;
  }

  #stepMinutes(urgency: ChainUrgency, target: keyof SimpleChain, present: SimpleChain): number | null {
    const field = fieldId(urgency, target);
    const text = this.#text(field);
    if (text === undefined) return present[target];
    if (text === 'never') return null;
    const minutes = wholeNumber(text);
    if (minutes !== null && minutes >= 1 && minutes <= longestStepMinutes) return minutes;
    this.#isWrong(field, 'choice');
    return present[target];
  }
}

/** A week, as the chain has it. */
const longestStepMinutes = 10_080;

/** Null where it is none. */
function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return new Set([...left, ...right]).size === new Set(left).size && left.length === right.length;
}
