import {
  digestFrequencies,
  type PreferencesAnswer,
  type TypedPreferences,
} from '../../src/answers/preferences.ts';
import type { Words } from '../words.ts';
import { action } from './action.ts';
import { type Fact, fact } from './fact.ts';
import { questions } from './questions.ts';

/** What may be muted now, and what the person is told and when: as a form, or as it was saved. */
export function preferencesView(answer: PreferencesAnswer, words: Words) {
  const { form, wrongHours } = answer;
  return {
    line: words.say(lineOf(answer)),
    note: wrongHours
      ? [{ title: words.say('preferences.wrongHours'), text: words.say('preferences.wrongHoursNext') }]
      : [],
    mutes: mutes(answer, words),
    facts: form ? [] : facts(answer, words),
    form: form ? [formOf(answer, words)] : [],
    critical: words.say('preferences.critical'),
    actions: [
      form
        ? action({
            title: words.say('preferences.save'),
            verb: 'preferences.save',
            data: {},
            style: 'positive',
          })
        : action({ title: words.say('preferences.change'), verb: 'preferences.open', data: {} }),
      action({ title: words.say('preferences.forAll'), verb: 'settings.open', data: {} }),
    ],
    questions: questions(words, 'question.help'),
  };
}

function lineOf({ form, mute }: PreferencesAnswer) {
  if (!form) return 'preferences.saved';
  if (mute === null) return 'preferences.line';
  return mute.incidents.length === 0 ? 'preferences.nothingToMute' : 'preferences.muteLine';
}

/** Teams shows six actions, of which three are for the rest of the card. */
const mostMutes = 3;

function mutes({ mute }: PreferencesAnswer, words: Words) {
  if (mute === null) return [];
  const { hours, incidents } = mute;
  return incidents.slice(0, mostMutes).map(({ id, about }) => ({
    line: words.say(`incident.line.${about}`),
    actions: [
      action({
        title: words.say('preferences.mute', { hours }),
        verb: 'alert.mute',
        data: { episode: id, duration: String(hours), reason: words.say('preferences.muteReason') },
      }),
    ],
  }));
}

function facts(answer: PreferencesAnswer, words: Words): readonly Fact[] {
  const { language, without, digest, tenantDigest, ...hours } = answer;
  const told = (urgency: 'info' | 'warning'): string =>
    words.say(without.includes(urgency) ? 'preferences.off' : 'preferences.on');
  return [
    fact(words.say('preferences.language'), words.say(`preferences.language.${language ?? 'client'}`)),
    fact(words.say('preferences.quiet'), quietText(hours, words)),
    fact(words.say('preferences.warning'), told('warning')),
    fact(words.say('preferences.info'), told('info')),
    fact(words.say('preferences.digest'), words.say(`preferences.digest.${digest ?? tenantDigest}`)),
  ];
}

function quietText(
  { quietHours, tenantQuietHours }: Pick<PreferencesAnswer, 'quietHours' | 'tenantQuietHours'>,
  words: Words,
): string {
  const hours = quietHours ?? tenantQuietHours;
  if (hours === null || hours === 'none') return words.say('preferences.quiet.none');
  return words.say('preferences.quiet.hours', {
    from: clockText(hours.from, words),
    to: clockText(hours.to, words),
  });
}

/** A time of the reader's own clock, on whatever day. */
export function clockText(time: string, words: Words): string {
  return words.utc.clock(Date.parse(`1970-01-01T${time}:00Z`));
}

function formOf(answer: PreferencesAnswer, words: Words) {
  const { tenantQuietHours } = answer;
  const { language, quiet, from, to, warning, info, digest } = answer.typed ?? chosen(answer);
  const choice = (key: 'client' | 'en' | 'ko') => ({
    title: words.say(`preferences.language.${key}`),
    value: key,
  });
  const ofTenant = quietText({ quietHours: null, tenantQuietHours }, words);
  return {
    languageLabel: words.say('preferences.language'),
    language,
    languages: [choice('client'), choice('en'), choice('ko')],
    quietLabel: words.say('preferences.quiet'),
    quiet,
    quiets: [
      { title: words.say('preferences.quiet.tenant', { hours: ofTenant }), value: 'tenant' },
      { title: words.say('preferences.quiet.none'), value: 'none' },
      { title: words.say('preferences.quiet.own'), value: 'own' },
    ],
    fromLabel: words.say('preferences.from'),
    from,
    toLabel: words.say('preferences.to'),
    to,
    warning,
    warningLabel: words.say('preferences.warning'),
    info,
    infoLabel: words.say('preferences.info'),
    yesOrNo: [
      { title: words.say('preferences.on'), value: 'true' },
      { title: words.say('preferences.off'), value: 'false' },
    ],
    ...digestOf({ digest, tenantDigest: answer.tenantDigest }, words),
  };
}

function digestOf(
  { digest, tenantDigest }: Pick<PreferencesAnswer, 'tenantDigest'> & Pick<TypedPreferences, 'digest'>,
  words: Words,
) {
  const often = words.say(`preferences.digest.${tenantDigest}`);
  const choices = digestFrequencies.map((value) => ({
    title: words.say(`preferences.digest.${value}`),
    value,
  }));
  return {
    digestLabel: words.say('preferences.digest'),
    digest,
    digests: [{ title: words.say('preferences.digest.tenant', { often }), value: 'tenant' }, ...choices],
  };
}

/** What the person chose before, as the form has it. */
function chosen({ language, quietHours, without, digest }: PreferencesAnswer): TypedPreferences {
  const own = quietHours === 'none' ? null : quietHours;
  return {
    language: language ?? 'client',
    quiet: quietHours === 'none' ? 'none' : own === null ? 'tenant' : 'own',
    from: own?.from ?? '22:00',
    to: own?.to ?? '07:00',
    warning: String(!without.includes('warning')),
    info: String(!without.includes('info')),
    digest: digest ?? 'tenant',
  };
}
