import { type IncidentAction, type IncidentAnswer, incidentActions } from '../../src/answers/incident.ts';
import type { Reader } from '../reader.ts';
import { isTextKey, type TextKey, type Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import type { Optional } from './balance-figure.ts';
import { zonedMoment } from './balance-line.ts';
import { billingPage } from './billing-page.ts';
import { fitting } from './fitting.ts';
import { incidentFacts, notes } from './incident-facts.ts';
import { waysFacts, waysNotes } from './incident-reach.ts';
import { story } from './incident-story.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** What happened, who cannot call, what to do, who has it; and what was done about it, as long as it is remembered. */
export function incidentView(
  answer: IncidentAnswer,
  words: Words,
  { inQuietHours = false }: Pick<Reader, 'inQuietHours'>,
) {
  const line = lineOf(answer, words);
  const muting = mute(answer, words);
  const actions = buttons(answer, words);
  const links = isForMoney(answer) ? [{ title: words.say('topup.action.billing'), url: billingPage }] : [];
  return {
    line,
    title: words.say('incident.title', { icon: iconOf(answer), line }),
    why: inQuietHours ? [words.say(whyNow(answer))] : [],
    stops: stops(answer, words),
    state: [stateOf(answer, words)],
    facts: [...incidentFacts(answer, words), ...waysFacts(answer, words)],
    notes: [...notes(answer, words), ...waysNotes(answer, words)],
    story: story(answer, words),
    asOf: words.say(answer.shared ? 'incident.asOfShared' : 'incident.asOf', {
      when: zonedMoment(words, words.now),
    }),
    mute: muting,
    actions,
    links,
    questions: isOver(answer)
      ? questions(words, 'question.balance', 'question.explain')
      : questionsOf(answer, words, actions.length + links.length + actionsToMute * muting.length),
  };
}

/** Why it did not wait for the end of the reader's quiet hours. */
function whyNow(answer: IncidentAnswer): TextKey {
  if (isOver(answer)) return 'incident.inQuietHours.over';
  const key = `incident.inQuietHours.${answer.about}`;
  return isTextKey(key) ? key : 'incident.inQuietHours.other';
}

/** The form opens by one and is sent by another. */
const actionsToMute = 2;

/** Teams shows no more. */
const mostActions = 6;

/** A question, for an answer to a tap would take the place of this card; left out where there is no room for it. */
function questionsOf({ shared, about }: IncidentAnswer, words: Words, others: number) {
  if (!shared && about === 'reach-report') return questions(words, 'question.notified', 'question.mute');
  return shared || others >= mostActions ? [] : questions(words, 'question.mute');
}

/** What money ends; a recharge that is overdue may still come. */
const wantMoney: ReadonlySet<IncidentAnswer['about']> = new Set([
  'balance-zero',
  'balance-low',
  'recharge-failed',
]);

/** Whether money is what ends it, and the reader may see about it. */
function isForMoney(answer: IncidentAnswer): boolean {
  return wantMoney.has(answer.about) && !answer.shared && !isOver(answer);
}

/** Without an amount the form opens with the one that is advised. */
function askForTopUp(answer: IncidentAnswer, words: Words): readonly ActionView[] {
  const { id, currency } = answer;
  if (!isForMoney(answer)) return [];
  const data = { episode: id, ...(currency !== null && { currency }) };
  return [action({ title: words.say('incident.do.topUp'), verb: 'topup.open', data })];
}

/** What is only said has no end; it stays what it says. */
const lasting: ReadonlySet<IncidentAnswer['about']> = new Set(['reach-report', 'drill-due']);

function isOver({ about, resolved, againSince }: IncidentAnswer): boolean {
  return resolved !== null && againSince === null && !lasting.has(about);
}

function lineOf(answer: IncidentAnswer, words: Words): string {
  const { about, resolved } = answer;
  if (!isOver(answer)) return liveLine(answer, words);
  if (resolved?.how === 'closed') return words.say('incident.closed', { line: liveLine(answer, words) });
  return words.say(`incident.over.${about}`);
}

function liveLine({ about, figures }: IncidentAnswer, words: Words): string {
  const { balance } = figures;
  if (about !== 'balance-low' || balance === null) return words.say(`incident.line.${about}`);
  return fitting(words.language, [
    words.say('incident.lowLine', { figure: words.money.withCode(balance) }),
    words.say('incident.lowLine', { figure: words.money.roundedWithCode(balance) }),
    words.say('incident.line.balance-low'),
  ]);
}

const icons = { critical: '🔴', warning: '🟠', info: 'ℹ️' } as const;

function iconOf(answer: IncidentAnswer): string {
  return isOver(answer) ? '✅' : icons[answer.urgency];
}

const styles = { critical: 'attention', warning: 'warning', info: 'warning' } as const;

/** What it means and the smallest next step; once it is over, how it ended. */
function stateOf(answer: IncidentAnswer, words: Words) {
  const { about, urgency, resolved } = answer;
  if (isOver(answer) && resolved !== null) {
    return { style: 'good', title: words.say('incident.ended'), text: endOf(resolved, words) };
  }
  return {
    style: styles[urgency],
    title: words.say(`incident.means.${about}`),
    text: words.say(`incident.next.${about}`),
  };
}

function endOf({ how, by, at }: NonNullable<IncidentAnswer['resolved']>, words: Words): string {
  const values = { by: plainName(by ?? ''), when: words.time.moment(at, words.now) };
  const isByPerson = by !== null && (how === 'confirmed' || how === 'closed');
  return words.say(isByPerson ? `incident.end.${how}By` : `incident.end.${how}`, values);
}

function stops({ stops: services, about, ...answer }: IncidentAnswer, words: Words): Optional<object> {
  if (services.length === 0 || answer.resolved !== null) return [];
  return [
    {
      title: words.say(about === 'balance-zero' ? 'incident.stopped' : 'explain.stops'),
      services: services.map(({ service, calls, numbers }) => ({
        label: words.say(`explain.service.${service}`),
        value: [
          words.say('explain.count', { calls }),
          ...numbers.map(({ number, calls: times }) =>
            words.say('explain.number', { number: plainName(number), calls: times }),
          ),
        ].join('; '),
      })),
    },
  ];
}

/** Who has it comes first, and then what ends it. */
function buttons(answer: IncidentAnswer, words: Words): readonly ActionView[] {
  const isAboutWho = (verb: string): boolean => verb === 'alert.acknowledge' || verb === 'alert.take';
  const about = incidentActions.flatMap((verb) => button(verb, answer, words));
  return [
    ...about.filter(({ verb }) => isAboutWho(verb)),
    ...askForTopUp(answer, words),
    ...about.filter(({ verb }) => !isAboutWho(verb)),
  ];
}

/** Every verb of a card stands in words, so that a test can find it. */
const titles: readonly { readonly verb: IncidentAction; readonly title: TextKey }[] = [
  { verb: 'alert.acknowledge', title: 'incident.do.acknowledge' },
  { verb: 'alert.take', title: 'incident.do.take' },
  { verb: 'alert.rechargeConfirmed', title: 'incident.do.rechargeConfirmed' },
  { verb: 'alert.rechargeFailed', title: 'incident.do.rechargeFailed' },
  { verb: 'alert.resolve', title: 'incident.do.resolve' },
];

function button(verb: IncidentAction, answer: IncidentAnswer, words: Words): readonly ActionView[] {
  const { id, actions } = answer;
  const known = titles.find((title) => title.verb === verb);
  if (known === undefined || !actions.includes(verb)) return [];
  // Beside the ways to money there is room for one way to answer at a time: it is taken after it is acknowledged.
  if (verb === 'alert.take' && isForMoney(answer) && actions.includes('alert.acknowledge')) return [];
  // What failed is nothing to be cheerful about, even where it is the only thing to say.
  const isLikeliest = actions[0] === verb && verb !== 'alert.rechargeFailed';
  const style = isLikeliest ? 'positive' : 'default';
  return [action({ title: words.say(known.title), verb, style, data: { episode: id } })];
}

const durations = [4, 24, 72, 168] as const;

function mute({ id, actions, about, muteAsked }: IncidentAnswer, words: Words): Optional<object> {
  if (!actions.includes('alert.mute')) return [];
  const takesTwo = about === 'balance-zero' || about === 'recharge-failed';
  return [
    {
      episode: id,
      title: words.say(muteAsked === null ? 'incident.do.mute' : 'incident.do.confirmMute'),
      intro: words.say(takesTwo ? 'incident.mute.introTwo' : 'incident.mute.intro'),
      durationLabel: words.say('incident.mute.duration'),
      durations: durations.map((hours) => ({
        title: words.say('incident.mute.hours', { hours }),
        value: String(hours),
      })),
      reasonLabel: words.say('incident.mute.reason'),
      reasonExample: words.say('incident.mute.reasonExample'),
      reasonMissing: words.say('incident.mute.reasonMissing'),
      submit: words.say('incident.mute.submit'),
    },
  ];
}
