import assert from 'node:assert/strict';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { blindSpans } from '../../src/usage/coverage.ts';
import { isFunded } from '../../src/usage/known-row.ts';
import { readRow } from '../../src/usage/stored-known-row.ts';
import { quarantineList } from '../../src/workflows/quarantine-list.ts';
import { readBooks } from '../../src/workflows/tenant-books.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { begin, feedOf, someCalls } from './feed-under-test.ts';

describe('feed of usage by Graph', () => {
  const redis = withRedis();
  const calls = someCalls({ every: 8, endAt: begin + 9 * dayMs });
  let graph: GraphDouble;
  let now = begin;

  beforeEach(async () => {
    now = begin;
    graph = await startGraph({
      calls: ({ from, to }) => calls.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
      now: () => now,
      pageSize: 25,
      expectedToken: null,
    });
  });
  afterEach(() => graph.stop());

  function newFeed() {
    const tenant = freshTenant();
    const feed = feedOf({ store: redis.store, graph, tenant });
    const readAt = (at: number) => {
      now = at;
      return feed.read(at);
    };
    return { tenant, readAt };
  }

  const stateOf = async (tenant: ReturnType<typeof freshTenant>) =>
    (await readBooks(redis.store, tenant)).feed.state;

  it('books every call that is reported within ninety days, and says how far it read', async () => {
    const { tenant, readAt } = newFeed();
    const fed = await readAt(begin);
    const reported = calls.filter(
      ({ startedAt, reportedAt }) => reportedAt <= begin && startedAt >= begin - 90 * dayMs,
    );
    assert.ok(fed.kind === 'complete' && fed.pages > 5);
    let rows = 0;
    for await (const batch of redis.store.allRecords(tenant, 'usage')) rows += batch.length;
    assert.equal(rows, reported.length);
    assert.equal((await stateOf(tenant)).completedAt, begin);
    assert.deepEqual((await verifyTenant(redis.store, tenant)).violations, []);
  });

  it('reads the last 72 hours the next time, and books what was reported since', async () => {
    const { readAt } = newFeed();
    await readAt(begin);
    const asked = graph.questions.length;
    const fed = await readAt(begin + 20 * hourMs);
    const since = calls.filter(
      ({ reportedAt, chargeMicroUnits }) =>
        reportedAt > begin && reportedAt <= begin + 20 * hourMs && chargeMicroUnits > 0n,
    );
    assert.ok(fed.kind === 'complete' && since.length > 0);
    assert.equal(fed.new, since.length);
    const url = decodeURIComponent(graph.questions[asked]?.url ?? '');
    assert.match(url, /fromDateTime=2026-11-07T12:00:00.000Z,toDateTime=2026-11-11T08:00:00.000Z/);
  });

  it('leaves no hour blind, though calls come two days late and it was away for four', async () => {
    const { tenant, readAt } = newFeed();
    for (const at of [begin, begin + hourMs, begin + 4 * dayMs, begin + 9 * dayMs]) await readAt(at);
    const { coverage } = await stateOf(tenant);
    const end = begin + 9 * dayMs;
    assert.deepEqual(blindSpans(coverage, { from: begin - 90 * dayMs, to: end }, end), []);
    const funded = [];
    for await (const batch of redis.store.allRecords(tenant, 'usage')) {
      funded.push(...batch.map(([, row]) => readRow(row)).filter(isFunded));
    }
    const expected = calls.filter(
      ({ startedAt, reportedAt, chargeMicroUnits }) =>
        reportedAt <= end && startedAt >= begin - 90 * dayMs && chargeMicroUnits > 0n,
    );
    assert.equal(funded.length, expected.length);
  });

  it('learns how late calls come once it reads regularly', async () => {
    const { tenant, readAt } = newFeed();
    await readAt(begin);
    for (let hour = 1; hour <= 24; hour += 1) await readAt(begin + hour * hourMs);
    const { callsByLagHour } = (await stateOf(tenant)).sights;
    const seen = callsByLagHour.reduce((sum, calls) => sum + calls, 0);
    const since = calls.filter(
      ({ reportedAt, chargeMicroUnits }) =>
        reportedAt > begin && reportedAt <= begin + 24 * hourMs && chargeMicroUnits > 0n,
    );
    assert.equal(seen, since.length);
    assert.equal(
      callsByLagHour.slice(0, 24).reduce((sum, calls) => sum + calls, 0),
      0,
    );
  });

  it('stops where Graph refuses, says why, and goes on from there', async () => {
    const { tenant, readAt } = newFeed();
    graph.faults.add({ kind: 'status', status: 403, code: 'Forbidden', on: '$skip=25' });
    assert.deepEqual(await readAt(begin), {
      kind: 'stopped',
      problem: { kind: 'refused', since: begin },
    });
    const { pass } = await stateOf(tenant);
    assert.equal(pass?.pagesRead, 1);
    assert.match(pass?.nextLink ?? '', /\$skip=25$/);
    assert.equal((await readAt(begin + hourMs)).kind, 'complete');
    assert.equal((await stateOf(tenant)).problem, null);
  });

  it('reads a range again from its beginning where Graph forgot the link', async () => {
    const { readAt } = newFeed();
    graph.faults.add({ kind: 'status', status: 410, code: 'Gone', on: '$skip=25' });
    assert.equal((await readAt(begin)).kind, 'complete');
  });

  it('reads everything but the hour of a page that is never whole, and leaves that hour blind', async () => {
    const { tenant, readAt } = newFeed();
    const poison = calls.find(({ startedAt }) => startedAt > begin - 20 * dayMs) ?? assert.fail('no call');
    graph.faults.spoil(poison.row.id);
    assert.equal((await readAt(begin)).kind, 'complete');
    const { coverage } = await stateOf(tenant);
    const range = { from: begin - 90 * dayMs, to: begin };
    const [hole, ...others] = blindSpans(coverage, range, begin);
    assert.ok(hole !== undefined && others.length === 0);
    assert.ok(hole.from <= poison.startedAt && poison.startedAt <= hole.to && hole.to - hole.from <= hourMs);
    const { items } = await quarantineList(redis.store, tenant, { closedToo: false });
    assert.deepEqual(
      items.map(({ kind, cause, range: hour }) => ({ kind, cause, hour })),
      [{ kind: 'page', cause: 'page-unreadable', hour: hole }],
    );
  });

  it('is left alone by a process whose place another has taken', async () => {
    const { tenant, readAt } = newFeed();
    const second = feedOf({ store: redis.store, graph, tenant });
    const both = await Promise.all([readAt(begin), second.read(begin)]);
    assert.ok(both.some(({ kind }) => kind === 'complete'));
    assert.deepEqual((await verifyTenant(redis.store, tenant)).violations, []);
  });
});
