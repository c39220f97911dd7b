import assert from 'node:assert/strict';
import { readTopUp, readTopUpEvent } from '../../src/approvals/stored-top-up.ts';
import { topUp } from '../../src/approvals/top-up.ts';
import type { TopUpCommand } from '../../src/approvals/top-up-events.ts';
import type { TopUp, TopUpState } from '../../src/approvals/top-up-state.ts';
import { digest } from '../../src/decision/digest.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { changeTopUp } from '../../src/workflows/top-up.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { actor, approve, bought, grace, ingrid, marcus, reject, seoyeon } from '../approvals/builders.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { now } from './tenant-under-test.ts';
import { topUpsUnderTest } from './top-ups-under-test.ts';

/** Somebody with one thing to do. */
interface Actor {
  readonly name: string;
  readonly command: TopUpCommand;
}

const approves = (who: typeof grace, ...actsFor: (typeof grace)[]): Actor => ({
  name: `${who.name} approves`,
  command: approve(actor(who, ...actsFor)),
});
const rejects: Actor = { name: 'Marcus rejects', command: reject(actor(marcus)) };
const cancels: Actor = { name: 'Grace cancels', command: { type: 'cancel', by: grace, comment: null } };
const buys: Actor = { name: '서연 buys', command: bought(actor(seoyeon), '500', now) };
const forces: Actor = {
  name: 'Grace forces',
  command: { type: 'override', by: actor(grace), balance: 0n, revision: 1 },
};

