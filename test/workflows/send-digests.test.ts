import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DigestAnswer } from '../../src/answers/digest.ts';
import { type Day, dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { digestSays, previewDigest } from '../../src/workflows/digest-says.ts';
import { noteHeldBack } from '../../src/workflows/held-back.ts';
import { episodeNow } from '../../src/workflows/incidents.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { choosePreferences, type Preferences } from '../../src/workflows/preferences.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { sendDigests } from '../../src/workflows/send-digests.ts';
import { withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { MorningTenant } from './digests-under-test.ts';
import { purchase } from './tenant-under-test.ts';
import { cast, type Name } from './top-ups-under-test.ts';

/** Eight o'clock on a Monday. */
const monday = Date.parse('2026-11-23T08:00:00Z');
const day = '2026-11-23';
const keyOf = (who: Name, of: string) => `digest:${cast[who].id}:${of}`;

describe('digests', () => {
  const redis = withRedis();
  let tenant: MorningTenant;

  beforeEach(async () => {
    tenant = new MorningTenant(redis.store, monday);
  });

  const send = (store: Store = tenant.ports.store) => sendDigests({ ...tenant.ports, store }, tenant.id);
  const choose = (who: Name, chosen: Partial<Preferences>) =>
    choosePreferences(redis.store, { tenant: tenant.id, person: cast[who].id }, chosen);
  const answerFor = async (who: Name, of: string = day): Promise<DigestAnswer | null> => {
    const { id } = cast[who];
    const answer = await digestSays(tenant.ports)(tenant.id, `${id}:${of}`, id);
    return answer === null || answer.kind === 'digest' ? answer : assert.fail(answer.kind);
  };

  it('go to each who holds a role and has a chat, once, in the morning of each', async () => {
    await tenant.tops.fund('500');
    await tenant.meets({ grace: 'UTC', seoyeon: 'Asia/Seoul', marcus: 'Europe/Berlin' });
    assert.deepEqual(await send(), { said: 2, silent: 0 });
    assert.deepEqual(await send(), { said: 0, silent: 0 });
    // Nine o'clock in Berlin is within the morning, and five in the afternoon in Seoul is not.
    assert.deepEqual(await tenant.toBeSaid(), [keyOf('grace', day), keyOf('marcus', day)]);
  });

  it('go to nobody where the list of people was never read, and nothing is asked', async () => {
    await tenant.tops.fund('500');
    assert.deepEqual(await send(), { said: 0, silent: 0 });
  });

  it('do not go where the bot may not write any more', async () => {
    await tenant.tops.fund('500');
    await tenant.meets({ grace: 'UTC', marcus: 'UTC' });
    const { id } = cast.grace;
    const place = { conversation: `chat of ${id}`, serviceUrl: null, teamsUser: null };
    const gone = { tenant: tenant.id, who: id, ...place, locale: 'en-US', timeZone: 'UTC', left: true };
    await rememberConversation(redis.store, gone, monday);
    assert.equal((await send()).said, 1);
  });

  it('come as often as each has chosen, else as the tenant has set', async () => {
    await tenant.tops.fund('500');
    await tenant.failsToRecharge();
    await tenant.meets({ grace: 'UTC', seoyeon: 'UTC', marcus: 'UTC' });
    await choose('seoyeon', { digest: 'daily' });
    await choose('marcus', { digest: 'off' });
    assert.equal((await send()).said, 2);
    tenant.at = monday + dayMs;
    assert.equal((await send()).said, 1);
    tenant.at = monday + 7 * dayMs;
    assert.equal((await send()).said, 2);
    const weekly = [day, '2026-11-30'].map((of) => keyOf('grace', of));
    const daily = [day, '2026-11-24', '2026-11-30'].map((of) => keyOf('seoyeon', of));
    assert.deepEqual([...(await tenant.toBeSaid())].sort(), [...weekly, ...daily].sort());
  });

  it('are not sent where there is nothing to say, and count on from the last that was', async () => {
    await tenant.tops.fund('500');
    await tenant.meets({ grace: 'UTC' });
    await choose('grace', { digest: 'daily' });
    assert.deepEqual(await send(), { said: 1, silent: 0 });
    tenant.at = monday + dayMs;
    assert.deepEqual(await send(), { said: 0, silent: 1 });
    assert.deepEqual(await send(), { said: 0, silent: 0 });
    tenant.at = monday + 2 * dayMs;
    await recordFunding(
      redis.store,
      tenant.id,
      purchase({ id: 'more', amount: moneyOf('70'), at: tenant.at }),
      tenant.at,
    );
    assert.deepEqual(await send(), { said: 1, silent: 0 });
    const [account] = (await answerFor('grace', '2026-11-25'))?.accounts ?? [];
    assert.deepEqual(account?.change, {
      since: monday,
      moved: moneyOf('70'),
      calls: moneyOf('0'),
      funded: moneyOf('70'),
      other: moneyOf('0'),
    });
  });

  it('say what is left, what moved it since the digest before, and what drew most', async () => {
    await tenant.tops.fund('500');
    await tenant.meets({ grace: 'UTC' });
    await send();
    await tenant.spends(3_000_000n, { by: 'Grace', to: 'Germany' });
    await tenant.spends(2_000_000n, { by: 'Grace', to: 'Japan' });
    await tenant.spends(2_500_000n, { by: 'Grace', to: 'Japan' });
    tenant.at = monday + 7 * dayMs;
    await send();
    const said = await answerFor('grace', '2026-11-30');
    const [account] = said?.accounts ?? [];
    assert.deepEqual(account?.estimate, moneyOf('492.5'));
    assert.deepEqual(account?.change, {
      since: monday,
      moved: moneyOf('-7.5'),
      calls: moneyOf('-7.5'),
      funded: moneyOf('0'),
      other: moneyOf('0'),
    });
    assert.deepEqual(account?.drew?.destination, { destination: 'Japan', amount: moneyOf('4.5') });
    assert.deepEqual(account?.drew?.user, { name: 'Grace', amount: moneyOf('7.5') });
    assert.deepEqual(account?.outlook, { kind: 'too-early' });
  });

  it('say who has an incident, and which requests wait for this reader and not for another', async () => {
    await tenant.tops.fund('500');
    await tenant.failsToRecharge();
    await tenant.meets({ grace: 'UTC', marcus: 'UTC', jihoon: 'UTC' });
    const number = await tenant.tops.submit('jihoon', '400');
    const [incident] = (await answerFor('grace'))?.incidents ?? [];
    const episode = incident?.id ?? assert.fail('no incident');
    assert.equal(incident?.with, null);
    await tenant.tops.tap('marcus', 'alert.take', { episode });
    const said = await answerFor('grace');
    assert.equal(said?.incidents[0]?.with, 'Marcus');
    assert.deepEqual(said?.requests, [
      { number, amount: moneyOf('400'), requester: '지훈', needs: 'approval', overdue: false },
    ]);
    assert.deepEqual((await answerFor('jihoon'))?.requests, []);
  });

  it('tell a request that was approved to who may buy, and that it is overdue', async () => {
    await tenant.tops.fund('500');
    await tenant.meets({ grace: 'UTC', seoyeon: 'UTC' });
    const number = await tenant.tops.submit('grace', '40', { neededBy: '2026-11-23' });
    await tenant.tops.decide('seoyeon', 'topup.approve', number);
    tenant.at = monday + dayMs;
    const [request] = (await answerFor('grace'))?.requests ?? [];
    assert.deepEqual([request?.number, request?.needs, request?.overdue], [number, 'purchase', true]);
  });

  it('say nothing to who lost the role, or to anybody else', async () => {
    await tenant.tops.fund('500');
    await tenant.meets({ grace: 'UTC' });
    await send();
    const id = `${cast.grace.id}:${day}`;
    const says = digestSays(tenant.ports);
    assert.equal(await says(tenant.id, id, cast.marcus.id), null);
    assert.equal(await says(tenant.id, id, null), null);
    assert.equal(await says(tenant.id, 'nobody', cast.grace.id), null);
    tenant.tops.setRoles('grace', []);
    assert.equal(await says(tenant.id, id, cast.grace.id), null);
  });

  it('list what waited in the night, without a figure to who may see none', async () => {
    await tenant.tops.fund('500');
    await tenant.failsToRecharge();
    await tenant.tops.tap('grace', 'balance.reconcile', { observed: '1', currency: 'USD' });
    const incidents = (await answerFor('grace'))?.incidents ?? [];
    assert.equal((await episodeNow(redis.store, tenant.id, incidents[0]?.id ?? '')) !== null, true);
    await tenant.spends(1n);
    await noteAll(incidents.map(({ id }) => id).slice(0, 1));
    assert.deepEqual((await answerFor('grace'))?.night, [], 'a single one speaks for itself');
    await noteAll(['drill-1', ...incidents.map(({ id }) => id)]);
    const { answer, worthSaying } = await previewDigest(tenant.ports, tenant.id, cast.grace.id);
    assert.equal(worthSaying, true);
    assert.equal(answer.night.length + answer.incidents.length, incidents.length);

    async function noteAll(ids: readonly string[]): Promise<void> {
      for (const incident of ids) {
        const held = { person: cast.grace.id, incident, until: monday - hourMs };
        await noteHeldBack(redis.store, tenant.id, held);
      }
    }
  });

  const zones = { grace: 'UTC', seoyeon: 'Asia/Seoul', marcus: 'America/New_York', jihoon: 'Europe/Berlin' };

  it('are said at most once a day and at least once a morning, whatever dies, by two processes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 10, maxLength: 25 }), async (steps) => {
        tenant = new MorningTenant(redis.store, Date.parse('2026-10-24T05:00:00Z'));
        await tenant.failsToRecharge();
        await tenant.meets(zones);
        for (const who of Object.keys(zones)) await choose(who as Name, { digest: 'daily' });
        const expected = new Set<string>();
        for (const { minutes, processes } of steps) {
          tenant.at += minutes * minuteMs;
          const ticks = await Promise.allSettled(processes.map((dies) => send(dying(redis.store, dies))));
          if (!ticks.some(({ status }) => status === 'fulfilled')) continue;
          for (const key of inTheMorningNow(tenant.at)) expected.add(key);
        }
        const said = await tenant.toBeSaid();
        assert.equal(new Set(said).size, said.length, 'somebody is told twice of a day');
        const missed = [...expected].filter((key) => !said.includes(key));
        assert.deepEqual(missed, []);
      }),
      { numRuns: 12 },
    );
  }).timeout(120_000);

  /** Forward mostly; a clock is put right by hours or days, too. */
  const someStep = fc.record({
    minutes: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 400 }) },
      { weight: 1, arbitrary: fc.integer({ min: -3_000, max: -1 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 5_000 }) },
    ),
    /** After how many commits each process dies; null for never. */
    processes: fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { freq: 2 }), {
      minLength: 1,
      maxLength: 2,
    }),
  });

  function inTheMorningNow(at: number): readonly string[] {
    return Object.entries(zones).flatMap(([who, timeZone]) => {
      const clock = new Date(at).toLocaleString('sv-SE', { timeZone });
      const hour = Number(clock.slice(11, 13));
      return hour >= 8 && hour < 14 ? [keyOf(who as Name, clock.slice(0, 10) as Day)] : [];
    });
  }
});

/** A store under a process that dies at one of its commits: before it, or after it and before it knows. */
function dying(store: Store, after: number | null): Store {
  let left = after ?? Number.POSITIVE_INFINITY;
  return {
    ...store,
    commit: async (change) => {
      left -= 1;
      if (left < 0 && after === 0) throw new Error('died before');
      const reply = await store.commit(change);
      if (left < 0) throw new Error('died after');
      return reply;
    },
  };
}
