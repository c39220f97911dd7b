import type { AlertSettingsAnswer } from '../../src/answers/alert-settings.ts';
import { digestFrequencies } from '../../src/answers/preferences.ts';
import {
  chainUrgencies,
  fineNumbers,
  rechargeNumbers,
  simpleTargets,
} from '../../src/answers/settings-fields.ts';
import type { Words } from '../words.ts';
import { type InputView, SettingsInputs } from './settings-inputs.ts';
import { channelText, levelsText, someRoles } from './settings-texts.ts';
import { roleName } from './who-is-notified.ts';

/** What unfolds by a tap, so that the form stays short on a phone. */
interface SectionView {
  readonly id: string;
  readonly title: string;
  /** What is to be put right is seen without a tap. */
  readonly isOpen: boolean;
  readonly notes: readonly string[];
  readonly fields: readonly InputView[];
}

interface FormView {
  /** What is set most often. */
  readonly form: readonly InputView[];
  readonly sections: readonly SectionView[];
  /** Names of the inputs that are to be put right. */
  readonly wrong: readonly string[];
}

export function settingsForm(answer: AlertSettingsAnswer, words: Words): FormView {
  const inputs = new SettingsInputs(answer, words);
  const section = (
    name: 'recharge' | 'people' | 'fine',
    notes: readonly string[],
    fields: readonly InputView[],
  ): SectionView => ({
    id: `section-${name}`,
    title: words.say(`settings.section.${name}`),
    isOpen: fields.some(({ error }) => error !== ''),
    notes,
    fields,
  });
  const form = usualInputs(answer, inputs, words);
  const sections = [
    section('recharge', [words.say('settings.rechargeNote')], rechargeInputs(answer, inputs)),
    section('people', peopleNotes(answer, words), peopleInputs(answer, inputs, words)),
    section('fine', [], fineInputs(answer, inputs)),
  ];
  const all = [...form, ...sections.flatMap(({ fields }) => fields)];
  return { form, sections, wrong: all.filter(({ error }) => error !== '').map(({ label }) => label) };
}

function usualInputs(
  { figures }: AlertSettingsAnswer,
  inputs: SettingsInputs,
  words: Words,
): readonly InputView[] {
  const { levels, repeatMinutes, quietHours, timeZone, digest } = figures;
  const time = (id: 'from' | 'to', value: string) =>
    inputs.input({ kind: 'time', id, label: words.say(`preferences.${id}`), value });
  return [
    inputs.text('levels', levelsText(levels, words), words.say('settings.levelsLike')),
    inputs.repeat('critical', repeatMinutes.critical),
    inputs.repeat('warning', repeatMinutes.warning),
    inputs.input({
      kind: 'choice',
      id: 'quiet',
      label: words.say('preferences.quiet'),
      value: quietHours === null ? 'none' : 'own',
      choices: [
        { title: words.say('preferences.quiet.none'), value: 'none' },
        { title: words.say('settings.quiet.own'), value: 'own' },
      ],
    }),
    time('from', quietHours?.from ?? '22:00'),
    time('to', quietHours?.to ?? '07:00'),
    inputs.text('timeZone', timeZone ?? '', 'Asia/Seoul'),
    inputs.input({
      kind: 'choice',
      id: 'digest',
      label: words.say('preferences.digest'),
      value: digest,
      choices: digestFrequencies.map((value) => ({
        title: words.say(`preferences.digest.${value}`),
        value,
      })),
    }),
  ];
}

function rechargeInputs({ figures }: AlertSettingsAnswer, inputs: SettingsInputs): readonly InputView[] {
  const amounts = figures.recharges.flatMap(({ account, trigger, refill, runaway }) => [
    inputs.amount('trigger', account, trigger),
    inputs.amount('refill', account, refill),
    inputs.amount('runaway', account, runaway),
  ]);
  return [...amounts, ...rechargeNumbers.map((name) => inputs.number(name))];
}

function peopleInputs(
  { figures, choices }: AlertSettingsAnswer,
  inputs: SettingsInputs,
  words: Words,
): readonly InputView[] {
  const channels = [null, ...choices.channels.map(({ conversation }) => conversation)];
  const steps = chainUrgencies.flatMap((urgency) => {
    const chain = figures.chain[urgency];
    return chain === null ? [] : simpleTargets.map((target) => inputs.step(urgency, target, chain[target]));
  });
  return [
    inputs.input({
      kind: 'many',
      id: 'roles',
      label: words.say('settings.roles'),
      value: (figures.roles ?? choices.rights).join(','),
      choices: choices.roles.map((role) => ({ title: roleName(role, words), value: role })),
    }),
    inputs.input({
      kind: 'choice',
      id: 'channel',
      label: words.say('settings.channel'),
      value: figures.channel ?? 'none',
      choices: channels.map((conversation) => ({
        title: channelText(conversation, choices, words),
        value: conversation ?? 'none',
      })),
    }),
    ...steps,
  ];
}

function peopleNotes({ figures, choices }: AlertSettingsAnswer, words: Words): readonly string[] {
  const { critical, warning } = choices.moreRoles;
  const more = someRoles([...new Set([...critical, ...warning])], words);
  const isKept = chainUrgencies.some((urgency) => figures.chain[urgency] === null);
  return [
    words.say('settings.rolesNote'),
    words.say('settings.moreRoles', { roles: more }),
    ...(choices.channels.length === 0 ? [words.say('settings.channelNote')] : []),
    ...(isKept ? [words.say('settings.chainKept')] : []),
  ];
}

function fineInputs({ figures }: AlertSettingsAnswer, inputs: SettingsInputs): readonly InputView[] {
  return [
    ...fineNumbers.map((name) => inputs.number(name)),
    inputs.text('expiryDays', figures.expiryDays.join(', '), '60, 30, 7'),
  ];
}