describe('requests under many hands at once', () => {
  const redis = withRedis();

  function change(store: Store, tenant: TenantId, { name, command }: Actor) {
    const key = digest(name);
    return changeTopUp(store, {
      tenant,
      number: 1,
      at: now,
      request: { key: `tap:${key}`, digest: key },
      command: () => command,
    });
  }

  async function newTenant(amount: string): Promise<TenantId> {
    const tenant = freshTenant();
    await topUpsUnderTest(redis.store, tenant).submit('grace', amount);
    return tenant;
  }

  async function stored(tenant: TenantId): Promise<TopUp> {
    const head = (await redis.store.heads(tenant)).get('topup:1') ?? assert.fail('no request');
    return readTopUp(head.state);
  }

  async function logged(tenant: TenantId) {
    const events = [];
    for await (const batch of redis.store.log(tenant, 'topups')) {
      events.push(...batch.map((entry) => readTopUpEvent(Object(entry).event)));
    }
    return events;
  }

  /** The log alone tells the state, and in it nothing happened twice, after the end, or without its rule. */
  async function checkSound(tenant: TenantId, schedule: string): Promise<void> {
    const [state, events] = [await stored(tenant), await logged(tenant)];
    const told = events.reduce<TopUpState>(topUp.evolve, { status: 'draft' });
    assert.deepEqual(state, told, schedule);
    const count = (type: string) => events.filter((event) => event.type === type).length;
    assert.ok(count('granted') + count('overridden') <= 1, `${schedule}: approved twice`);
    assert.ok(count('rejected') + count('cancelled') <= 1, `${schedule}: ended twice`);
    assert.ok(count('purchased') <= 1, `${schedule}: bought twice`);
    const names = state.approvals.map(({ person }) => person.name);
    assert.equal(new Set(names).size, names.length, `${schedule}: counted twice`);
    assert.ok(!names.includes('Grace'), `${schedule}: the requester approved`);
    const end = events.findIndex(({ type }) => type === 'rejected' || type === 'cancelled');
    assert.ok(end === -1 || end === events.length - 1, `${schedule}: something came after the end`);
    if (count('granted') === 0) return;
    const enough = names.length === 2 && names.some((name) => name !== 'Marcus');
    assert.ok(enough, `${schedule}: approved by ${names.join()}`);
  }

  /** Each of four people reads, then commits; who must read again after a conflict goes on in turn. */
  const foursomes: readonly (readonly [sentence: string, actors: readonly Actor[]])[] = [
    [
      'two approvals, a rejection and a cancellation',
      [approves(seoyeon), approves(ingrid, seoyeon), rejects, cancels],
    ],
    [
      'three approvals and one alone',
      [approves(seoyeon), approves(marcus), approves(ingrid, seoyeon), forces],
    ],
  ];
  for (const [sentence, actors] of foursomes) {
    it(`keep the rules in every interleaving of ${sentence}`, async () => {
      const schedules = interleavings(actors.map(() => 2));
      assert.equal(schedules.length, 2520);
      await inBatches(schedules, async (schedule) => {
        const tenant = await newTenant(actors.includes(forces) ? '500' : '2500');
        await runInSteps(redis.store, schedule, (store, index) =>
          change(store, tenant, actors[index] ?? assert.fail('no actor')),
        );
        if (actors.includes(forces)) await checkApprovedOnce(tenant, schedule.join(''));
        else await checkSound(tenant, schedule.join(''));
      });
    }).timeout(120_000);
  }

  /** For 500 dollars one Billing Administrator is enough, or one alone where nothing is left. */
  async function checkApprovedOnce(tenant: TenantId, schedule: string): Promise<void> {
    const events = await logged(tenant);
    const approvedBy = events.filter(({ type }) => type === 'granted' || type === 'overridden');
    assert.equal(approvedBy.length, 1, `${schedule}: approved ${approvedBy.length} times`);
    assert.deepEqual(await stored(tenant), events.reduce<TopUpState>(topUp.evolve, { status: 'draft' }));
  }

  it('come to what the rules say in every order of six acts, and the books stay sound', async () => {
    const acts = [approves(seoyeon), approves(marcus), approves(grace), rejects, cancels, buys];
    await inBatches(orders(acts), async (order) => {
      const tenant = await newTenant('2500');
      let expected: TopUpState = await stored(tenant);
      for (const act of order) {
        const decision = topUp.decide(expected, act.command, now);
        const handled = await change(redis.store, tenant, act);
        assert.equal(handled.kind === 'done', decision.kind === 'accepted', act.name);
        if (decision.kind === 'accepted')
          expected = decision.events.reduce<TopUpState>(topUp.evolve, expected);
      }
      assert.deepEqual(await stored(tenant), expected, order.map(({ name }) => name).join());
      await checkSound(tenant, order.map(({ name }) => name).join());
    });
    const tenant = await newTenant('2500');
    for (const act of [approves(seoyeon), approves(marcus), buys]) await change(redis.store, tenant, act);
    assert.deepEqual((await verifyTenant(redis.store, tenant)).violations, []);
  }).timeout(120_000);

  it('take fifty approvals at once as one, and give fifty answers that agree', async () => {
    const topUps = topUpsUnderTest(redis.store);
    const number = await topUps.submit('grace', '150');
    const { revision, version } = await topUps.view('marcus', number);
    const data = { request: number, revision, version };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        topUps.tap(index % 2 === 0 ? 'marcus' : 'seoyeon', 'topup.approve', data, `message ${index}`),
      ),
    );
    const told = answers.map((answer) => answer.kind === 'topup' && [answer.status, answer.approvals]);
    assert.deepEqual(told, Array(50).fill(told[0]));
    assert.equal(told[0] ? told[0][0] : null, 'approved');
    const audit = (await topUps.audit()).map(({ type }) => type);
    assert.deepEqual(audit, ['topup.requested', 'topup.approved', 'topup.granted']);
  });

  it('give ten requests that are made at once ten numbers', async () => {
    const topUps = topUpsUnderTest(redis.store);
    const amounts = Array.from({ length: 10 }, (_, index) => `${3 ** index}`);
    const numbers = await Promise.all(amounts.map((amount) => topUps.submit('jihoon', amount)));
    assert.deepEqual(
      [...numbers].sort((left, right) => left - right),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  it('book one order once, though two requests record it at the same time', async () => {
    const topUps = topUpsUnderTest(redis.store);
    const [first, second] = [await topUps.submit('grace', '20'), await topUps.submit('grace', '150')];
    for (const number of [first, second]) await topUps.decide('marcus', 'topup.approve', number);
    const answers = await Promise.all(
      [first, second].map((number) =>
        topUps.decide('marcus', 'topup.recordPurchase', number, { orderNumber: 'E1' }),
      ),
    );
    assert.deepEqual(answers.map(({ note }) => note?.code ?? 'done').sort(), ['done', 'order-known']);
  });

  const submits = (store: Store, tenant: TenantId): Promise<unknown> => {
    const form = { form: 'the form', amount: '500', currency: 'USD' };
    return topUpsUnderTest(store, tenant).tap('grace', 'topup.submit', form);
  };
  const does =
    (act: Actor) =>
    (store: Store, tenant: TenantId): Promise<unknown> =>
      change(store, tenant, act);
  const deaths = [
    { what: 'a form that is sent', before: [], tap: submits, event: 'requested' },
    { what: 'an approval', before: [submits], tap: does(approves(seoyeon)), event: 'granted' },
    { what: 'a purchase', before: [submits, does(approves(seoyeon))], tap: does(buys), event: 'purchased' },
  ];
  for (const { what, before, tap, event } of deaths) {
    it(`lose and double nothing of ${what}, wherever the process dies`, async () => {
      for (let call = 1, died = true; died; call += 1) {
        const tenant = freshTenant();
        for (const earlier of before) await earlier(redis.store, tenant);
        died = await diesAt(call, redis.store, (store) => tap(store, tenant));
        await tap(redis.store, tenant);
        const events = await logged(tenant);
        assert.deepEqual(await stored(tenant), events.reduce<TopUpState>(topUp.evolve, { status: 'draft' }));
        assert.equal(events.filter(({ type }) => type === event).length, 1, `died at call ${call}`);
        assert.deepEqual((await verifyTenant(redis.store, tenant)).violations, []);
      }
    });
  }
});

/** Runs with a store that dies before its nth call, or after it was done and before it is told; false where it lived. */
async function diesAt(nth: number, store: Store, work: (store: Store) => Promise<unknown>): Promise<boolean> {
  class Died extends Error {}
  let calls = 0;
  const mortal = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    calls += 1;
    if (calls === nth) throw new Died();
    const result = await call();
    calls += 1;
    if (calls === nth) throw new Died();
    return result;
  };
  try {
    await work({
      ...store,
      heads: (tenant) => mortal(() => store.heads(tenant)),
      recall: (tenant, request) => mortal(() => store.recall(tenant, request)),
      commit: (change) => mortal(() => store.commit(change)),
    });
    return false;
  } catch (error) {
    if (error instanceof Died) return true;
    throw error;
  }
}

