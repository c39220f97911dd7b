import type { TopUpAnswer, TrailFigures } from '../../src/answers/top-up.ts';
import { startOfDay } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import { isTextKey, type Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { billingPage } from './billing-page.ts';
import { type Fact, fact } from './fact.ts';
import { fitting } from './fitting.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';
import { topUpActions, wantsComment } from './top-up-actions.ts';
import { decisionFacts, noteView, personText, runwayFacts, seatText } from './top-up-parts.ts';

export function topUpView(answer: TopUpAnswer, words: Words) {
  const { number, amount, reason, note, trail } = answer;
  // Beside a similar one nothing is filled in: see the actions.
  const may = note?.code === 'topup-similar' ? [] : answer.may;
  const isToBuy = may.includes('topup.recordPurchase');
  const actions = topUpActions(answer, words);
  return {
    line: line(answer, words),
    title: words.say('topup.lineShort', { number, status: statusText(answer, words) }),
    figure: words.money.plain(amount),
    note: noteView(note, words),
    next: words.say(`topup.next.${waitingFor(answer)}`, {
      amount: words.money.withCode(amount),
    }),
    state: reviewState(answer, words),
    facts: facts(answer, words),
    reason: reason === null ? '' : words.say('topup.reason', { reason }),
    trailTitle: words.say('topup.trail'),
    trail: trail.slice(-mostTrail).map((entry) => ({ text: trailText(entry, words) })),
    orders: isToBuy ? [orderInputs(answer, words)] : [],
    comments: wantsComment(may) ? [commentInput(answer, words)] : [],
    actions,
    links: isToBuy ? [{ title: words.say('topup.action.billing'), url: billingPage }] : [],
    questions: nextQuestions(answer, words),
    asOf: words.say('topup.asOf', { when: zonedMoment(words, words.now) }),
  };
}

/** Who waits for the money looks at the balance; on a closed card there is nothing else to do. */
function nextQuestions({ status, may }: TopUpAnswer, words: Words) {
  if (status === 'purchased' || status === 'reopened') return questions(words, 'question.balance');
  return may.length === 0 ? questions(words, 'question.balance', 'question.approvals') : [];
}

/** A purchase that is open again is either not seen yet or known to be missing. */
function waitingFor({ status, reopened }: TopUpAnswer) {
  return status === 'reopened' ? (reopened ?? 'no-proof') : status;
}

/** Older entries are in the audit. */
const mostTrail = 12;

function line(answer: TopUpAnswer, words: Words): string {
  const { number, amount } = answer;
  const status = statusText(answer, words);
  return fitting(words.language, [
    words.say('topup.line', { number, status, amount: words.money.withCode(amount) }),
    words.say('topup.line', { number, status, amount: words.money.plain(amount) }),
    words.say('topup.lineShort', { number, status }),
  ]);
}

function statusText({ status }: Pick<TopUpAnswer, 'status'>, words: Words): string {
  return words.say(`topup.status.${status}`);
}

function facts(answer: TopUpAnswer, words: Words): readonly Fact[] {
  const { requester, requestedAt, neededBy, approvals, review, needed, status, dueAt, purchase } = answer;
  const approvers = [...approvals, ...(review?.approvals ?? [])].map((approval) =>
    personText(approval, words),
  );
  const untilKey = `topup.fact.until.${status}`;
  return [
    fact(words.say('topup.fact.requester'), words.say('topup.person', { name: plainName(requester) })),
    fact(words.say('topup.fact.requested'), zonedMoment(words, requestedAt)),
    ...(neededBy === null
      ? []
      : [fact(words.say('topup.fact.neededBy'), words.utc.date(startOfDay(neededBy), words.now))]),
    ...(approvers.length === 0 ? [] : [fact(words.say('topup.fact.approved'), approvers.join(', '))]),
    ...(needed.length === 0
      ? []
      : [fact(words.say('topup.fact.needed'), needed.map((seat) => seatText(seat, words)).join('; '))]),
    ...(dueAt === null || !isTextKey(untilKey) ? [] : [fact(words.say(untilKey), zonedMoment(words, dueAt))]),
    ...(purchase === null
      ? []
      : [
          fact(words.say('topup.fact.order'), plainName(purchase.orderNumber)),
          fact(
            words.say('topup.fact.bought'),
            words.say('topup.boughtBy', {
              amount: words.money.withCode(purchase.amount),
              name: plainName(purchase.by),
            }),
          ),
        ]),
    ...(status === 'pending' ? decisionFacts : runwayFacts)(answer.runway, words),
  ];
}

/** What was done without the approval it needed, or in another amount, and what others say of it. */
function reviewState({ review, purchase }: TopUpAnswer, words: Words) {
  const difference = purchase?.difference ?? null;
  const isMore = difference !== null && difference.microUnits > 0n;
  const differs =
    difference === null
      ? ''
      : words.say(isMore ? 'topup.more' : 'topup.less', {
          amount: words.money.withCode({
            ...difference,
            microUnits: isMore ? difference.microUnits : -difference.microUnits,
          }),
        });
  if (review === null) {
    return differs === '' ? [] : [{ style: 'warning', title: differs, text: words.say('topup.reviewNone') }];
  }
  const looked = words.say(`topup.review.${review.outcome}`, { when: zonedMoment(words, review.dueAt) });
  return [
    {
      style: review.outcome === 'approved' ? 'good' : 'warning',
      title: words.say(`topup.review.${review.why}.title`),
      text: [differs, looked].filter((text) => text !== '').join(' '),
    },
  ];
}

function trailText(entry: TrailFigures, words: Words): string {
  const { type, at, comment } = entry;
  const key = `topup.trail.${type}`;
  const when = words.time.moment(at, words.now);
  const told = isTextKey(key) ? words.say(key, { when, name: actorText(entry, words) }) : '';
  // The reason stands above.
  const isSaidAbove = type === 'requested' || type === 'edited';
  return comment === null || isSaidAbove ? told : `${told} ${words.say('topup.comment', { comment })}`;
}

function actorText({ by, actsFor }: TrailFigures, words: Words): string {
  if (by === null || actsFor === null) return by ?? '';
  return words.say('topup.trail.inPlaceOf', { name: by, absent: actsFor });
}

function commentInput({ note, may }: TopUpAnswer, words: Words) {
  const mayReject = may.includes('topup.reject');
  return {
    label: words.say(mayReject ? 'topup.input.comment' : 'topup.input.commentOptional'),
    example: words.say('topup.input.commentExample'),
    comment: note?.typed.comment?.slice(0, 500) ?? '',
  };
}

function orderInputs({ amount, note }: TopUpAnswer, words: Words) {
  const { orderNumber = '', amount: typed = '', purchasedOn = '' } = note?.typed ?? {};
  return {
    orderLabel: words.say('topup.input.order'),
    orderExample: words.say('topup.input.orderExample'),
    orderNumber: orderNumber.slice(0, 64),
    amountLabel: words.say('topup.input.amount'),
    amountExample: words.say('form.example', { example: toDecimal(amount) }),
    amount: typed === '' ? toDecimal(amount) : typed.slice(0, 60),
    onLabel: words.say('topup.input.on'),
    purchasedOn,
  };
}
