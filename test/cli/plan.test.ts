import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { fixture as rateFixture } from '../rates/decks.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { fixture } from '../usage/samples.ts';

describe('the credits command, asked about planned calls', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  const tenant = freshTenant();
  let folder: string;

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits([...commandArguments, '--tenant', tenant], { redisUrl: redis.url });
  const planned = async (...commandArguments: readonly string[]) => {
    const ended = await run('plan', ...commandArguments, '--json');
    assert.deepEqual([ended.code, ended.stderr], [0, '']);
    return JSON.parse(ended.stdout);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credits-plan-'));
    const [usage, rates] = [join(folder, 'usage.csv'), join(folder, 'rates.csv')];
    writeFileSync(usage, fixture('pstn-usage-export.csv'));
    writeFileSync(rates, rateFixture('rates.csv'));
    assert.equal((await run('import', usage)).code, 0);
    assert.equal((await run('rates', 'import', rates, '--apply')).code, 0);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('tells a range where the kind of number is open, and what is left of the balance', async () => {
    const { currency, total, complete, leftAfter } = await planned('10 Germany', '--minutes', '60');
    // 0.013 a minute to landlines and 0.024 to mobiles; the calls of the report took 53.62 before.
    assert.deepEqual([currency, total, complete], ['USD', { low: '7.80', high: '14.40' }, true]);
    assert.deepEqual(leftAfter, { low: '-68.02', high: '-61.42' });
  });

  it('adds up destinations, each call priced as one call is', async () => {
    const { total, parts } = await planned('10 독일 유선', '2 +49 30 5550142', '--minutes', '10-60');
    const sum = (side: 'low' | 'high') =>
      parts.reduce(
        (milli: number, { cost }: { cost: Record<'low' | 'high', string> }) =>
          milli + Math.round(Number(cost[side]) * 1000),
        0,
      );
    assert.equal(Math.round(Number(total.low) * 1000), sum('low'));
    assert.equal(Math.round(Number(total.high) * 1000), sum('high'));
    assert.deepEqual(parts[1].cost, { low: '0.26', high: '1.56' });
  });

  it('does not take what has no published rate for free', async () => {
    const { total, complete, parts } = await planned('3 +498001234567', '--minutes', '5');
    assert.deepEqual([total.high, complete, parts[0].cost], ['0.00', false, null]);
    const { stdout } = await run('plan', '3 +498001234567', '--minutes', '5');
    assert.match(stdout, /no published rate for 3 calls/);
  });

  it('refuses a place that is none', async () => {
    const ended = await run('plan', '3 blorp', '--minutes', '5', '--json');
    assert.equal(ended.code, 1);
    assert.equal(JSON.parse(ended.stdout).error.code, 'destination-unknown');
  });

  for (const [sentence, wrong] of [
    ['no length', ['3 Germany']],
    ['a length that is none', ['3 Germany', '--minutes', '60-30']],
    ['no number of calls', ['Germany', '--minutes', '5']],
    ['nowhere to call', ['--minutes', '5']],
  ] as const) {
    it(`is used wrongly with ${sentence}`, async () => assert.equal((await run('plan', ...wrong)).code, 2));
  }
});
