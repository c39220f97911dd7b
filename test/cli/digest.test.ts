import assert from 'node:assert/strict';
import { minuteMs } from '../../src/decision/time.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { purchase } from '../workflows/tenant-under-test.ts';

describe('credits digest', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const redis = withRedis();
  const grace = sandboxPeople[0]?.id ?? assert.fail();
  // The sandbox's directory knows no other.
  const { id: tenant } = sandboxTenant;

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(['digest', ...commandArguments], { redisUrl: redis.url });

  before(async () => {
    const at = Date.now() - minuteMs;
    const funds = purchase({ id: `opening ${at}`, amount: moneyOf('70'), at });
    await recordFunding(redis.store, tenant, funds, at);
  });

  it('tells what one person would be told now, and sends nothing', async () => {
    const before = await redis.store.outbox(tenant, 1_000);
    const done = await run('--person', grace, '--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const { digests } = JSON.parse(done.stdout);
    const [{ person, frequency, eligible, worthSaying, accounts }] = digests;
    assert.deepEqual([person, frequency, eligible, worthSaying], [grace, 'weekly', true, true]);
    assert.match(accounts[0].estimate, /^-?\d+(?:\.\d+)?$/);
    assert.equal(accounts[0].change, null);
    assert.deepEqual(await redis.store.outbox(tenant, 1_000), before);
  });

  it('says it in sentences', async () => {
    const { code, stdout } = await run('--person', grace);
    assert.equal(code, 0);
    assert.match(stdout, /: weekly, would be sent$/m);
    assert.match(stdout, /^ {2}-?\d+(?:\.\d+)? USD$/m);
  });

  it('says what to do where nothing is known of the tenant', async () => {
    const done = await run('--tenant', freshTenant(), '--json');
    assert.equal(done.code, 1);
    assert.equal(JSON.parse(done.stdout).error.code, 'tenant-unknown');
  });

  it('is used wrongly with a person who is none', async () =>
    assert.equal((await run('--person', 'Grace')).code, 2));
});
