import { accepted, type Decider, type Decision, type Refusal, refused } from '../decision/decider.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import type { Person } from './quorum.ts';

/** Somebody acts for a person who is absent, from one instant until before another. */
export interface Delegation {
  readonly from: Person;
  readonly to: Person;
  readonly start: Instant;
  readonly end: Instant;
  /** Who arranged it: the absent person, or an administrator for them. */
  readonly by: Person;
}

export type DelegationCommand =
  | { readonly type: 'delegate'; readonly delegation: Delegation }
  | { readonly type: 'withdraw'; readonly id: string };

export interface DelegationEvent {
  readonly type: 'delegated' | 'undelegated';
  readonly at: Instant;
  readonly delegation: Delegation;
}

export interface DelegationRefusal extends Refusal {
  readonly code:
    | 'delegation-self'
    | 'delegation-dates'
    | 'delegation-too-long'
    | 'delegation-taken'
    | 'delegation-chain'
    | 'delegation-unknown';
}

export type Delegations = readonly Delegation[];

/** Who acts for whom, and when: no two that count at one time have the same. */
export function delegationId({ from, to, start, end }: Omit<Delegation, 'by'>): string {
  return [from.id, to.id, start, end].join(':');
}

export const longestDelegationDays = 90;

/**
 * Delegations that have not ended. Refuses, in this order: to oneself, dates that end before they begin or have
 * passed, too long a time, a second delegate for the same days, and a chain: a delegate does not delegate, for the
 * absent person chose that one and nobody further. What is withdrawn must still be there (`delegation-unknown`).
 */
export const delegations: Decider<Delegations, DelegationCommand, DelegationEvent, DelegationRefusal> = {
  decide(known, command, at): Decision<DelegationEvent, DelegationRefusal> {
    if (command.type === 'withdraw') return withdraw(known, command.id, at);
    const { delegation } = command;
    const { from, to, start, end } = delegation;
    if (from.id === to.id) return refused({ code: 'delegation-self' });
    if (end <= start || end <= at) return refused({ code: 'delegation-dates' });
    if (end - start > longestDelegationDays * dayMs) {
      return refused({ code: 'delegation-too-long', data: { days: longestDelegationDays } });
    }
    const overlapping = known.filter((other) => other.start < end && start < other.end);
    if (overlapping.some((other) => sameDelegation(other, delegation))) return accepted();
    if (overlapping.some((other) => other.from.id === from.id)) return refused({ code: 'delegation-taken' });
    if (overlapping.some((other) => other.from.id === to.id || other.to.id === from.id)) {
      return refused({ code: 'delegation-chain' });
    }
    return accepted({ type: 'delegated', at, delegation });
  },
  evolve(known, { type, at, delegation }) {
    const others = known.filter((other) => other.end > at && !sameDelegation(other, delegation));
    return type === 'delegated' ? [...others, delegation] : others;
  },
};

function withdraw(known: Delegations, id: string, at: Instant): Decision<DelegationEvent, DelegationRefusal> {
  const delegation = known.find((other) => delegationId(other) === id && other.end > at);
  if (delegation === undefined) return refused({ code: 'delegation-unknown' });
  return accepted({ type: 'undelegated', at, delegation });
}

/** Those for whom a person acts at an instant. */
export function absentFor(known: Delegations, person: Person['id'], at: Instant): readonly Person[] {
  return known
    .filter(({ to, start, end }) => to.id === person && start <= at && at < end)
    .map(({ from }) => from);
}

function sameDelegation(left: Delegation, right: Delegation): boolean {
  return delegationId(left) === delegationId(right);
}