/** Every order in which workers with so many steps each can take them. */
function interleavings(steps: readonly number[]): readonly (readonly number[])[] {
  if (steps.every((left) => left === 0)) return [[]];
  return steps.flatMap((left, worker) => {
    if (left === 0) return [];
    const rest = steps.map((other, index) => (index === worker ? other - 1 : other));
    return interleavings(rest).map((order) => [worker, ...order]);
  });
}

function orders<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    orders(items.filter((_, other) => other !== index)).map((order) => [item, ...order]),
  );
}

/**
 * Lets workers read and commit in the order of a schedule: each waits before a read and before a commit until it is
 * its turn. What is left to do after the schedule is done in turn.
 */
async function runInSteps(
  store: Store,
  schedule: readonly number[],
  work: (store: Store, worker: number) => Promise<unknown>,
): Promise<void> {
  const workers = [...new Set(schedule)].sort();
  const gates = workers.map(() => new Gate());
  const running = workers.map(async (worker) => {
    const gate = gates[worker] ?? assert.fail('no gate');
    const pass = async <Result>(step: () => Promise<Result>): Promise<Result> => {
      await gate.turn();
      return step();
    };
    await work(
      {
        ...store,
        heads: (tenant) => pass(() => store.heads(tenant)),
        commit: (change) => pass(() => store.commit(change)),
      },
      worker,
    );
    gate.end();
  });
  for (const worker of schedule) await gates[worker]?.open();
  while (gates.some((gate) => !gate.ended)) for (const gate of gates) await gate.open();
  await Promise.all(running);
}

/** One worker's: it stops at each step until it is let through, and whoever lets it through waits for the next stop. */
class Gate {
  ended = false;
  #go: (() => void) | null = null;
  #stopped: (() => void) | null = null;

  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#go = resolve;
      this.#stopped?.();
    });
  }

  end(): void {
    this.ended = true;
    this.#stopped?.();
  }

  async open(): Promise<void> {
    if (this.#go === null) await this.#stop();
    if (this.ended) return;
    const go = this.#go;
    this.#go = null;
    const next = this.#stop();
    go?.();
    await next;
  }

  #stop(): Promise<void> {
    if (this.ended || this.#go !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stopped = resolve;
    });
  }
}

/** Many at a time, for each waits for the server most of the time. */
async function inBatches<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const atATime = 40;
  for (let first = 0; first < items.length; first += atATime) {
    await Promise.all(items.slice(first, first + atATime).map(work));
  }
}
