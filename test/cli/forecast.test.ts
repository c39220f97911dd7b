import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, type Day, startOfDay } from '../../src/decision/time.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';

const firstDay = '2026-06-01' as Day;

/** Ten a working day and one on others, as a person would bring it. */
function series(days: number): string {
  const lines = Array.from({ length: days }, (_, index) => {
    const day = addDays(firstDay, index);
    const isWorkingDay = [1, 2, 3, 4, 5].includes(new Date(startOfDay(day)).getUTCDay());
    return `${day},${isWorkingDay ? '10.00' : '1.00'}`;
  });
  return ['date,spend', ...lines].join('\n');
}

describe('credits forecast', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const redis = withRedis();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'credits-forecast-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(['forecast', ...commandArguments], { redisUrl: redis.url });

  function fileOf(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('says when a series runs out, day by day and with its own record', async () => {
    const done = await run('--series', fileOf('series.csv', series(84)), '--balance', '520', '--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const told = JSON.parse(done.stdout);
    // 520 are ten weeks at 52 a week, from 24 August on.
    assert.ok(told.zero.p10 <= told.zero.p50 && told.zero.p50 <= told.zero.p90);
    assert.ok(Math.abs(startOfDay(told.zero.p50) - startOfDay('2026-10-31' as Day)) <= 7 * 86_400_000);
    assert.equal(told.daily.length, 30);
    assert.deepEqual(Object.keys(told.daily[0]), ['date', 'p10', 'p50', 'p90']);
    assert.equal(typeof told.backtest.coverage, 'number');
    assert.equal(typeof told.backtest.medianError, 'number');
  });

  it('gives the same answer to the same seed', async () => {
    const file = fileOf('same.csv', series(60));
    const once = await run('--series', file, '--balance', '300', '--seed', '7', '--json');
    const again = await run('--series', file, '--balance', '300', '--seed', '7', '--json');
    assert.equal(once.code, 0);
    assert.equal(once.stdout, again.stdout);
  });

  it('tries what would be, and refuses what cannot be tried', async () => {
    const given = ['--series', fileOf('what-if.csv', series(84)), '--balance', '520', '--json'];
    const zeroOf = async (...more: readonly string[]) =>
      JSON.parse((await run(...given, ...more)).stdout).zero;
    const usual = await zeroOf();
    assert.ok((await zeroOf('--times', '2')).p50 < usual.p50);
    assert.deepEqual(await zeroOf('--times', '1'), usual);
    const soon = await zeroOf('--times', '2', '--times-from', '2026-09-01', '--times-until', '2026-09-07');
    assert.ok(soon.p50 < usual.p50 && soon.p50 > (await zeroOf('--times', '2')).p50);
    const reversed = await run(
      ...given,
      '--times',
      '2',
      '--times-from',
      '2026-09-07',
      '--times-until',
      '2026-09-01',
    );
    assert.deepEqual(
      [reversed.code, JSON.parse(reversed.stdout).error.code],
      [1, 'scenario-ends-before-it-starts'],
    );
    assert.equal((await run(...given, '--times', '1000')).code, 1);
    assert.equal((await run(...given, '--times-from', '2026-09-07')).code, 2);
    assert.equal((await run(...given, '--times', 'twice')).code, 2);
  });

  it('says that it is too early below two weeks', async () => {
    const done = await run('--series', fileOf('short.csv', series(13)), '--balance', '300', '--json');
    assert.equal(done.code, 0);
    const told = JSON.parse(done.stdout);
    assert.deepEqual(told.tooEarly, { daysOfData: 13, daysNeeded: 14 });
    assert.deepEqual(told.zero, { p10: null, p50: null, p90: null });
  });

  it('refuses a series with a line that is none, and names the line', async () => {
    const done = await run(
      '--series',
      fileOf('bad.csv', '2026-06-01,5\n2026-06-02,-1'),
      '--balance',
      '5',
      '--json',
    );
    assert.equal(done.code, 1);
    assert.match(done.stderr, /Line 2: .*zero or more/);
    assert.equal(JSON.parse(done.stdout).error.code, 'series-refused');
  });

  it('is wrong usage where a series comes without a balance', async () => {
    const done = await run('--series', fileOf('alone.csv', series(20)));
    assert.equal(done.code, 2);
    assert.match(done.stderr, /--series and --balance go together/);
  });

  it('says what to do where nothing is known of the tenant', async () => {
    const done = await run('--tenant', freshTenant());
    assert.equal(done.code, 1);
    assert.match(done.stderr, /credits import FILE/);
  });
});
