import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Person } from '../../src/approvals/quorum.ts';
import { storeTopUp } from '../../src/approvals/stored-top-up.ts';
import { topUp } from '../../src/approvals/top-up.ts';
import type { TopUpCommand } from '../../src/approvals/top-up-events.ts';
import { isClosed, type TopUp, type TopUpState } from '../../src/approvals/top-up-state.ts';
import { dayMs } from '../../src/decision/time.ts';
import {
  actor,
  approve,
  bought,
  grace,
  ingrid,
  jihoon,
  marcus,
  reject,
  seoyeon,
  start,
  submitted,
  wish,
} from './builders.ts';
import { type NaivePerson, NaiveTopUp } from './naive-top-up.ts';

/** One thing that somebody may do, to the request and to the model of it. */
interface Act {
  readonly name: string;
  readonly command: (revision: number) => TopUpCommand;
  readonly inModel: (model: NaiveTopUp, revision: number) => string;
}

const kinds = new Map<Person, NaivePerson['rights'][number]['kind']>([
  [grace, 'billing'],
  [seoyeon, 'billing'],
  [marcus, 'global'],
  [jihoon, 'other'],
  [ingrid, 'other'],
]);

function actsOf(who: Person, ...actsFor: readonly Person[]): readonly Act[] {
  const by = actor(who, ...actsFor);
  const naive: NaivePerson = {
    name: who.name,
    rights: [who, ...actsFor].map((of) => ({ of: of.name, kind: kinds.get(of) ?? 'other' })),
  };
  const act = (name: string, command: Act['command'], inModel: Act['inModel']): Act => ({
    name: `${who.name} ${name}`,
    command,
    inModel,
  });
  return [
    act(
      'approves',
      (revision) => approve(by, revision),
      (model, revision) => model.approve(naive, revision),
    ),
    act(
      'rejects',
      (revision) => reject(by, 'no', revision),
      (model, revision) => model.reject(naive, revision),
    ),
    act(
      'cancels',
      () => ({ type: 'cancel', by: who, comment: null }),
      (model) => model.cancel(naive),
    ),
    ...[150, 2_500].map((amount) =>
      act(
        `changes it to ${amount}`,
        (revision) => ({ type: 'edit', by: who, wish: wish(`${amount}`), revision }),
        (model, revision) => model.edit(naive, amount, revision),
      ),
    ),
    ...[0, 1].map((balance) =>
      act(
        `forces it at ${balance}`,
        (revision) => ({ type: 'override', by, balance: BigInt(balance), revision }),
        (model, revision) => model.override(naive, balance, revision),
      ),
    ),
    ...[150, 2_500].map((amount) =>
      act(
        `buys for ${amount}`,
        () => bought(by, `${amount}`),
        (model) => model.buy(naive, amount),
      ),
    ),
  ];
}

const ofTheBalance: readonly Act[] = [
  {
    name: 'the balance shows it',
    command: () => ({ type: 'prove', by: null }),
    inModel: (model) => model.prove(),
  },
  {
    name: 'the balance does not show it',
    command: () => ({ type: 'disprove', by: null }),
    inModel: (model) => model.disprove(),
  },
];

const everything: readonly Act[] = [
  ...[grace, seoyeon, marcus, jihoon].flatMap((who) => actsOf(who)),
  ...actsOf(ingrid, seoyeon),
  ...ofTheBalance,
];

