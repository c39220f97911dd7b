import { isAwaitingProof } from '../approvals/buying.ts';
import { proofBy } from '../approvals/proof.ts';
import type { Person } from '../approvals/quorum.ts';
import { topUp } from '../approvals/top-up.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import type { Head } from '../decision/commit.ts';
import { personId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import { checks } from '../ledger/check.ts';
import type { Money } from '../money/money.ts';
import { type BookedTopUp, bookTopUp, nothingBooked } from './book-top-up.ts';
import type { Versioned } from './tenant-books.ts';
import { topUpsIn } from './top-up-books.ts';

/** What the balance told: a figure of the admin centre beside our estimate, or that so much came in. */
export type BalanceSeen =
  | { readonly kind: 'figure'; readonly figure: Money; readonly estimate: Money }
  | { readonly kind: 'rise'; readonly amount: Money };

/**
 * What a figure or a rise of the balance means for the purchases that wait for proof: a part of the commit that
 * records it, so that the two cannot part. Only purchases made by then are spoken of.
 */
export function proveByBalance(
  heads: ReadonlyMap<string, Head>,
  seen: BalanceSeen,
  { by, seenAt, at }: { readonly by: Person | null; readonly seenAt: Instant; readonly at: Instant },
): BookedTopUp {
  const { currency } = seen.kind === 'figure' ? seen.figure : seen.amount;
  const waiting = topUpsIn({ heads }).flatMap((before) => {
    const purchase = before.state.purchases.at(-1);
    const isMeant =
      isAwaitingProof(before.state) && purchase?.amount.currency === currency && purchase.boughtAt <= seenAt;
    return isMeant ? [{ before, number: before.state.number, purchase }] : [];
  });
  const proof = seen.kind === 'figure' ? byFigure(seen, waiting) : byRise(seen, waiting);
  const booked = waiting.map(({ before, number }) => {
    if (proof.proven.includes(number)) return decided(before, { type: 'prove', by }, at);
    if (proof.disproved.includes(number)) return decided(before, { type: 'disprove', by }, at);
    return nothingBooked;
  });
  return {
    part: {
      heads: booked.flatMap(({ part }) => part.heads),
      events: booked.flatMap(({ part }) => part.events),
    },
    facts: booked.flatMap(({ facts }) => facts),
    messages: booked.flatMap(({ messages }) => messages),
  };
}

/** A figure that was read in the admin centre, by a person or by what tells of billing events. */
interface CheckSeen {
  readonly observed: Money;
  readonly observedAt: Instant;
  readonly at: Instant;
  readonly by: string;
  readonly byName: string;
}

/**
 * What a recorded check says of purchases that nobody saw yet, from the account as it will be. The first figure ever
 * has no estimate beside it, and so says nothing.
 */
export function proofByCheck(
  heads: ReadonlyMap<string, Head>,
  check: CheckSeen,
  { next, id }: { readonly next: AccountState; readonly id: string },
): BookedTopUp {
  const recorded = checks(next).find(({ observation }) => observation.id === id);
  if (recorded === undefined || recorded.opening) return nothingBooked;
  const by = personId(check.by);
  return proveByBalance(
    heads,
    { kind: 'figure', figure: check.observed, estimate: recorded.estimateBefore },
    {
      by: by === null ? null : { id: by, name: check.byName },
      seenAt: check.observedAt,
      at: check.at,
    },
  );
}

type Waiting = Parameters<typeof proofBy>[2];

function byFigure(
  { figure, estimate }: { readonly figure: Money; readonly estimate: Money },
  waiting: Waiting,
) {
  return proofBy(figure.microUnits, estimate.microUnits, waiting);
}

/** The oldest purchases first, as far as the money goes; what it does not cover is not disproved by it. */
function byRise({ amount }: { readonly amount: Money }, waiting: Waiting): ReturnType<typeof proofBy> {
  let left = amount.microUnits;
  const oldestFirst = [...waiting].sort((one, other) => one.purchase.boughtAt - other.purchase.boughtAt);
  const covered = oldestFirst.filter(({ purchase }) => {
    if (purchase.amount.microUnits > left) return false;
    left -= purchase.amount.microUnits;
    return true;
  });
  return { proven: covered.map(({ number }) => number), disproved: [] };
}

function decided(
  before: Versioned<TopUp>,
  command: { readonly type: 'prove' | 'disprove'; readonly by: Person | null },
  at: Instant,
): BookedTopUp {
  const decision = topUp.decide(before.state, command, at);
  return decision.kind === 'refused' ? nothingBooked : bookTopUp(before, decision.events);
}
