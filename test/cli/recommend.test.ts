import assert from 'node:assert/strict';
import { dayMs } from '../../src/decision/time.ts';
import { recordUsage } from '../../src/workflows/record-usage.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { idOf, usageRow } from '../usage/samples.ts';

describe('credits recommend', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const redis = withRedis();
  const tenant = freshTenant();

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(['recommend', ...commandArguments], { redisUrl: redis.url });

  before(async () => {
    // The command goes by the clock of the machine.
    const now = Date.now();
    const rows = Array.from({ length: 40 }, (_, index) =>
      usageRow({ id: idOf(index + 1), startedAt: now - (index + 1) * dayMs, charge: 5_000_000n }),
    );
    const batches = (async function* () {
      yield rows.map((usage, index) => ({ kind: 'row' as const, row: index + 1, usage }));
    })();
    await recordUsage(redis.store, { now: () => now }, { tenant, batches, actor: 'test' });
  });

  it('tells the amounts as decimal strings, with reasons and what it does not know', async () => {
    const done = await run('--tenant', tenant, '--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const { accounts, unknown } = JSON.parse(done.stdout);
    const [{ currency, kind, trigger, amount, reasons }] = accounts;
    assert.deepEqual([accounts.length, currency, kind], [1, 'USD', 'advice']);
    for (const decimal of [trigger, amount, reasons.p99Of72Hours, reasons.idle, reasons.minimum])
      assert.match(decimal, /^\d+(?:\.\d+)?$/);
    assert.ok(Number(trigger) >= Number(reasons.p99Of72Hours) && Number(amount) >= 50);
    assert.deepEqual(unknown, ['agreement', 'country']);
  });

  it('says it in a sentence', async () => {
    const { code, stdout } = await run('--tenant', tenant);
    assert.equal(code, 0);
    assert.match(stdout, /^Below \d+\.\d\d USD, recharge \d+\.\d\d USD$/m);
    assert.match(stdout, /^ {2}72 hours cost at the most \d+\.\d\d USD in 99 of 100 cases$/m);
    assert.match(stdout, /^Not known of the tenant: agreement, country$/m);
  });

  it('says what to do where nothing is known of the tenant', async () => {
    const done = await run('--tenant', freshTenant(), '--json');
    assert.equal(done.code, 1);
    assert.match(done.stderr, /credits import FILE/);
    assert.equal(typeof JSON.parse(done.stdout).error.code, 'string');
  });

  it('is used wrongly with an option that it has not', async () =>
    assert.equal((await run('--sure')).code, 2));
});
