import type { AlertSettingsAnswer } from '../../src/answers/alert-settings.ts';
import {
  type AmountField,
  type ChainUrgency,
  fieldId,
  type NumberField,
  numberFields,
  type simpleTargets,
} from '../../src/answers/settings-fields.ts';
import { type Currency, minorUnitDigits } from '../../src/money/currency.ts';
import { type Money, money, toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { afterText, repeatText, stepName } from './settings-texts.ts';

/** An input of `settings-field.json`. */
export interface InputView {
  readonly kind: 'text' | 'choice' | 'many' | 'time';
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly example: string;
  readonly choices: readonly Choice[];
  /** What to put there instead; empty where nothing is wrong. */
  readonly error: string;
}

interface Choice {
  readonly title: string;
  readonly value: string;
}

type Input = Pick<InputView, 'kind' | 'id' | 'label' | 'value'> &
  Partial<Pick<InputView, 'example' | 'choices'>>;

/** Makes inputs: each with what was typed before, where that was refused, and with what is wrong with it. */
export class SettingsInputs {
  readonly #answer: Pick<AlertSettingsAnswer, 'figures' | 'typed' | 'wrong'>;
  readonly #words: Words;

  constructor(answer: Pick<AlertSettingsAnswer, 'figures' | 'typed' | 'wrong'>, words: Words) {
    this.#answer = answer;
    this.#words = words;
  }

  input({ kind, id, label, value, example = '', choices = [] }: Input): InputView {
    const typed = this.#answer.typed?.[id] ?? value;
    return {
      kind,
      id,
      label,
      value: typed.slice(0, longest[kind]),
      example,
      choices,
      error: this.#error(id),
    };
  }

  /** One of the settings that are lists of texts. */
  text(id: 'levels' | 'timeZone' | 'expiryDays', value: string, example: string): InputView {
    const label = this.#words.say(`settings.${id}`);
    return this.input({ kind: 'text', id, label, value, example: this.#example(example) });
  }

  number(id: NumberField): InputView {
    const words = this.#words;
    const name = words.say(`settings.${id}`);
    const label = words.say('settings.limit', { name, ...numberFields[id] });
    const value = String(this.#answer.figures.numbers[id]);
    return this.input({ kind: 'text', id, label, value, example: this.#example(value) });
  }

  amount(field: AmountField, account: Currency, amount: Money | null): InputView {
    return this.input({
      kind: 'text',
      id: fieldId(field, account),
      label: this.#words.say(`settings.${field}`, { account }),
      value: amount === null ? '' : toDecimal(amount),
      example: this.#example(exampleAmount(account)),
    });
  }

  repeat(id: ChainUrgency, minutes: number | null): InputView {
    const words = this.#words;
    return this.input({
      kind: 'choice',
      id,
      label: words.say(`settings.${id}`),
      value: String(minutes ?? 'off'),
      choices: [...withPresent(usualRepeats, minutes), null].map((each) => ({
        title: repeatText(each, words),
        value: String(each ?? 'off'),
      })),
    });
  }

  step(urgency: ChainUrgency, target: (typeof simpleTargets)[number], minutes: number | null): InputView {
    const words = this.#words;
    return this.input({
      kind: 'choice',
      id: fieldId(urgency, target),
      label: stepName(urgency, target, words),
      value: String(minutes ?? 'never'),
      choices: [...withPresent(usualSteps, minutes), null].map((each) => ({
        title: afterText(each, words),
        value: String(each ?? 'never'),
      })),
    });
  }

  #error(id: string): string {
    const wrong = this.#answer.wrong.find(({ field }) => field === id);
    return wrong === undefined ? '' : this.#words.say(`settings.wrong.${wrong.code}`, wrong.data);
  }

  #example(example: string): string {
    return this.#words.say('settings.example', { example });
  }
}

/** What a client lets people type, and what it sends for the roles. */
const longest: Readonly<Record<InputView['kind'], number>> = {
  text: 300,
  choice: 500,
  many: 2_000,
  time: 20,
};

const usualRepeats = [60, 240, 1_440, 10_080];
const usualSteps = [15, 30, 60, 120, 240, 480, 1_440, 2_880];

/** What is set is among them, also where it is none of the usual. */
function withPresent(usual: readonly number[], present: number | null): readonly number[] {
  const all = new Set([...usual, ...(present === null ? [] : [present])]);
  return [...all].sort((left, right) => left - right);
}

function exampleAmount(account: Currency): string {
  return toDecimal(money(minorUnitDigits(account) === 0 ? 100_000_000_000n : 100_000_000n, account));
}
