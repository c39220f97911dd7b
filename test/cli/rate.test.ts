import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { fixture } from '../rates/decks.ts';
import { credits, type Ended } from '../system/node-process.ts';

const ownList = fileURLToPath(new URL('../rates/fixtures/rates.csv', import.meta.url));
const acsList = fileURLToPath(new URL('../rates/fixtures/acs-pstn-rates.csv', import.meta.url));
/** Nobody listens there. */
const noRedis = 'redis://127.0.0.1:1';

describe('the credits command, asked what calls cost', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'credits-rate-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(commandArguments, { redisUrl: redis.url });
  const lines = async (input: readonly string[], ...commandArguments: readonly string[]) => {
    const options = { redisUrl: noRedis, input: `${input.join('\n')}\n` };
    const done = await credits(['rate', '--jsonl', ...commandArguments], options);
    assert.deepEqual([done.code, done.stderr], [0, '']);
    return done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  for (const place of ['Germany', '독일', 'Berlin', '베를린', '+49 30 5550142']) {
    it(`answers "${place}" by the sandbox's list where no Redis can be had`, async () => {
      const done = await credits(['rate', place, '--minutes', '10', '--json'], { redisUrl: noRedis });
      assert.deepEqual([done.code, done.stderr], [0, '']);
      const { region, perMinute, cost, currency, status } = JSON.parse(done.stdout);
      assert.deepEqual(
        [region, perMinute, cost, currency, status],
        ['DE', '0.013', '0.13', 'USD', 'published'],
      );
    });
  }

  it('refuses another tenant without a list, with a sentence', async () => {
    const done = await run('rate', 'Germany', '--tenant', freshTenant(), '--json');
    assert.equal(done.code, 1);
    assert.equal(JSON.parse(done.stdout).error.code, 'rates-missing');
    assert.match(done.stderr, /credits rates import/);
  });

  it('refuses what is no destination, and tells wrong usage apart', async () => {
    assert.equal((await run('rate', 'blorp')).code, 1);
    assert.equal((await run('rate')).code, 2);
    assert.equal((await run('rate', 'Germany', '--minutes', 'ten')).code, 2);
  });

  it('prices numbers line by line, in their order, by a list alone', async () => {
    const numbers = ['+49 30 5550142', '+498001234567', 'no number', '+33655501****'];
    const input = [...numbers.map((number) => JSON.stringify({ number })), 'not JSON'];
    const rated = await lines(input, '--deck', ownList);
    assert.deepEqual(
      rated.map(({ number, region, perMinute, status, error }) => [number, region, perMinute, status, error]),
      [
        ['+49 30 5550142', 'DE', '0.013', 'published', undefined],
        ['+498001234567', 'DE', null, 'no_published_rate', undefined],
        ['no number', null, null, 'not_a_number', 'That is not a telephone number.'],
        ['+33655501****', 'FR', '0.038', 'published', undefined],
        [null, null, null, 'not_a_number', 'The line is not a JSON object with a number.'],
      ],
    );
  });

  it('prices by the list of Azure Communication Services, in the currency that is said', async () => {
    const [rated] = await lines(['{"number":"+12644972518"}'], '--deck', acsList, '--currency', 'EUR');
    assert.deepEqual([rated.region, rated.prefix, rated.currency], ['AI', '1264', 'EUR']);
  });

  it('shows what a list would change, and lets it count when told to', async () => {
    const tenant = freshTenant();
    const later = join(folder, 'later.csv');
    const csv = fixture('rates.csv').replaceAll('2026-01-01', '2026-06-01');
    writeFileSync(later, csv.replace('A,49,0.013,', 'A,49,0.015,'));
    const imported = async (file: string, ...rest: readonly string[]) =>
      JSON.parse((await run('rates', 'import', file, '--tenant', tenant, '--json', ...rest)).stdout);
    assert.equal((await imported(ownList, '--apply')).applied, true);
    const planned = await imported(later);
    assert.deepEqual([planned.applied, planned.counts.up, planned.changes.length], [false, 1, 1]);
    const price = async () =>
      JSON.parse((await run('rate', 'Germany', '--tenant', tenant, '--json')).stdout).perMinute;
    assert.equal(await price(), '0.013');
    await imported(later, '--apply');
    assert.equal(await price(), '0.015');
    assert.equal((await imported(later, '--apply')).known, true);
  });

  it('refuses what is no price list, and says what is missing', async () => {
    const path = join(folder, 'no-list.csv');
    writeFileSync(path, 'a,b\n1,2\n');
    const done = await run('rates', 'import', path);
    assert.equal(done.code, 1);
    assert.match(done.stderr, /^The file is not a price list: it lacks the columns rate_id, /);
  });
});
