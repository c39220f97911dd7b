import type { DigestAnswer, DigestIncident, DigestRequest } from '../../src/answers/digest.ts';
import type { Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import { asOf } from './as-of.ts';
import { largeFigure } from './balance-figure.ts';
import { balanceSource, zonedMoment } from './balance-line.ts';
import { changeView } from './digest-change.ts';
import { figurePhrases } from './figure-phrases.ts';
import { fitting } from './fitting.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** As many items have a button as leave room for what else there is to tap. */
const mostButtons = 4;

/** What is left, what waited, what goes on and what waits for the reader; then how the balance moved. */
export function digestView(answer: DigestAnswer, words: Words) {
  const { accounts, shared, more } = answer;
  return {
    line: lineOf(answer, words),
    figures: accounts.map((account) => ({
      ...largeFigure(words, account.estimate),
      caption: captionOf(account, words),
    })),
    sections: sections(answer, words),
    more: more === 0 ? '' : words.say('digest.more', { more }),
    changes: accounts.map((account) => changeView(account, { alone: accounts.length === 1, words })),
    asOf: asOfText(answer, words),
    why: words.say(shared ? 'digest.why.shared' : `digest.why.${answer.frequency}`),
    actions: shared ? [] : buttons(answer, words),
    questions: shared
      ? questions(words, 'question.help')
      : questions(words, 'question.balance', 'question.mute'),
  };
}

function lineOf(answer: DigestAnswer, words: Words): string {
  const { night, incidents, requests, more, accounts } = answer;
  if (night.length > 0) return words.say('digest.line.night', { count: night.length });
  const count = incidents.length + requests.length + more;
  const amounts = accounts.map(({ estimate }) => estimate);
  const open = words.say('digest.line.open', { count });
  return fitting(words.language, [
    ...figurePhrases(words, amounts).map((figure) => words.say('digest.line.left', { figure, open })),
    words.say('digest.line.openAlone', { count }),
  ]);
}

function captionOf(account: DigestAnswer['accounts'][number], words: Words): string {
  const { kind, at } = balanceSource(words, account);
  return words.say(`balance.caption.${kind}`, { when: zonedMoment(words, at) });
}

function sections({ night, incidents, requests, shared }: DigestAnswer, words: Words) {
  const rowOf = (one: DigestIncident) => incidentRow(one, { shared, words });
  const withRows = [
    { title: words.say('digest.night'), rows: night.map(rowOf) },
    { title: words.say('digest.goesOn'), rows: incidents.map(rowOf) },
    { title: words.say('digest.waits'), rows: requests.map((one) => requestRow(one, words)) },
  ];
  return withRows.filter(({ rows }) => rows.length > 0);
}

const icons = { critical: '🔴', warning: '🟠', info: 'ℹ️' } as const;

function incidentRow(
  { about, urgency, since, with: by }: DigestIncident,
  { shared, words }: { readonly shared: boolean; readonly words: Words },
) {
  const when = words.time.moment(since, words.now);
  const nobody = words.say(shared ? 'digest.sinceAlone' : 'digest.since', { when });
  return {
    text: words.say('incident.title', { icon: icons[urgency], line: words.say(`incident.line.${about}`) }),
    detail: by === null ? nobody : words.say('digest.sinceWith', { when, name: plainName(by) }),
  };
}

function requestRow({ number, amount, requester, needs, overdue }: DigestRequest, words: Words) {
  const waits = words.say(`digest.needs.${needs}`, { name: plainName(requester) });
  return {
    text: words.say('digest.request', { number, amount: words.money.withCode(amount) }),
    detail: overdue ? words.say('digest.overdue', { waits }) : waits,
  };
}

/** The list stays where it is: what is opened comes as a message of its own. */
function buttons({ night, incidents, requests }: DigestAnswer, words: Words): readonly ActionView[] {
  const views = [
    ...[...night, ...incidents].map(({ id, about }) =>
      action({
        title: words.say(`incident.name.${about}`),
        verb: 'alert.view',
        data: { episode: id, beside: true },
      }),
    ),
    ...requests.map(({ number }) =>
      action({
        title: words.say('approvals.view', { number }),
        verb: 'topup.view',
        data: { request: number, beside: true },
      }),
    ),
  ];
  return views.slice(0, mostButtons);
}

function asOfText({ accounts: [first] }: DigestAnswer, words: Words): string {
  if (first === undefined) return words.say('topup.asOf', { when: zonedMoment(words, words.now) });
  return asOf(words, first);
}
