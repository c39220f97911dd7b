import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { fixture } from '../usage/samples.ts';

describe('the credits command, asked about usage', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  const tenant = freshTenant();
  let folder: string;

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits([...commandArguments, '--tenant', tenant], { redisUrl: redis.url });
  const document = async (...commandArguments: readonly string[]) => {
    const ended = await run(...commandArguments, '--json');
    assert.deepEqual([ended.code, ended.stderr], [0, '']);
    return JSON.parse(ended.stdout);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credits-usage-'));
    const path = join(folder, 'export.csv');
    writeFileSync(path, fixture('pstn-usage-export.csv'));
    assert.equal((await run('import', path)).code, 0);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('tells spend by currency, and by any dimension to the same totals', async () => {
    for (const by of ['country', 'user', 'calltype', 'day', 'number']) {
      const { period, from, to, accounts } = await document('usage', '--period', '2026-10', '--by', by);
      assert.deepEqual([period, from, to], ['2026-10', '2026-10-01', '2026-10-31']);
      assert.deepEqual(
        accounts.map(({ currency, total, calls }: Record<string, unknown>) => [currency, total, calls]),
        [
          ['EUR', '92.20', 11],
          ['USD', '53.62', 33],
        ],
      );
    }
  });

  it('prints one line a user, whatever the name holds', async () => {
    const { stdout } = await run('usage', '--period', '2026-10', '--by', 'user');
    assert.match(stdout, /^ {2}8\.71 USD for 6 calls: Line Break Lee$/m);
  });

  it("tells the ledger's entries of the account asked for", async () => {
    const { currency, total, entries } = await document('history', '--currency', 'usd', '--limit', '5');
    assert.deepEqual([currency, total, entries.length], ['USD', 1, 1]);
    assert.deepEqual([entries[0].kind, entries[0].amount], ['usage', '-53.62']);
  });

  it('tells from which balance to which, line by line', async () => {
    const { accounts } = await document('explain', '--from', '2026-10-01', '--to', '2026-10-31');
    for (const { opening, lines, closing } of accounts) {
      const cents = (decimal: string) => Math.round(Number(decimal) * 100);
      const moved = lines.reduce((sum: number, line: { amount: string }) => sum + cents(line.amount), 0);
      assert.equal(cents(opening) + moved, cents(closing));
    }
  });

  for (const [sentence, wrong] of [
    ['a period that is none', ['usage', '--period', 'someday']],
    ['a day that no calendar has', ['explain', '--from', '2026-02-31', '--to', '2026-03-01']],
    ['days in the wrong order', ['explain', '--from', '2026-03-02', '--to', '2026-03-01']],
    ['one end of a time alone', ['explain', '--from', '2026-03-02']],
    ['no entries at all', ['history', '--limit', '0']],
  ] as const) {
    it(`is used wrongly with ${sentence}`, async () => assert.equal((await run(...wrong)).code, 2));
  }

  it('refuses an account that the tenant has not', async () => {
    const ended = await run('history', '--currency', 'KRW', '--json');
    assert.equal(ended.code, 1);
    assert.equal(JSON.parse(ended.stdout).error.code, 'account-unknown');
  });
});
