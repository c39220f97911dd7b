import { storeTopUpEvent } from '../approvals/stored-top-up.ts';
import { NotBegun, topUp } from '../approvals/top-up.ts';
import type { TopUpEvent } from '../approvals/top-up-events.ts';
import type { TopUp, TopUpState } from '../approvals/top-up-state.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { OutboxMessage } from '../decision/commit.ts';
import type { JsonValue } from '../decision/json.ts';
import { toDecimal } from '../money/money.ts';
import type { Booked } from './booking.ts';
import type { Versioned } from './tenant-books.ts';
import { topUpHead } from './top-up-books.ts';
import { topUpMessages } from './top-up-messages.ts';

/** What a request's events come to: a part of a change, what the audit tells, and who hears of it. */
export interface BookedTopUp {
  readonly part: Booked;
  readonly facts: readonly AuditFact[];
  readonly messages: readonly OutboxMessage[];
}

export const nothingBooked: BookedTopUp = { part: { heads: [], events: [] }, facts: [], messages: [] };

/** Who acted where nobody did: the part that followed the clock or the balance. */
const byItself = 'credits';

export function bookTopUp(before: Versioned<TopUpState>, events: readonly TopUpEvent[]): BookedTopUp {
  if (events.length === 0) return nothingBooked;
  const next = events.reduce(topUp.evolve, before.state);
  if (next.status === 'draft') throw new NotBegun('nothing');
  return {
    part: {
      heads: [topUpHead(before, next)],
      events: events.map((event) => ({
        log: 'topups',
        event: { v: 1, number: next.number, event: storeTopUpEvent(event) },
      })),
    },
    facts: events.map((event) => auditFact(event, next)),
    messages: topUpMessages(next, events, before.version + 1),
  };
}

function auditFact(event: TopUpEvent, next: TopUp): AuditFact {
  return {
    at: event.at,
    actor: event.by?.id ?? byItself,
    type: `topup.${event.type}`,
    subject: `topup:${next.number}`,
    data: {
      name: event.by?.name ?? null,
      status: next.status,
      rule: { ...event.rule },
      comment: event.comment,
      amount: toDecimal(next.wish.amount),
      currency: next.wish.amount.currency,
      ...particulars(event),
    },
  };
}

function particulars(event: TopUpEvent): { readonly [key: string]: JsonValue } {
  switch (event.type) {
    case 'approved': {
      const { actsFor, rights } = event.approval;
      const roles = [...new Set(rights.flatMap((right) => right.roles))];
      return { of: event.of, roles, actsFor: actsFor === null ? null : { ...actsFor } };
    }
    case 'purchased': {
      const { orderNumber, amount, boughtAt } = event.purchase;
      return { orderNumber, bought: toDecimal(amount), boughtAt, review: event.review?.why ?? null };
    }
    case 'edited':
      return { voided: event.voided };
    case 'reopened':
      return { why: event.why };
    case 'reviewed':
      return { outcome: event.outcome };
    case 'rerouted':
      return { enough: event.enough };
    default:
      return {};
  }
}
