import assert from 'node:assert/strict';
import type { TenantId } from '../../src/decision/ids.ts';
import { withRedis } from '../fakes/redis.ts';
import { type Name, type TopUpsUnderTest, topUpsUnderTest } from '../workflows/top-ups-under-test.ts';
import { type NodeProcess, nodeProcess } from './node-process.ts';
import { redisWire } from './redis-wire.ts';

interface Tap {
  readonly who: Name;
  readonly verb: string;
  /** What the card carries by then. */
  data(topUps: TopUpsUnderTest): Promise<object>;
}

const form = { form: 'a form', amount: '400', currency: 'USD', reason: 'campaign' };
const onCard =
  (told: object = {}) =>
  async (topUps: TopUpsUnderTest): Promise<object> => {
    const { revision, version } = await topUps.view('grace', 1);
    return { request: 1, revision, version, ...told };
  };

/** From the wish to the purchase; each is tapped by a process that is killed. */
const taps: readonly Tap[] = [
  { who: 'grace', verb: 'topup.submit', data: async () => form },
  { who: 'seoyeon', verb: 'topup.approve', data: onCard() },
  { who: 'grace', verb: 'topup.recordPurchase', data: onCard({ orderNumber: 'E0400123' }) },
];

describe('a tap on a request whose process is killed', function () {
  this.timeout(300_000);
  const redis = withRedis();

  /** A tenant whose request has come so far, and the tap that is next. */
  async function upTo(step: number) {
    const topUps = topUpsUnderTest(redis.store);
    await topUps.fund('100');
    for (const { who, verb, data } of taps.slice(0, step)) await topUps.tap(who, verb, await data(topUps));
    const { who, verb, data } = taps[step] ?? assert.fail('no such tap');
    return { topUps, who, verb, data: await data(topUps) };
  }

  /** All that people see of it, that the audit has, and that is to be said. */
  async function outcome(topUps: TopUpsUnderTest) {
    const audit = await topUps.audit();
    const waiting = await redis.store.outbox(topUps.tenant, 100);
    return {
      cards: await Promise.all((['grace', 'seoyeon', 'jihoon'] as const).map((who) => topUps.view(who, 1))),
      audit: audit.map(({ type, subject, actor, data }) => ({ type, subject, actor, data })),
      messages: waiting.map(({ key, body }) => ({ key, body })),
    };
  }

  const start = (
    redisUrl: string,
    tenant: TenantId,
    tap: { who: Name; verb: string; data: object },
  ): NodeProcess =>
    nodeProcess(['test/system/tap-process.ts'], {
      environment: {
        REDIS_URL: redisUrl,
        TENANT: tenant,
        WHO: tap.who,
        VERB: tap.verb,
        DATA: JSON.stringify(tap.data),
      },
    });

  const redisPort = () => Number(new URL(redis.url).port);

  /**
   * Killed as it asks Redis for the n-th time, or once Redis did the commit; then tapped again. Null where the process
   * came to its end before.
   */
  async function tappedAgain(step: number, killed: number | 'after the commit') {
    const { topUps, ...tap } = await upTo(step);
    let questions = 0;
    let child: NodeProcess | null = null;
    const wire = await redisWire(redisPort(), {
      onSent: () => {
        questions += 1;
        if (questions !== killed) return 'forward';
        child?.child.kill('SIGKILL');
        return 'swallow';
      },
      onCommit: () => 'forward',
      onCommitted: () => {
        if (killed === 'after the commit') child?.child.kill('SIGKILL');
      },
    });
    child = start(wire.url, topUps.tenant, tap);
    const { signal } = await child.ended;
    wire.close();
    if (signal === null) return null;
    await topUps.tap(tap.who, tap.verb, tap.data);
    return outcome(topUps);
  }

  for (const [step, { verb }] of taps.entries()) {
    it(`comes to what ${verb} comes to, wherever it was killed, and says nothing twice`, async () => {
      const { topUps, who, data } = await upTo(step);
      await topUps.tap(who, verb, data);
      const undisturbed = await outcome(topUps);
      let kills = 0;
      for (;;) {
        const again = await tappedAgain(step, kills + 1);
        if (again === null) break;
        kills += 1;
        assert.deepEqual(again, undisturbed, `killed at question ${kills}`);
      }
      assert.ok(kills > 3, `${kills} kills`);
      assert.deepEqual(await tappedAgain(step, 'after the commit'), undisturbed);
    });
  }
});
