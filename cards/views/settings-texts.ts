import type {
  AlertSettingsAnswer,
  LevelFigure,
  SettingsChoices,
  SettingsFigures,
} from '../../src/answers/alert-settings.ts';
import {
  amountFields,
  type ChainUrgency,
  chainUrgencies,
  fieldId,
  fineNumbers,
  rechargeNumbers,
  simpleTargets,
} from '../../src/answers/settings-fields.ts';
import { type Money, toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { type Fact, fact } from './fact.ts';
import { clockText } from './preferences.ts';
import { roleName } from './who-is-notified.ts';

type Settings = Pick<AlertSettingsAnswer, 'figures' | 'choices'>;

/** What differs from before, each setting as it is and as it was. */
export function changeFacts(
  { before, ...now }: Settings & Pick<AlertSettingsAnswer, 'before'>,
  words: Words,
): readonly Fact[] {
  if (before === null) return [];
  const earlier = settingTexts({ ...now, figures: before }, words);
  return [...settingTexts(now, words)].flatMap(([id, { title, value }]) => {
    const was = earlier.get(id)?.value ?? '';
    return was === value ? [] : [fact(title, words.say('settings.was', { now: value, before: was }))];
  });
}

/** Every setting as people read it, by the id of its input and in the order of the form. */
function settingTexts({ figures, choices }: Settings, words: Words): ReadonlyMap<string, Fact> {
  const texts = new Map<string, Fact>();
  const tell = (id: string, title: string, value: string) => texts.set(id, { title, value });
  const { repeatMinutes, timeZone, digest, recharges, numbers, expiryDays, chain } = figures;
  const none = words.say('settings.nothing');
  const levels = levelsText(figures.levels, words) || words.say('settings.levels.none');
  tell('levels', words.say('settings.levels'), levels);
  tell('critical', words.say('settings.critical'), repeatText(repeatMinutes.critical, words));
  tell('warning', words.say('settings.warning'), repeatText(repeatMinutes.warning, words));
  tell('quiet', words.say('preferences.quiet'), hoursText(figures.quietHours, words));
  tell('timeZone', words.say('settings.timeZone'), timeZone ?? words.say('settings.timeZone.none'));
  tell('digest', words.say('preferences.digest'), words.say(`preferences.digest.${digest}`));
  for (const { account, ...amounts } of recharges) {
    for (const field of amountFields) {
      const amount: Money | null = amounts[field];
      const value = amount === null ? none : words.money.withCode(amount);
      tell(fieldId(field, account), words.say(`settings.${field}`, { account }), value);
    }
  }
  for (const field of rechargeNumbers) tell(field, words.say(`settings.${field}`), String(numbers[field]));
  tell('roles', words.say('settings.roles'), rolesText(figures.roles, words));
  tell(
    'channel',
    words.say('settings.channel'),
    figures.channel === null ? none : channelText(figures.channel, choices, words),
  );
  for (const urgency of chainUrgencies) {
    const steps = chain[urgency];
    for (const target of simpleTargets) {
      const value = steps === null ? words.say('settings.chainKept') : afterText(steps[target], words);
      tell(fieldId(urgency, target), stepName(urgency, target, words), value);
    }
  }
  for (const field of fineNumbers) tell(field, words.say(`settings.${field}`), String(numbers[field]));
  tell('expiryDays', words.say('settings.expiryDays'), expiryDays.join(', ') || none);
  return texts;
}

export function stepName(
  urgency: ChainUrgency,
  target: (typeof simpleTargets)[number],
  words: Words,
): string {
  return words.say(`settings.step.${urgency}`, { to: words.say(`settings.step.${target}`) });
}

/** As it may be typed again. */
export function levelsText(levels: readonly LevelFigure[], words: Words): string {
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

export function repeatText(minutes: number | null, words: Words): string {
  if (minutes === null) return words.say('settings.repeat.off');
  return minutes % 60 === 0
    ? words.say('settings.repeat.every', { hours: minutes / 60 })
    : words.say('settings.repeat.minutes', { minutes });
}

function hoursText(hours: SettingsFigures['quietHours'], words: Words): string {
  if (hours === null) return words.say('preferences.quiet.none');
  return words.say('preferences.quiet.hours', {
    from: clockText(hours.from, words),
    to: clockText(hours.to, words),
  });
}

export function afterText(minutes: number | null, words: Words): string {
  if (minutes === null) return words.say('settings.never');
  if (minutes % 1_440 === 0) return words.say('settings.after.days', { days: minutes / 1_440 });
  if (minutes % 60 === 0) return words.say('settings.after.hours', { hours: minutes / 60 });
  return words.say('settings.after.minutes', { minutes });
}

function rolesText(roles: readonly string[] | null, words: Words): string {
  if (roles === null) return words.say('settings.roles.rights');
  return roles.map((role) => roleName(role, words)).join(', ');
}

/** The first of them by name: more than a line nobody reads. */
export function someRoles(roles: readonly string[], words: Words): string {
  const [first = '', ...others] = roles.map((role) => roleName(role, words));
  if (others.length < 2) return [first, ...others].join(', ');
  return words.say('settings.moreRoles.others', { first, count: others.length });
}

export function channelText(
  conversation: string | null,
  { channels }: Pick<SettingsChoices, 'channels'>,
  words: Words,
): string {
  if (conversation === null) return words.say('settings.channel.none');
  const known = channels.find((channel) => channel.conversation === conversation);
  return known?.name ?? words.say('settings.channel.unnamed', { id: shortId(conversation) });
}

/** All ids of channels begin alike. */
function shortId(conversation: string): string {
  return conversation.replace(/^19:/u, '').slice(0, 8);
}
