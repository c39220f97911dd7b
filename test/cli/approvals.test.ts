import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Redis } from 'ioredis';
import { auditHash, emptyAudit } from '../../src/decision/audit.ts';
import { tenantKeys } from '../../src/store/keys.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { topUpsUnderTest } from '../workflows/top-ups-under-test.ts';

describe('the commands about approvals', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const redis = withRedis();
  const tenant = freshTenant();
  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits([...commandArguments, '--tenant', tenant], { redisUrl: redis.url });

  before(async () => {
    const topUps = topUpsUnderTest(redis.store, tenant);
    const number = await topUps.submit('grace', '500', { reason: '=1+1 is what they say' });
    await topUps.decide('seoyeon', 'topup.approve', number, { comment: '-5 would do, too' });
  });

  describe('credits export audit', () => {
    it('tells the whole chain, from which anybody can recompute the hashes', async () => {
      const done = await run('export', 'audit', '--json');
      assert.deepEqual([done.code, done.stderr], [0, '']);
      const { entries } = JSON.parse(done.stdout);
      assert.deepEqual(
        entries.map(({ seq, type, subject }: Record<string, unknown>) => [seq, type, subject]),
        [
          [1, 'topup.requested', 'topup:1'],
          [2, 'topup.approved', 'topup:1'],
          [3, 'topup.granted', 'topup:1'],
        ],
      );
      let previous = emptyAudit.hash;
      for (const { seq, at, hash, ...fact } of entries) {
        assert.match(at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        assert.equal(hash, auditHash(seq, previous, { ...fact, at: Date.parse(at) }));
        previous = hash;
      }
    });

    it('writes a table that a spreadsheet takes for text', async () => {
      const done = await run('export', 'audit');
      const [heading, ...lines] = parse(done.stdout);
      assert.deepEqual(heading, ['seq', 'at', 'actor', 'type', 'subject', 'data', 'previousHash', 'hash']);
      assert.equal(lines.length, 3);
      for (const cell of lines.flat()) assert.doesNotMatch(cell, /^[=+\-@]/);
    });

    it('says so where an entry cannot be read, in one document', async () => {
      const broken = freshTenant();
      const topUps = topUpsUnderTest(redis.store, broken);
      await topUps.submit('grace', '500');
      const client = new Redis(redis.url);
      await client.xadd(tenantKeys(broken).log('audit'), '*', 'event', '{"v":1');
      await client.quit();
      const done = await credits(['export', 'audit', '--json', '--tenant', broken], { redisUrl: redis.url });
      assert.equal(done.code, 1);
      assert.equal(JSON.parse(done.stdout).error.code, 'audit-unreadable');
      assert.match(done.stderr, /^Entry 2 of the audit cannot be read/);
    });
  });

  describe('credits policy check', () => {
    it('says who would have to approve, as data', async () => {
      const done = await run('policy', 'check', '2,500', '--currency', 'USD', '--json');
      assert.deepEqual([done.code, done.stderr], [0, '']);
      const told = JSON.parse(done.stdout);
      assert.deepEqual(
        [told.amount, told.currency, told.policyVersion, told.band, told.requesterMayApprove],
        ['2500.00', 'USD', 1, 3, false],
      );
      const names = told.approvals.map(({ roles }: { roles: { name: string }[] }) =>
        roles.map(({ name }) => name),
      );
      assert.deepEqual(names, [['Billing Administrator'], ['Billing Administrator', 'Global Administrator']]);
    });

    it('says it in sentences', async () => {
      const done = await run('policy', 'check', '150', '--currency', 'usd');
      assert.match(done.stdout, /^150\.00 USD needs one person, never the requester:$/m);
      assert.match(done.stdout, /^ {2}Billing Administrator or Global Administrator$/m);
    });

    const refused = [
      ['60000', 'topup-over-limit'],
      ['0', 'topup-not-positive'],
      ['many', 'amount-not-a-number'],
      ['1.234', 'amount-too-precise'],
    ] as const;
    for (const [amount, code] of refused) {
      it(`refuses ${amount} with ${code}`, async () => {
        const done = await run('policy', 'check', amount, '--currency', 'USD', '--json');
        assert.equal(done.code, 1);
        assert.equal(JSON.parse(done.stdout).error.code, code);
        assert.ok(done.stderr.length > 10);
      });
    }

    it('goes by the rules that a file told, and the file is what it shows', async () => {
      const own = freshTenant();
      const folder = mkdtempSync(join(tmpdir(), 'credits-policy-'));
      const runOwn = (...words: readonly string[]) =>
        credits([...words, '--tenant', own, '--currency', 'USD'], { redisUrl: redis.url });
      try {
        const file = join(folder, 'policy.json');
        const shown = JSON.parse((await runOwn('policy', 'show')).stdout);
        const [first] = shown.bands;
        writeFileSync(file, JSON.stringify({ ...shown, bands: [{ ...first, upTo: '75.50' }] }));
        const set = await runOwn('policy', 'set', file);
        assert.match(set.stdout, /^Policy 2 holds for requests in USD from now on\.$/m);
        assert.equal((await runOwn('policy', 'check', '75.51', '--json')).code, 1);
        assert.equal(
          JSON.parse((await runOwn('policy', 'check', '75.50', '--json')).stdout).policyVersion,
          2,
        );

        writeFileSync(file, JSON.stringify({ bands: [{ upTo: '5', approvals: [{}] }] }));
        const refused = await runOwn('policy', 'set', file, '--json');
        assert.equal(JSON.parse(refused.stdout).error.code, 'policy-unreadable');
        assert.match(refused.stderr, /bands\.0\.approvals\.0: an approval that nobody could give/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('is used wrongly without an amount', async () => assert.equal((await run('policy', 'check')).code, 2));
  });
});
