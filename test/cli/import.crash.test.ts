import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { usageReport } from '../../bench/usage-report.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { type Verified, verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { type Ended, startCredits } from '../system/node-process.ts';

const rows = 60_000;
/** Every third row of the report is paid from a pool. */
const charged = 40_000;

/**
 * Goal: an import that is killed, at whatever moment, leaves books that verify, and the same import again comes to
 * the state of one that was never disturbed. Method: real processes, SIGKILL when the store holds so many rows.
 */
describe('an import of many rows', function () {
  this.timeout(300_000);

  const redis = withRedis();
  let folder: string;
  let path: string;
  let undisturbed: Verified;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credits-import-'));
    path = join(folder, 'PSTN.calls.csv');
    writeFileSync(path, usageReport(rows));
    const tenant = freshTenant();
    const done = await importing(tenant).ended;
    assert.equal(tallyOf(done).new, charged);
    undisturbed = await verifyTenant(redis.store, tenant);
    assert.deepEqual(undisturbed.violations, []);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const importing = (tenant: TenantId) =>
    startCredits(['import', path, '--tenant', tenant, '--json'], { redisUrl: redis.url });

  for (const share of [0.02, 0.4, 0.9]) {
    it(`that is killed after ${share * 100} % and done again comes to the same state`, async () => {
      const tenant = freshTenant();
      const { child, ended } = importing(tenant);
      await untilRows(tenant, share * rows, ended);
      child.kill('SIGKILL');
      assert.equal((await ended).signal, 'SIGKILL', 'it was killed before its end');

      const torn = await verifyTenant(redis.store, tenant);
      assert.deepEqual(torn.violations, [], 'what it left behind is whole');
      assert.notEqual(torn.stateHash, undisturbed.stateHash);

      const { new: added, known } = tallyOf(await importing(tenant).ended);
      assert.equal(added + known, charged);
      assert.ok(known > 0, 'what was booked before is known');
      const verified = await verifyTenant(redis.store, tenant);
      assert.deepEqual(verified.violations, []);
      assert.equal(verified.stateHash, undisturbed.stateHash);
    });
  }

  it('that runs twice at once books every row once', async () => {
    const tenant = freshTenant();
    const both = await Promise.all([importing(tenant).ended, importing(tenant).ended]);
    const added = both.map((done) => tallyOf(done).new);
    assert.equal((added[0] ?? 0) + (added[1] ?? 0), charged);
    const verified = await verifyTenant(redis.store, tenant);
    assert.deepEqual(verified.violations, []);
    assert.equal(verified.stateHash, undisturbed.stateHash);
  });

  /** Rejects where the process ended before, for then nothing would be killed. */
  async function untilRows(tenant: TenantId, wanted: number, ended: Promise<Ended>): Promise<void> {
    let early: Ended | null = null;
    void ended.then((done) => {
      early = done;
    });
    for (;;) {
      const usage = (await redis.store.heads(tenant)).get('usage')?.state as
        | { readonly rows: number }
        | undefined;
      if ((usage?.rows ?? 0) >= wanted) return;
      if (early !== null) throw new Error(`It ended early: ${JSON.stringify(early)}`);
      await turn();
    }
  }
});

function tallyOf({ code, stdout, stderr }: Ended): { readonly new: number; readonly known: number } {
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}
