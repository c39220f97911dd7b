import assert from 'node:assert/strict';
import { daysAtHand } from '../../src/approvals/archive.ts';
import type { HeadChange } from '../../src/decision/commit.ts';
import { dayMs } from '../../src/decision/time.ts';
import type { Question } from '../../src/language/question.ts';
import { answerQuestion, type SaidBeside } from '../../src/workflows/answer-question.ts';
import { changeOf } from '../../src/workflows/booking.ts';
import { exportJournal } from '../../src/workflows/export-journal.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { rebuild } from '../../src/workflows/rebuild.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { now } from './tenant-under-test.ts';
import { askerFor, type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

describe('requests that are closed for long', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;

  beforeEach(() => {
    topUps = topUpsUnderTest(redis.store);
  });

  const later = (days: number) => topUps.setClock(now + days * dayMs);
  const atHand = async (): Promise<readonly string[]> =>
    [...(await topUps.heads()).keys()].filter((head) => /^topup:/.test(head)).sort();
  const approvals = async (over: TopUpsUnderTest, beside?: SaidBeside) => {
    const question: Question = { intent: 'approvals' };
    const answer = await answerQuestion(over.ports, question, askerFor('jihoon', over.tenant), beside);
    return answer.kind === 'approvals' ? answer : assert.fail(answer.kind);
  };

  it('leave the open ones, with all that they say, and without a trace in the audit', async () => {
    const rejected = await topUps.submit('grace', '150');
    await topUps.decide('marcus', 'topup.reject', rejected, { comment: 'not now' });
    const before = await topUps.view('grace', rejected);
    const audit = await topUps.audit();

    later(daysAtHand - 1);
    await topUps.tick();
    assert.deepEqual(await atHand(), ['topup:1']);
    later(daysAtHand);
    await topUps.tick();
    await topUps.tick();
    assert.deepEqual(await atHand(), []);
    assert.deepEqual(await topUps.view('grace', rejected), before);
    assert.deepEqual(await topUps.audit(), audit);
    assert.deepEqual((await verifyTenant(redis.store, topUps.tenant)).violations, []);
  });

  it('stay while something may still happen to them', async () => {
    const forced = await topUps.submit('grace', '150');
    await topUps.decide('marcus', 'topup.override', forced);
    await topUps.submit('grace', '1000');
    later(20 * daysAtHand);
    await topUps.tick();
    await topUps.tick();
    // What was forced lapsed, and nobody looked at it; the other one expired this minute.
    assert.deepEqual(await atHand(), ['topup:1', 'topup:2']);
  });

  it('are told of as before where somebody taps on an old card, and change no more', async () => {
    const number = await topUps.submit('grace', '150');
    const { revision, version } = await topUps.view('marcus', number);
    await topUps.decide('grace', 'topup.cancel', number);
    later(daysAtHand);
    await topUps.tick();
    const heads = await topUps.heads();
    for (const [who, verb, more] of [
      ['marcus', 'topup.approve', {}],
      ['marcus', 'topup.reject', { comment: 'no' }],
      ['grace', 'topup.cancel', {}],
      ['marcus', 'topup.recordPurchase', { orderNumber: 'E1' }],
      ['grace', 'topup.submit', { form: 'edit', amount: '900', currency: 'USD' }],
    ] as const) {
      const answer = await topUps.tap(who, verb, { request: number, revision, version, ...more });
      assert.equal(answer.kind === 'topup' && answer.status, 'cancelled', verb);
    }
    assert.deepEqual((await topUps.heads()).get('topup:1'), heads.get('topup:1'));
    assert.equal(await topUps.submit('grace', '150'), number + 1, 'its number is not given again');
  });

  it('are found by when they were decided, beside those at hand', async () => {
    const old = await topUps.submit('grace', '150');
    await topUps.decide('marcus', 'topup.reject', old, { comment: 'not now' });
    later(daysAtHand);
    await topUps.tick();
    const young = await topUps.submit('grace', '150');
    await topUps.decide('marcus', 'topup.reject', young, { comment: 'not now' });
    const numbers = async (beside?: SaidBeside) =>
      (await approvals(topUps, beside)).rows.map(({ number }) => number);
    assert.deepEqual(await numbers(), [young, old]);
    assert.deepEqual(await numbers({ period: 'this_month' }), [young]);
    assert.deepEqual(await numbers({ period: 'last_month' }), [old]);
  });

  it('are in a journal, and in what is rebuilt from it', async () => {
    const number = await topUps.submit('grace', '150');
    await topUps.decide('grace', 'topup.cancel', number);
    later(daysAtHand);
    await topUps.tick();
    const before = await topUps.view('grace', number);
    const journal: string[] = [];
    for await (const piece of exportJournal(redis.store, topUps.tenant, now)) journal.push(piece);
    const tenant = freshTenant();
    async function* open() {
      yield new TextEncoder().encode(journal.join(''));
    }
    const rebuilt = await rebuild(redis.store, { open, tenant });
    assert.ok(rebuilt.kind === 'rebuilt' && rebuilt.verified.ok);
    assert.deepEqual(await topUpsUnderTest(redis.store, tenant).view('grace', number), before);
  });

  it('make no answer and no minute longer, however many there are', async () => {
    const many = 5_000;
    const open = await closedRequests(topUps, many);
    later(daysAtHand);
    for (let minute = 0; minute < many / 500; minute += 1) await topUps.tick();
    assert.deepEqual(await atHand(), [`topup:${open}`]);

    const counted = counting(redis.store);
    const over = topUps.over(counted.store);
    await over.tick();
    assert.deepEqual(counted.taken(), { heads: 1, records: 0, members: 0 });
    const first = await approvals(over);
    assert.deepEqual([first.total, first.open, first.older], [many + 1, 1, many - 8]);
    assert.deepEqual(counted.taken(), { heads: 1, records: 9, members: 0 });
    const oldest = await over.tap('jihoon', 'approvals.older', { below: 11 });
    assert.deepEqual(
      oldest.kind === 'approvals' && oldest.rows.map(({ number }) => number),
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    );
    assert.deepEqual(counted.taken(), { heads: 1, records: 10, members: 0 });
    assert.equal((await over.view('grace', 42)).status, 'cancelled');
    assert.deepEqual(counted.taken(), { heads: 1, records: 1, members: 0 });
  }).timeout(60_000);
});

