import assert from 'node:assert/strict';
import { billingAdministrator, defaultPolicy, globalAdministrator } from '../../src/approvals/policy.ts';
import type { Person, Right } from '../../src/approvals/quorum.ts';
import { topUp } from '../../src/approvals/top-up.ts';
import type { Actor, TopUpCommand, TopUpEvent } from '../../src/approvals/top-up-events.ts';
import type { TopUp, TopUpState, Wish } from '../../src/approvals/top-up-state.ts';
import { personId } from '../../src/decision/ids.ts';
import type { Day, Instant } from '../../src/decision/time.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';

export const start = Date.parse('2026-11-24T09:00:00Z');
export const policy = defaultPolicy(currencyOf('USD'));
const teamsAdministrator = '69091246-20e8-4a56-aa4d-066075b2a7a8';

function person(digit: string, name: string): Person {
  const id = personId(`${digit.repeat(8)}-0000-4000-8000-000000000000`);
  return { id: id ?? assert.fail('no id'), name };
}

const own = (of: Person, ...roles: readonly string[]): Right => ({ of, roles });

/** A requester who is a Billing Administrator, and others. */
export const grace = person('a', 'Grace');
export const seoyeon = person('b', '서연');
export const marcus = person('c', 'Marcus');
export const jihoon = person('d', '지훈');
export const ingrid = person('e', 'Ingrid');

const rights = new Map<Person, readonly string[]>([
  [grace, [billingAdministrator]],
  [seoyeon, [billingAdministrator]],
  [marcus, [globalAdministrator]],
  [jihoon, [teamsAdministrator]],
  [ingrid, []],
]);

/** Somebody at a tap, for themselves and for those who are absent. */
export function actor(who: Person, ...actsFor: readonly Person[]): Actor {
  return { person: who, rights: [who, ...actsFor].map((of) => own(of, ...(rights.get(of) ?? []))) };
}

export function wish(amount: string, told: Partial<Wish> = {}): Wish {
  return { amount: moneyOf(amount), reason: null, neededBy: null, ...told };
}

export function submitted(amount: string, told: Partial<Wish> = {}): TopUp {
  const command: TopUpCommand = {
    type: 'submit',
    by: grace,
    wish: wish(amount, told),
    opening: { number: 42, policy },
  };
  return having({ status: 'draft' }, [command]);
}

/** What the commands come to, each accepted. */
export function having(state: TopUpState, commands: readonly TopUpCommand[], at: Instant = start): TopUp {
  const end = commands.reduce<TopUpState>((before, command) => accept(before, command, at).state, state);
  if (end.status === 'draft') throw new Error('Nothing was submitted.');
  return end;
}

export function accept(
  state: TopUpState,
  command: TopUpCommand,
  at: Instant = start,
): { readonly state: TopUpState; readonly events: readonly TopUpEvent[] } {
  const decision = topUp.decide(state, command, at);
  if (decision.kind === 'refused') throw new Error(`refused: ${decision.refusal.code}`);
  return { state: decision.events.reduce(topUp.evolve, state), events: decision.events };
}

/** The code of the refusal; `accepted` where there is none. */
export function verdict(state: TopUpState, command: TopUpCommand, at: Instant = start): string {
  const decision = topUp.decide(state, command, at);
  return decision.kind === 'refused' ? decision.refusal.code : 'accepted';
}

export const approve = (by: Actor, revision = 1, comment: string | null = null): TopUpCommand => ({
  type: 'approve',
  by,
  comment,
  revision,
});

export const reject = (by: Actor, comment: string | null = 'too much', revision = 1): TopUpCommand => ({
  type: 'reject',
  by,
  comment,
  revision,
});

export const bought = (by: Actor, amount: string, boughtAt: Instant = start): TopUpCommand => ({
  type: 'recordPurchase',
  by,
  purchase: { orderNumber: 'E0100ABC', amount: moneyOf(amount), boughtAt },
});

export const day = (text: string): Day => text as Day;