describe('a request against a naive model', () => {
  it('says and becomes the same in 100,000 random sequences', () => {
    const steps = fc.array(
      fc.record({
        act: fc.constantFrom(...everything),
        stale: fc.integer({ min: 0, max: 7 }),
        days: fc.constantFrom(0, 0, 0, 0, 1, 2),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.constantFrom(150, 300, 2_500), steps, (amount, sequence) => {
        let state = submitted(`${amount}`);
        const model = new NaiveTopUp(grace.name, amount);
        for (const { act, stale, days } of sequence) {
          for (let day = 0; day < days; day += 1) {
            model.passDay();
            state = step(state, { type: 'passTime' }, start + model.day * dayMs).state;
          }
          assert.equal(state.status, model.status, 'what the days did');
          // One in eight taps a card that was drawn before the last change.
          const revision = Math.max(1, state.revision - (stale === 0 ? 1 : 0));
          const next = step(state, act.command(revision), start + model.day * dayMs);
          assert.equal(next.told, act.inModel(model, revision), act.name);
          state = next.state;
          assert.equal(state.status, model.status, act.name);
        }
      }),
      { numRuns: 100_000 },
    );
  }).timeout(120_000);
});

/**
 * Goal: no interleaving of four people breaks the rules. Method: from each amount, every sequence of six acts is
 * walked; states that are equal are walked once.
 */
describe('every interleaving of four people and six acts', () => {
  const mostActs = 6;
  const people = [grace, seoyeon, marcus]
    .flatMap((who) => actsOf(who))
    .concat(actsOf(ingrid, seoyeon), ofTheBalance);

  for (const amount of [150, 300, 2_500]) {
    it(`keeps the rules for ${amount}`, () => {
      let front = new Map([[keyOf(submitted(`${amount}`)), submitted(`${amount}`)]]);
      const seen = new Set(front.keys());
      for (let acts = 0; acts < mostActs; acts += 1) {
        const next = new Map<string, TopUp>();
        for (const state of front.values()) {
          for (const { command, name } of people) {
            const { state: reached } = step(state, command(state.revision));
            checkStep(state, reached, name);
            const key = keyOf(reached);
            if (seen.has(key)) continue;
            seen.add(key);
            next.set(key, reached);
          }
        }
        front = next;
      }
      assert.ok(seen.size > 100, `${seen.size} states were reached`);
    }).timeout(60_000);
  }
});

function step(
  state: TopUp,
  command: TopUpCommand,
  at = start,
): { readonly state: TopUp; readonly told: string } {
  const decision = topUp.decide(state, command, at);
  if (decision.kind === 'refused') return { state, told: decision.refusal.code };
  const next = decision.events.reduce<TopUpState>(topUp.evolve, state);
  if (next.status === 'draft') throw new Error('A request became a draft.');
  return { state: next, told: decision.events.length === 0 ? 'same' : 'changed' };
}

/** What a request may never do, whatever led to it. */
function checkStep(before: TopUp, state: TopUp, name: string): void {
  if (isClosed(before)) assert.equal(state.status, before.status, `${name}: never after the end`);
  const approvers = state.approvals.map(({ person }) => person.name);
  assert.equal(new Set(approvers).size, approvers.length, `${name}: nobody counts twice`);
  assert.ok(!approvers.includes(state.requester.name), `${name}: never the requester`);
  const own = state.approvals.flatMap(({ rights }) => rights.map(({ of }) => of.name));
  assert.ok(!own.includes(state.requester.name), `${name}: never in the requester's place`);
  if (state.status !== 'approved' || before.status === 'approved') return;
  assert.equal(before.status, 'pending', `${name}: approved once`);
  if (state.review !== null) return;
  // Two distinct people, one of them billing, or one of the right kind: told without the product's own matching.
  const amount = Number(state.wish.amount.microUnits / 1_000_000n);
  const billing = approvers.filter((approver) => ['서연', 'Ingrid'].includes(approver));
  if (amount > 2_000) assert.ok(approvers.length >= 2 && billing.length >= 1, `${name}: ${approvers.join()}`);
  else if (amount > 200) assert.ok(billing.length >= 1, `${name}: ${approvers.join()}`);
  else assert.ok(approvers.length >= 1, name);
  // Ingrid acts for 서연, so the two are one right.
  if (amount > 2_000) assert.notDeepEqual([...approvers].sort(), ['Ingrid', '서연'], name);
}

/** All of a state but the order in which it came about. */
function keyOf(state: TopUp): string {
  return JSON.stringify(storeTopUp({ ...state, trail: [] }));
}
