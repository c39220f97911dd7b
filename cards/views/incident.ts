import type { IncidentAction, IncidentAnswer } from '../../src/answers/incident.ts';
import type { Reader } from '../reader.ts';
import { isTextKey, type TextKey, type Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import type { Optional } from './balance-figure.ts';
import { zonedMoment } from './balance-line.ts';
import { billingPage } from './billing-page.ts';
import { fitting } from './fitting.ts';
import { incidentFacts, notes } from './incident-facts.ts';
import { incidentForms } from './incident-forms.ts';
import { waysFacts, waysNotes } from './incident-reach.ts';
import { restrictionLinks, spendView } from './incident-spend.ts';
import { story } from './incident-story.ts';
import { ownChatUrl } from './own-chat.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** What happened, who cannot call, what to do, who has it; and what was done about it, as long as it is remembered. */
export function incidentView(answer: IncidentAnswer, words: Words, reader: Reader) {
  const { inQuietHours = false } = reader;
  const line = lineOf(answer, words);
  const actions = buttons(answer, words);
  const links = linksOf(answer, words, reader);
  const { room, ...forms } = incidentForms(answer, words, mostActions - actions.length - links.length);
  return {
    line,
    title: words.say('incident.title', { icon: iconOf(answer), line }),
    why: [...(inQuietHours ? [words.say(whyNow(answer))] : []), ...offer(answer, words)],
    stops: stops(answer, words),
    state: [stateOf(answer, words)],
    checks: checks(answer, words),
    spend: spendView(answer, words),
    facts: [...incidentFacts(answer, words), ...waysFacts(answer, words)],
    notes: [...notes(answer, words), ...waysNotes(answer, words)],
    story: story(answer, words),
    asOf: words.say(answer.shared ? 'incident.asOfShared' : 'incident.asOf', {
      when: zonedMoment(words, words.now),
    }),
    ...forms,
    actions,
    links,
    questions: isOver(answer)
      ? questions(words, 'question.balance', 'question.explain')
      : questionsOf(answer, words, room),
  };
}

interface Link {
  readonly title: string;
  readonly url: string;
}

/** The way to what ends it; where others read along, the way to one's own chat, where the bot's id is known. */
function linksOf(answer: IncidentAnswer, words: Words, reader: Reader): readonly Link[] {
  if (isForMoney(answer)) return [{ title: words.say('topup.action.billing'), url: billingPage }];
  if (!answer.shared) return isOver(answer) ? [] : restrictionLinks(answer, words);
  const url = ownChatUrl(reader);
  return url === '' ? [] : [{ title: words.say('balance-status.details'), url }];
}

/** Why it did not wait for the end of the reader's quiet hours. */
function whyNow(answer: IncidentAnswer): TextKey {
  if (isOver(answer)) return 'incident.inQuietHours.over';
  const key = `incident.inQuietHours.${answer.about}`;
  return isTextKey(key) ? key : 'incident.inQuietHours.other';
}

function offer({ offeredBy, resolved }: IncidentAnswer, words: Words): readonly string[] {
  if (offeredBy === null || resolved !== null) return [];
  return [words.say('incident.offeredBy', { by: plainName(offeredBy) })];
}

/** Teams shows no more. */
const mostActions = 6;

/** A question, for an answer to a tap would take the place of this card; left out where there is no room for it. */
function questionsOf({ shared, about }: IncidentAnswer, words: Words, room: number) {
  if (!shared && about === 'reach-report') return questions(words, 'question.notified', 'question.mute');
  if (!shared && about === 'drill-due') return questions(words, 'question.drill', 'question.mute');
  return shared || room < 1 ? [] : questions(words, 'question.mute');
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

/** Whether it ended and did not come back. */
export function isOver({ about, resolved, againSince }: IncidentAnswer): boolean {
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

export const icons = { critical: '🔴', warning: '🟠', info: 'ℹ️' } as const;

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

/** After a failed charge the money may be put right and auto-recharge stay off, unseen until the next zero. */
function checks(answer: IncidentAnswer, words: Words): readonly string[] {
  if (answer.about !== 'recharge-failed' || answer.shared || isOver(answer)) return [];
  return [
    words.say('incident.check.payment'),
    words.say('incident.check.autoRecharge'),
    words.say('incident.check.until'),
  ];
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
  const about = answer.actions.flatMap((verb) => button(verb, answer, words));
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

/** What was asked of whoever looks after a failed charge is what they confirm. */
function titleOf({ verb, title }: (typeof titles)[number], { about }: IncidentAnswer): TextKey {
  const isOfFailure = verb === 'alert.rechargeConfirmed' && about === 'recharge-failed';
  return isOfFailure ? 'incident.do.autoRechargeOn' : title;
}

function button(verb: IncidentAction, answer: IncidentAnswer, words: Words): readonly ActionView[] {
  const { id, actions, offeredBy } = answer;
  const known = titles.find((title) => title.verb === verb);
  if (known === undefined) return [];
  const isOffer = verb === 'alert.take' && offeredBy !== null;
  // Beside the ways to end it there is room for one way to answer at a time: it is taken after it is acknowledged.
  const hasWays = isForMoney(answer) || answer.spend !== null;
  const isLater = verb === 'alert.take' && hasWays && actions.includes('alert.acknowledge');
  if (isLater && !isOffer) return [];
  // What failed is nothing to be cheerful about, even where it is the only thing to say.
  const isLikeliest = actions[0] === verb && verb !== 'alert.rechargeFailed';
  const style = isLikeliest ? 'positive' : 'default';
  const title = words.say(isOffer ? 'incident.do.accept' : titleOf(known, answer));
  return [action({ title, verb, style, data: { episode: id } })];
}
