import assert from 'node:assert/strict';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs, type Instant } from '../../src/decision/time.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { purchase, tenantUnderTest } from '../workflows/tenant-under-test.ts';

describe('credits reconcile', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const redis = withRedis();
  let tenant: TenantId;
  let now: Instant;

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(['reconcile', '--tenant', tenant, ...commandArguments], { redisUrl: redis.url });

  beforeEach(async () => {
    tenant = freshTenant();
    // The command goes by the clock of the machine.
    now = Date.now();
    const books = tenantUnderTest(redis.store, tenant);
    await books.fund(purchase({ id: 'r1', kind: 'recharge', amount: moneyOf('200') }));
    await books.check('400', { observedAt: now - 5 * dayMs, at: now, idempotencyKey: 'before' });
  });

  it('tells the drift and its parts as decimal strings', async () => {
    const done = await run('600', '--reason', 'looked it up', '--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const { at, recharge, ...told } = JSON.parse(done.stdout);
    assert.deepEqual(told, {
      currency: 'USD',
      observed: '600.00',
      estimateBefore: '400.00',
      drift: '200.00',
      driftBasisPoints: 5_000,
      parts: [{ cause: 'unknown-recharge', amount: '200.00', certainty: 'likely' }],
      unexplained: '0.00',
      overLimit: false,
      reason: 'looked it up',
      opening: false,
      repeated: false,
      estimate: '600.00',
    });
    assert.ok(Date.parse(at) >= now);
    assert.deepEqual([recharge.state, recharge.amount], ['proposed', '200.00']);
  });

  it('tells a repetition what the first was told, and refuses another figure of the same time', async () => {
    const at = new Date(now - dayMs).toISOString();
    const first = await run('350', '--at', at, '--json');
    const again = await run('350', '--at', at, '--json');
    assert.deepEqual(JSON.parse(again.stdout), { ...JSON.parse(first.stdout), repeated: true });
    const other = await run('351', '--at', at, '--json');
    assert.equal(other.code, 1);
    assert.equal(JSON.parse(other.stdout).error.code, 'idempotency-key-reused');
  });

  it('says in lines what is unexplained', async () => {
    const { code, stdout } = await run('370.50');
    assert.equal(code, 0);
    assert.match(stdout, /^370\.50 USD$/m);
    assert.match(stdout, /^ {2}-29\.50 USD off the estimate of 400\.00 USD$/m);
    assert.match(stdout, /^ {2}-29\.50 USD is unexplained, which is more than may be$/m);
  });

  it('refuses with a sentence, and records nothing', async () => {
    const heads = await redis.store.heads(tenant);
    const refusals: readonly (readonly [told: readonly string[], code: string])[] = [
      [['four hundred'], 'amount-not-a-number'],
      [['400', '--currency', 'eur'], 'wrong-currency'],
      [['400', '--at', new Date(now + dayMs).toISOString()], 'observation-in-future'],
    ];
    for (const [told, code] of refusals) {
      const done = await run(...told, '--json');
      assert.equal(done.code, 1);
      assert.match(done.stderr, /\.\n$/);
      assert.equal(JSON.parse(done.stdout).error.code, code);
    }
    assert.deepEqual(await redis.store.heads(tenant), heads);
    const unknown = await run('400', '--tenant', freshTenant(), '--json');
    assert.equal(JSON.parse(unknown.stdout).error.code, 'tenant-unknown');
  });

  it('is used wrongly without an amount, or with a time that has no zone', async () => {
    assert.equal((await run()).code, 2);
    assert.equal((await run('400', '--at', '2026-11-24 09:30')).code, 2);
  });
});