/** As many requests as were cancelled today, like one that was, and then one that is open; its number. */
async function closedRequests(topUps: TopUpsUnderTest, many: number): Promise<number> {
  const first = await topUps.submit('grace', '150');
  await topUps.decide('grace', 'topup.cancel', first);
  const heads = await topUps.heads();
  const closed = heads.get(`topup:${first}`)?.state ?? assert.fail('no request');
  const { store } = topUps.ports;
  const perCommit = 1_000;
  for (let from = first + 1; from <= many; from += perCommit) {
    const numbers = Array.from({ length: Math.min(perCommit, many + 1 - from) }, (_, index) => from + index);
    const copies: readonly HeadChange[] = numbers.map((number) => ({
      head: `topup:${number}`,
      expectedVersion: 0,
      state: { ...Object(closed), number },
    }));
    await store.commit({ ...changeOf(topUps.tenant, []), heads: copies });
  }
  const counter = { head: 'topups', expectedVersion: 1, state: { v: 1, last: many } };
  await store.commit({ ...changeOf(topUps.tenant, []), heads: [counter] });
  topUps.setClock(now + (daysAtHand - 1) * dayMs);
  return topUps.submit('grace', '1500');
}

/** Counts requests that are read; that the archive is never looked through, it makes sure of. */
function counting(store: Store) {
  let counts = { heads: 0, records: 0, members: 0 };
  return {
    store: {
      ...store,
      heads: async (tenant) => {
        const heads = await store.heads(tenant);
        counts.heads = [...heads.keys()].filter((head) => /^topup:/.test(head)).length;
        return heads;
      },
      records: async (tenant, table, ids) => {
        const found = await store.records(tenant, table, ids);
        if (table === 'topups') counts.records += found.size;
        return found;
      },
      members: async (tenant, index, range) => {
        const found = await store.members(tenant, index, range);
        counts.members += found.length;
        return found;
      },
      allRecords: () => assert.fail('nobody waits for the whole archive'),
      log: () => assert.fail('nobody waits for all events'),
    } satisfies Store,
    /** Since it was last asked. */
    taken: () => {
      const taken = counts;
      counts = { heads: 0, records: 0, members: 0 };
      return taken;
    },
  };
}
