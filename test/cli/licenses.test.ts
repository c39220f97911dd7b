import assert from 'node:assert/strict';
import { dayMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { recordUsage } from '../../src/workflows/record-usage.ts';
import { freshTenant, type OwnRedis, startRedis, withStore } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { idOf, usageRow } from '../usage/samples.ts';

describe('credits licenses', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const other = freshTenant();
  let redis: OwnRedis;

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(['licenses', ...commandArguments], { redisUrl: redis.url });

  before(async () => {
    // The sandbox's directory knows one tenant alone, so that no other test may know it.
    redis = await startRedis();
    const now = Date.now();
    const rows = Array.from({ length: 40 }, (_, index) =>
      usageRow({
        id: idOf(index + 1),
        startedAt: startOfDay(utcDay(now)) - index * dayMs,
        durationSeconds: 90,
        licenseCapability: 'MCOMEETADD',
        callType: 'conf_out',
        charge: 0n,
      }),
    );
    await withStore(redis.url, async (store) => {
      for (const tenant of [sandboxTenant.id, other]) {
        const batches = (async function* () {
          yield rows.map((usage, index) => ({ kind: 'row' as const, row: index + 1, usage }));
        })();
        await recordUsage(store, { now: () => now }, { tenant, batches, actor: 'test' });
      }
    });
  });
  after(() => redis.kill());

  it('tells licences, who lacks one, and the pools of minutes', async () => {
    const done = await run('--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const { credits: licences, lacking, minutes } = JSON.parse(done.stdout);
    assert.equal(licences.bought, 10_000_000);
    assert.equal(lacking.count, lacking.people.length + lacking.more);
    assert.match(minutes.month, /^\d{4}-\d\d$/);
    const [pool] = minutes.pools;
    assert.deepEqual(
      [pool.capability, pool.sharing, pool.minutesEach, pool.minutesTotal],
      ['MCOMEETADD', 'tenant', 60, 60 * pool.licences],
    );
    assert.equal(pool.minutesUsed + pool.minutesLeft, pool.minutesTotal);
    assert.ok(pool.usedShare > 0 && pool.usedShare < 1);
    assert.equal(pool.overageFrom.p50, null);
  });

  it('says it in sentences', async () => {
    const { code, stdout } = await run();
    assert.equal(code, 0);
    assert.match(stdout, /^Communications Credits licences: 10000000 bought, \d+ assigned$/m);
    assert.match(
      stdout,
      /^ {2}MCOMEETADD: \d+ of \d+ used, \d+ left; lasts until the month ends at this pace$/m,
    );
    assert.match(stdout, /^ {2}MCOPSTN2 domestic KR: 0 used, how many are included is not known$/m);
  });

  it('says that the directory does not answer for a tenant that has not let it in', async () => {
    const done = await run('--tenant', other, '--json');
    assert.equal(done.code, 1);
    assert.equal(JSON.parse(done.stdout).error.code, 'directory-unavailable');
  });

  it('says what to do where nothing is known of the tenant', async () => {
    const done = await run('--tenant', freshTenant(), '--json');
    assert.equal(done.code, 1);
    assert.match(done.stderr, /credits import FILE/);
  });

  it('is used wrongly with an option that it has not', async () =>
    assert.equal((await run('--sure')).code, 2));
});
