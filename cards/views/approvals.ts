import type { ApprovalsAnswer, ApprovalsRow } from '../../src/answers/approvals.ts';
import type { Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import { zonedMoment } from './balance-line.ts';
import { dayText } from './day-range.ts';
import { questions } from './questions.ts';

/** As many requests have a button as the card has room for. */
const mostButtons = 3;

export function approvalsView(answer: ApprovalsAnswer, words: Words) {
  const { rows, period, total, open } = answer;
  return {
    line:
      period === null ? words.say('approvals.line', { open }) : words.say('approvals.linePeriod', { total }),
    caption: caption(answer, words),
    rows: rows.map((row) => rowView(row, words)),
    asOf: words.say('topup.asOf', { when: zonedMoment(words, words.now) }),
    actions: [...requestButtons(rows, words), ...pageButtons(answer, words)],
    questions: questions(words, 'question.topup'),
  };
}

function caption({ period, total }: ApprovalsAnswer, words: Words): string {
  if (period === null) return total === 0 ? words.say('approvals.none') : '';
  return words.say('approvals.period', { from: dayText(words, period.from), to: dayText(words, period.to) });
}

function rowView(row: ApprovalsRow, words: Words) {
  const { number, status, amount, requester, requestedAt, approvals } = row;
  const names = approvals.map(({ name, at }) =>
    words.say('approvals.person', { name, when: words.time.date(at, words.now) }),
  );
  return {
    amount: words.money.withCode(amount),
    status: words.say('approvals.row', { number, status: words.say(`topup.status.${status}`) }),
    asked: words.say('approvals.asked', {
      name: requester,
      when: words.time.moment(requestedAt, words.now),
    }),
    approved: names.length === 0 ? '' : words.say('approvals.approved', { names: names.join(', ') }),
  };
}

/** What is open comes before what is only to be read. */
function requestButtons(rows: readonly ApprovalsRow[], words: Words): readonly ActionView[] {
  const openFirst = [...rows.filter(({ open }) => open), ...rows.filter(({ open }) => !open)];
  return openFirst.slice(0, mostButtons).map(({ number }) =>
    action({
      title: words.say('approvals.view', { number }),
      verb: 'topup.view',
      data: { request: number },
    }),
  );
}

function pageButtons({ older, period }: ApprovalsAnswer, words: Words): readonly ActionView[] {
  const next = older === null ? [] : [olderPage(older, period, words)];
  return [...next, action({ title: words.say('approvals.delegate'), verb: 'topup.delegate', data: {} })];
}

function olderPage(below: number, period: ApprovalsAnswer['period'], words: Words): ActionView {
  const days = period === null ? {} : { from: period.from, to: period.to };
  return action({ title: words.say('approvals.older'), verb: 'approvals.older', data: { below, ...days } });
}
