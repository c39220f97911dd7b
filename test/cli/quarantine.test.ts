import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { TenantId } from '../../src/decision/ids.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { fixture } from '../usage/samples.ts';

const listShape = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        kind: z.literal('row'),
        source: z.literal('report'),
        cause: z.string(),
        firstSeenAt: z.string().datetime(),
        seen: z.number(),
        state: z.enum(['open', 'discarded']),
      })
      .passthrough(),
  ),
});

describe('credits quarantine', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  let folder: string;
  let tenant: TenantId;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credits-quarantine-'));
    const path = join(folder, 'bad.csv');
    const exported = new TextDecoder().decode(fixture('pstn-usage-export.csv'));
    writeFileSync(path, exported.replace('0.00,0.13,EUR', '0.00,-0.13,EUR'));
    tenant = freshTenant();
    assert.equal((await run('import', path)).code, 0);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits([...commandArguments, '--tenant', tenant], { redisUrl: redis.url });
  const list = async (...options: readonly string[]) => {
    const done = await run('quarantine', 'list', '--json', ...options);
    assert.equal(done.code, 0, done.stderr);
    return { stdout: done.stdout, items: listShape.parse(JSON.parse(done.stdout)).items };
  };

  it('lists a bad row with its cause and nothing of what it says, retries it in vain and discards it', async () => {
    const { stdout, items } = await list();
    const [item] = items;
    assert.ok(item && items.length === 1);
    assert.deepEqual([item.cause, item.seen, item.state], ['charge-negative', 1, 'open']);
    assert.doesNotMatch(stdout, /jose|4930555012|excerpt/i);
    const shown = await run('quarantine', 'list', '--show');
    assert.match(shown.stdout, /charge: -0\.00/);
    assert.doesNotMatch(shown.stdout, /jose|4930555012/i);

    const retried = await run('quarantine', 'retry', item.id, '--json');
    assert.equal(retried.code, 1);
    assert.match(retried.stdout, /"code":"quarantine-unreadable".*charge-negative/);
    assert.match(retried.stderr, /^It still cannot be read: charge-negative\..*\.\n$/);

    const discarded = await run('quarantine', 'discard', item.id, '--reason', 'a test call', '--json');
    assert.deepEqual(
      [discarded.code, JSON.parse(discarded.stdout)],
      [0, { id: item.id, state: 'discarded' }],
    );
    assert.deepEqual((await list()).items, []);
    assert.equal((await list('--all')).items[0]?.state, 'discarded');
  });

  it('refuses an id that is not there, and wants a reason', async () => {
    const unknown = await run('quarantine', 'retry', 'nothing');
    assert.deepEqual([unknown.code, unknown.stdout], [1, '']);
    assert.match(unknown.stderr, /quarantine list --all/);
    assert.equal((await run('quarantine', 'discard', 'nothing')).code, 2);
  });
});
