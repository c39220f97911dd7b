import type { AlertSettingsAnswer, LevelFigure } from '../../src/answers/alert-settings.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { action } from './action.ts';
import { type Fact, fact } from './fact.ts';
import { clockText } from './preferences.ts';
import { questions } from './questions.ts';

/** What counts for everybody: as a form, or as it was saved, with the way back. */
export function alertSettingsView(answer: AlertSettingsAnswer, words: Words) {
  const { state, undoable, wrong } = answer;
  const isForm = state === 'form';
  const undo = action({ title: words.say('settings.undo'), verb: 'settings.undo', data: {} });
  return {
    line: words.say(`settings.line.${state}`),
    note:
      wrong === null
        ? []
        : [{ title: words.say(`settings.wrong.${wrong}`), text: words.say(`settings.wrong.${wrong}Next`) }],
    facts: isForm ? [] : facts(answer, words),
    form: isForm ? [formOf(answer, words)] : [],
    remark: words.say('settings.remark'),
    actions: [
      isForm
        ? action({ title: words.say('settings.save'), verb: 'settings.save', data: {}, style: 'positive' })
        : action({ title: words.say('settings.change'), verb: 'settings.open', data: {} }),
      ...(undoable ? [undo] : []),
      action({ title: words.say('settings.own'), verb: 'preferences.open', data: {} }),
    ],
    questions: questions(words, 'question.help'),
  };
}

function facts({ levels, repeatMinutes, quietHours }: AlertSettingsAnswer, words: Words): readonly Fact[] {
  const hours =
    quietHours === null
      ? words.say('preferences.quiet.none')
      : words.say('preferences.quiet.hours', {
          from: clockText(quietHours.from, words),
          to: clockText(quietHours.to, words),
        });
  const low = levels.length === 0 ? words.say('settings.levels.none') : levelsText(levels, words);
  return [
    fact(words.say('settings.levels'), low),
    fact(words.say('settings.critical'), repeatText(repeatMinutes.critical, words)),
    fact(words.say('settings.warning'), repeatText(repeatMinutes.warning, words)),
    fact(words.say('preferences.quiet'), hours),
  ];
}

function formOf({ levels, repeatMinutes, quietHours }: AlertSettingsAnswer, words: Words) {
  return {
    levelsLabel: words.say('settings.levels'),
    levels: levelsText(levels, words),
    levelsExample: words.say('settings.levelsExample'),
    criticalLabel: words.say('settings.critical'),
    critical: String(repeatMinutes.critical ?? 'off'),
    criticals: repeats(repeatMinutes.critical, words),
    warningLabel: words.say('settings.warning'),
    warning: String(repeatMinutes.warning ?? 'off'),
    warnings: repeats(repeatMinutes.warning, words),
    quietLabel: words.say('preferences.quiet'),
    quiet: quietHours === null ? 'none' : 'own',
    quiets: [
      { title: words.say('preferences.quiet.none'), value: 'none' },
      { title: words.say('settings.quiet.own'), value: 'own' },
    ],
    fromLabel: words.say('preferences.from'),
    from: quietHours?.from ?? '22:00',
    toLabel: words.say('preferences.to'),
    to: quietHours?.to ?? '07:00',
  };
}

/** As it may be typed again. */
function levelsText(levels: readonly LevelFigure[], words: Words): string {
  return levels.map((level) => levelText(level, words)).join(', ');
}

function levelText(level: LevelFigure, words: Words): string {
  switch (level.unit) {
    case 'days':
      return words.say('settings.level.days', { days: level.days });
    case 'percent':
      return `${level.percent}%`;
    case 'money':
      return `${level.amount.currency} ${toDecimal(level.amount)}`;
  }
}

const usualMinutes = [60, 240, 1_440, 10_080];

/** What is set is among them, also where it is none of the usual. */
function repeats(present: number | null, words: Words) {
  const minutes = [...new Set([...usualMinutes, ...(present === null ? [] : [present])])];
  return [...minutes.sort((left, right) => left - right), null].map((each) => ({
    title: repeatText(each, words),
    value: String(each ?? 'off'),
  }));
}

function repeatText(minutes: number | null, words: Words): string {
  return minutes === null
    ? words.say('settings.repeat.off')
    : words.say('settings.repeat.every', { hours: minutes / 60 });
}
