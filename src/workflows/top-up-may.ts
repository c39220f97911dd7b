import type { TopUpVerb } from '../answers/top-up.ts';
import { topUp } from '../approvals/top-up.ts';
import type { Actor, TopUpCommand } from '../approvals/top-up-events.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import type { Instant } from '../decision/time.ts';

/** Who looks at a request, when, and how much is left in its account, in micro-units. */
export interface Onlooker {
  readonly actor: Actor;
  readonly balance: bigint;
  readonly at: Instant;
}

/** What somebody may do with a request now, by the rules themselves: what they would refuse is not offered. */
export function mayDo(state: TopUp, { actor, balance, at }: Onlooker): readonly TopUpVerb[] {
  const { revision, wish } = state;
  const offers: readonly (readonly [TopUpVerb, TopUpCommand])[] = [
    ['topup.approve', { type: 'approve', by: actor, comment: null, revision }],
    ['topup.reject', { type: 'reject', by: actor, comment: 'why', revision }],
    ['topup.override', { type: 'override', by: actor, balance, revision }],
    [
      'topup.recordPurchase',
      {
        type: 'recordPurchase',
        by: actor,
        purchase: { orderNumber: 'any', amount: wish.amount, boughtAt: at },
      },
    ],
    ['topup.purchaseFailed', { type: 'failPurchase', by: actor, comment: null }],
    [
      'topup.open',
      { type: 'edit', by: actor.person, wish: { ...wish, reason: `${wish.reason}, changed` }, revision },
    ],
    ['topup.cancel', { type: 'cancel', by: actor.person, comment: null }],
  ];
  return offers.flatMap(([verb, command]) => {
    const decision = topUp.decide(state, command, at);
    // What is known already is accepted, and would change nothing.
    return decision.kind === 'accepted' && decision.events.length > 0 ? [verb] : [];
  });
}
