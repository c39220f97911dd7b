import type { TopUpAnswer, TopUpNote, TopUpVerb } from '../../src/answers/top-up.ts';
import type { TextKey, Words } from '../words.ts';
import { type ActionView, action } from './action.ts';

interface Offer {
  readonly verb: TopUpVerb;
  readonly title: TextKey;
  /** Of what was done without approval. */
  readonly reviewTitle?: TextKey;
  readonly style: ActionView['style'];
}

/** The likeliest first; what refuses or ends is never first. */
const offers: readonly Offer[] = [
  {
    verb: 'topup.approve',
    title: 'topup.action.approve',
    reviewTitle: 'topup.action.reviewApprove',
    style: 'positive',
  },
  { verb: 'topup.recordPurchase', title: 'topup.action.recordPurchase', style: 'positive' },
  {
    verb: 'topup.reject',
    title: 'topup.action.reject',
    reviewTitle: 'topup.action.reviewReject',
    style: 'destructive',
  },
  { verb: 'topup.purchaseFailed', title: 'topup.action.purchaseFailed', style: 'default' },
  { verb: 'topup.open', title: 'topup.action.open', style: 'default' },
  { verb: 'topup.override', title: 'topup.action.override', style: 'default' },
  { verb: 'topup.cancel', title: 'topup.action.cancel', style: 'destructive' },
];

/** What this viewer may do, and no more; a card has room for six, one of them a link. */
export function topUpActions(answer: TopUpAnswer, words: Words): readonly ActionView[] {
  const { number, revision, version, may, status, note } = answer;
  if (note?.code === 'topup-similar') return besideSimilar(answer, note, words);
  const ofReview = status !== 'pending';
  const offered = offers.filter(({ verb }) => may.includes(verb));
  return offered
    .map(({ verb, title, reviewTitle, style }) =>
      action({
        title: words.say(ofReview && reviewTitle !== undefined ? reviewTitle : title),
        verb,
        style,
        data: { request: number, revision, version },
      }),
    )
    .slice(0, mostActions);
}

const mostActions = 5;

/**
 * The same wish beside the similar one that is shown, with what was typed for it, or that one by itself: its own
 * inputs would be taken for the wish.
 */
function besideSimilar({ number }: TopUpAnswer, { typed }: TopUpNote, words: Words): readonly ActionView[] {
  return [
    action({
      title: words.say('topup.action.again'),
      verb: 'topup.submit',
      data: { ...typed, despite: number },
    }),
    action({
      title: words.say('approvals.view', { number }),
      verb: 'topup.view',
      data: { request: number },
    }),
  ];
}

const withComment: ReadonlySet<TopUpVerb> = new Set([
  'topup.approve',
  'topup.reject',
  'topup.purchaseFailed',
]);

export function wantsComment(may: readonly TopUpVerb[]): boolean {
  return may.some((verb) => withComment.has(verb));
}
