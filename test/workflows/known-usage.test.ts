import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { addDays, dayMs, hourMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import { blindSpans } from '../../src/usage/coverage.ts';
import { emptyFeed, type FeedState } from '../../src/usage/feed.ts';
import { joined } from '../../src/usage/span.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import { balances } from '../../src/workflows/balances.ts';
import { changeOf } from '../../src/workflows/booking.ts';
import { feedHeadChange, readBooks } from '../../src/workflows/tenant-books.ts';
import { withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';
import { now, sampleFiles, tenantUnderTest } from './tenant-under-test.ts';

describe('what is known of usage', () => {
  const redis = withRedis();

  async function setFeed(tenant: ReturnType<typeof tenantUnderTest>, state: Partial<FeedState>) {
    const { feed } = await readBooks(redis.store, tenant.id);
    const heads = [feedHeadChange(feed, { ...emptyFeed, ...state })];
    await redis.store.commit(changeOf(tenant.id, [{ heads, events: [] }]));
  }

  async function sampleTenant() {
    const tenant = tenantUnderTest(redis.store);
    for (const [, content] of sampleFiles) await tenant.import(content);
    return tenant;
  }

  it('is said of every answer that rests on hours nobody read, in both languages, and of no other', async () => {
    const tenant = await sampleTenant();
    const graph = await startDirectory(tenant.id);
    const ports = portsOf(redis.store, graph);
    const asker = askerOf(administratorPerson, { tenant: tenant.id });
    const ranges: readonly [question: Parameters<typeof answerQuestion>[1], days: number][] = [
      [{ intent: 'usage', period: 'last_30_days' }, 30],
      [{ intent: 'usage', period: 'last_7_days' }, 7],
      [{ intent: 'explain' }, 7],
      [{ intent: 'forecast' }, 90],
      [{ intent: 'recommend' }, 90],
    ];
    const hour = fc.integer({ min: 0, max: 95 * 24 });
    const settledSpan = fc.tuple(hour, hour).map(([from, to]) => ({
      from: now - 95 * dayMs + Math.min(from, to) * hourMs,
      to: now - 95 * dayMs + Math.max(from, to) * hourMs + hourMs,
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(settledSpan, { minLength: 1, maxLength: 4 }), async (spans) => {
        const coverage = { settled: joined(spans) };
        await setFeed(tenant, { coverage });
        for (const [question, days] of ranges) {
          const answer = await answerQuestion(ports, question, asker);
          const from =
            question.intent === 'usage' || question.intent === 'explain'
              ? startOfDay(addDays(utcDay(now), 1 - days))
              : now - days * dayMs;
          const isBlind = blindSpans(coverage, { from, to: now }, now).length > 0;
          assert.deepEqual(saysSo(answer), [isBlind, isBlind], question.intent);
        }
      }),
      { numRuns: 25 },
    );
    await graph.stop();
  });

  it('rests, for a balance, on the hours since its figure was read', async () => {
    const tenant = await sampleTenant();
    await tenant.check('100', { observedAt: now - 10 * dayMs });
    await setFeed(tenant, { coverage: { settled: [{ from: now - 10 * dayMs, to: now - 2 * dayMs }] } });
    const gapsOf = async () => (await balances(redis.store, tenant.id, now)).map(({ gaps }) => gaps);
    assert.deepEqual((await gapsOf()).at(-1), undefined);
    await setFeed(tenant, { coverage: { settled: [{ from: now - 9 * dayMs, to: now - 2 * dayMs }] } });
    assert.deepEqual((await gapsOf()).at(-1), {
      blind: [{ from: now - 10 * dayMs, to: now - 9 * dayMs }],
      operators: [],
    });
  });

  it('has the days of a report that was imported, and none of one that broke off', async () => {
    const tenant = tenantUnderTest(redis.store);
    const [, content] = sampleFiles[0] ?? assert.fail('no sample');
    await tenant.import(content);
    const { settled } = (await readBooks(redis.store, tenant.id)).feed.state.coverage;
    assert.equal(settled.length, 1);
    const broken = tenantUnderTest(redis.store);
    const text = new TextDecoder().decode(content);
    await broken.import(`${text}"never closed`);
    assert.deepEqual((await readBooks(redis.store, broken.id)).feed.state.coverage.settled, []);
  });

  it('makes the range of what is not yet reported the tenant’s own, once a week was read regularly', async () => {
    const tenant = tenantUnderTest(redis.store);
    const rows = Array.from({ length: 120 }, (_, day) =>
      usageRow({ id: idOf(day + 1), charge: 10_000_000n, startedAt: now - (day + 3) * dayMs }),
    );
    await tenant.record(...rows);
    const band = async () => {
      const [figures] = await balances(redis.store, tenant.id, now);
      return figures?.notYetReported ?? assert.fail('no account');
    };
    const byRule = await band();
    // All calls of this tenant show within six hours.
    const callsByLagHour = Array.from({ length: 73 }, (_, lag) => (lag < 6 ? 100 : 0));
    await setFeed(tenant, { sights: { since: now - 8 * dayMs, halvedAt: now - 8 * dayMs, callsByLagHour } });
    const learned = await band();
    assert.ok(learned.high.microUnits < byRule.high.microUnits / 2n, `${learned.high.microUnits}`);
    await setFeed(tenant, { sights: { since: now - 6 * dayMs, halvedAt: now - 6 * dayMs, callsByLagHour } });
    assert.deepEqual(await band(), byRule);
  });
});

/** Whether the text of the card, in English and in Korean, tells of calls that nobody read. */
function saysSo(answer: Answer): readonly [boolean, boolean] {
  const reader = { timeZone: 'UTC', now };
  return [
    render(answer, { ...reader, language: 'en', locale: 'en-US' }).text.includes('were never read'),
    render(answer, { ...reader, language: 'ko', locale: 'ko-KR' }).text.includes('읽지 못해'),
  ];
}
