import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { usageReport } from '../../bench/usage-report.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { importUsageFile } from '../../src/workflows/import-usage.ts';
import { rebuildingIn } from '../../src/workflows/rebuilding.ts';
import { type Verified, verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended, startCredits } from '../system/node-process.ts';
import { bytesOf } from '../usage/samples.ts';

/** Enough for a rebuild of some seconds, which is killed in its middle. */
const rows = 20_000;

describe('credits export journal and credits rebuild', function () {
  // Each case starts processes, which compile the product.
  this.timeout(240_000);

  const redis = withRedis();
  let folder: string;
  let path: string;
  let source: Verified;
  const tenant = freshTenant();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credits-journal-'));
    path = join(folder, 'tenant.jsonl');
    const file = { tenant, bytes: bytesOf(usageReport(rows)), actor: 'test' };
    await importUsageFile({ store: redis.store, clock: { now: () => Date.now() } }, file);
    source = await verifyTenant(redis.store, tenant);
    const done = await run('export', 'journal', '--tenant', tenant, '--out', path, '--json');
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(JSON.parse(done.stdout), { file: path, lines: linesOf(readFileSync(path, 'utf8')) });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(commandArguments, { redisUrl: redis.url });

  it('write a file that its owner alone may read, and nothing beside it', () => {
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['tenant.jsonl']);
  });

  it('write the same to standard output as to a file', async () => {
    const done = await run('export', 'journal', '--tenant', tenant, '--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const facts = (text: string) => text.split('\n').slice(1, -2);
    assert.deepEqual(facts(done.stdout), facts(readFileSync(path, 'utf8')));
  });

  it('come to the same state, and say so', async () => {
    const copy = freshTenant();
    const done = await run('rebuild', path, '--tenant', copy, '--json');
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(JSON.parse(done.stdout), { tenant: copy, expected: source.stateHash, ...source });
  });

  it('come to the same state where a rebuild was killed and is done again', async () => {
    const copy = freshTenant();
    const { child, ended } = startCredits(['rebuild', path, '--tenant', copy], { redisUrl: redis.url });
    await untilLines(copy, rows / 3, ended);
    child.kill('SIGKILL');
    assert.equal((await ended).signal, 'SIGKILL', 'it was killed before its end');

    const asked = await run('balance', '--tenant', copy);
    assert.equal(asked.code, 1);
    assert.match(asked.stderr, /^The tenant is being rebuilt from a journal\./);
    const again = await run('rebuild', path, '--tenant', copy);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, new RegExp(`state ${source.stateHash}\n$`));
  });

  const refusals: readonly (readonly [
    rule: string,
    commandArguments: () => readonly string[],
    code: string,
  ])[] = [
    ['a tenant that has facts', () => ['rebuild', path], 'tenant-not-empty'],
    ['half a journal', () => ['rebuild', half(), '--tenant', freshTenant()], 'journal-cut'],
    ['a file that is not there', () => ['rebuild', join(folder, 'nowhere')], 'file-unreadable'],
    ['a folder', () => ['rebuild', folder], 'file-unreadable'],
    [
      'to write where nothing can be written',
      () => ['export', 'journal', '--tenant', tenant, '--out', join(folder, 'nowhere', 'file')],
      'file-unwritable',
    ],
    [
      'the journal of a tenant that nothing is known of',
      () => ['export', 'journal', '--tenant', freshTenant()],
      'tenant-unknown',
    ],
  ];
  for (const [rule, commandArguments, code] of refusals) {
    it(`refuse ${rule}`, async () => {
      const done = await run(...commandArguments(), '--json');
      assert.equal(done.code, 1);
      const { error } = JSON.parse(done.stdout);
      assert.equal(error.code, code);
      assert.equal(done.stderr, `${error.message}\n`);
    });
  }

  function half(): string {
    const cut = join(folder, 'half.jsonl');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(cut, whole.slice(0, whole.length / 2));
    return cut;
  }

  /** Rejects where the process ended before, for then nothing would be killed. */
  async function untilLines(of: TenantId, wanted: number, ended: Promise<Ended>): Promise<void> {
    let early: Ended | null = null;
    void ended.then((done) => {
      early = done;
    });
    while ((rebuildingIn(await redis.store.heads(of))?.lines ?? 0) < wanted) {
      if (early !== null) throw new Error(`It ended early: ${JSON.stringify(early)}`);
      await turn();
    }
  }
});

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}
