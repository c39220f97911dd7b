import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toDecimal } from '../../src/money/money.ts';
import { balances } from '../../src/workflows/balances.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended, startCredits } from '../system/node-process.ts';
import { fixture } from '../usage/samples.ts';
import { sampleFiles } from '../workflows/tenant-under-test.ts';

describe('the credits command', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'credits-command-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(commandArguments, { redisUrl: redis.url });

  function fileOf(name: string, content: string | Uint8Array): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('imports the sample files and tells balance and verification as the product itself does', async () => {
    const tenant = freshTenant();
    const documents: Record<string, unknown>[] = [];
    for (const [name, content] of sampleFiles) {
      const done = await run('import', fileOf(name, content), '--tenant', tenant, '--json');
      assert.deepEqual([done.code, done.stderr], [0, '']);
      documents.push(documentOf(done));
    }
    assert.deepEqual(documents[0], {
      new: 44,
      known: 0,
      changed: 0,
      ignored: 27,
      rejected: 0,
      errors: [],
      amounts: { EUR: '92.20', USD: '53.62' },
      complete: true,
    });
    assert.deepEqual(
      documents.map(({ complete }) => complete),
      [true, true, false, true],
      'another page follows the first, and is to be imported too',
    );
    assert.equal(documents[1]?.new, 0, 'the ZIP tells of the same calls');

    const told = documentOf(await run('balance', '--tenant', tenant, '--json'));
    const accounts = told.accounts as readonly Record<string, unknown>[];
    assert.deepEqual(
      accounts.map(({ currency, estimate, confirmed, asOf }) => ({ currency, estimate, confirmed, asOf })),
      [
        { currency: 'EUR', estimate: '-92.186', confirmed: null, asOf: accounts[0]?.asOf },
        { currency: 'USD', estimate: '-53.606', confirmed: null, asOf: accounts[0]?.asOf },
      ],
    );
    assert.match(String(accounts[0]?.asOf), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const ofProduct = await balances(redis.store, tenant, Date.now());
    assert.deepEqual(
      accounts.map(({ estimate }) => estimate),
      ofProduct.map(({ estimate }) => toDecimal(estimate)),
    );

    const verified = documentOf(await run('verify', '--tenant', tenant, '--json'));
    assert.deepEqual(verified, { ...(await verifyTenant(redis.store, tenant)) });
    assert.equal(verified.ok, true);
  });

  it('names bad rows by their numbers, imports the rest, and is done', async () => {
    const tenant = freshTenant();
    const text = new TextDecoder().decode(fixture('pstn-usage-export.csv'));
    const bad = text.replace('0.00,0.13,EUR', '0.00,-0.13,EUR').replace('0.00,2.23,USD', '0.00,1e309,USD');
    const done = await run('import', fileOf('bad.csv', bad), '--tenant', tenant, '--json');
    assert.equal(done.code, 0);
    const { rejected, errors, ...rest } = documentOf(done);
    assert.equal(rejected, 2);
    assert.deepEqual(errors, [
      { row: 1, reason: 'charge-negative' },
      { row: 2, reason: 'charge-not-an-amount' },
    ]);
    assert.equal(Number(rest.new) + Number(rest.ignored), 69);
  });

  it('tells people in lines what it tells machines in JSON', async () => {
    const tenant = freshTenant();
    const path = fileOf('people.csv', fixture('pstn-usage-export.csv'));
    const done = await run('import', path, '--tenant', tenant);
    assert.match(done.stdout, /^44 new, 0 known, 0 changed, 27 ignored, 0 rejected\n/);
    const told = await run('balance', '--tenant', tenant);
    assert.match(told.stdout, /^-92\.20 EUR, estimated as of \d{4}-/m);
    assert.match(told.stdout, /never checked against the admin centre/);
    const verified = await run('verify', '--tenant', tenant);
    assert.match(verified.stdout, /^\d+ entries, state [0-9a-f]{64}\n$/);
  });

  describe('refuses, exit 1, with a sentence on standard error and one document with --json', () => {
    const cases: readonly (readonly [sentence: string, arguments_: () => readonly string[], code: string])[] =
      [
        ['a file that is not there', () => ['import', join(folder, 'nowhere.csv')], 'file-unreadable'],
        ['a folder', () => ['import', folder], 'file-unreadable'],
        [
          'a table of something else',
          () => ['import', fileOf('other.csv', 'Name,Age\nGrace,42\n')],
          'usage-file-not-a-report',
        ],
        [
          'the balance of a tenant that nothing is known of',
          () => ['balance', '--tenant', freshTenant()],
          'tenant-unknown',
        ],
      ];
    for (const [sentence, commandArguments, code] of cases) {
      it(sentence, async () => {
        const done = await run(...commandArguments(), '--json');
        assert.equal(done.code, 1);
        const { error } = documentOf(done) as {
          readonly error: { readonly code: string; readonly message: string };
        };
        assert.equal(error.code, code);
        assert.equal(done.stderr, `${error.message}\n`);
        assert.match(error.message, /\.$/, 'it is a sentence');
      });
    }

    it('a Redis that does not answer', async () => {
      const done = await credits(['balance', '--json'], { redisUrl: 'redis://127.0.0.1:1' });
      assert.equal(done.code, 1);
      assert.deepEqual(documentOf(done), {
        error: { code: 'store-unavailable', message: 'The store does not answer.' },
      });
      assert.equal(done.stderr, 'The store does not answer.\n');
    });

    it('an environment that is wrong, with all that is wrong', async () => {
      const done = await credits(['balance'], { environment: { PORT: 'x', CLOUD: 'y' } });
      assert.equal(done.code, 1);
      assert.equal(done.stdout, '');
      assert.match(done.stderr, /PORT must be/);
      assert.match(done.stderr, /CLOUD must be/);
    });
  });

  describe('says how it is used, exit 2 and nothing on standard output, for', () => {
    const cases: readonly (readonly [sentence: string, commandArguments: readonly string[]])[] = [
      ['no command', []],
      ['a command that there is not', ['pay']],
      ['an option that there is not', ['balance', '--fast']],
      ['a tenant that is no GUID', ['balance', '--tenant', 'harborline']],
      ['nothing to understand', ['understand']],
    ];
    for (const [sentence, commandArguments] of cases) {
      it(sentence, async () => {
        const done = await run(...commandArguments);
        assert.equal(done.code, 2);
        assert.equal(done.stdout, '');
        assert.match(done.stderr, /[Uu]sage: credits|--help/);
      });
    }
  });

  it('lists its commands when asked, exit 0', async () => {
    const done = await run('--help');
    assert.equal(done.code, 0);
    for (const command of ['balance', 'import', 'understand', 'verify']) {
      assert.match(done.stdout, new RegExp(`^  ${command} `, 'm'));
    }
    assert.match(done.stdout, /Exit codes: 0 done, 1 refused .*2 wrong usage/);
  });

  describe('understands', () => {
    it('one text, as one document', async () => {
      const done = await run('understand', '잔액 얼마야?', '--locale', 'ko-KR');
      assert.deepEqual([done.code, documentOf(done)], [0, { intent: 'balance', slots: {} }]);
    });

    it('lines until its reader has seen enough', async () => {
      const input = '{"id":1,"text":"what is our balance"}\n'.repeat(20_000);
      const { child, ended } = startCredits(['understand', '--jsonl'], { input });
      child.stdout?.once('data', () => child.stdout?.destroy());
      const done = await ended;
      assert.deepEqual([done.code, done.stderr], [0, '']);
    });

    it('lines, one answer a line in their order, and tells of those that it could not read', async () => {
      const input = [
        '{"id":1,"locale":"en-US","text":"what is our balance"}',
        '',
        'not JSON',
        '{"id":"two","locale":"ko-KR","text":"도움말"}',
        '{"id":3,"locale":"en-US"}',
        '{"id":4,"locale":"!!","text":"thanks"}',
      ].join('\n');
      const done = await credits(['understand', '--jsonl'], { input });
      assert.equal(done.code, 1);
      assert.match(done.stderr, /: 3, 5\.\n$/);
      const lines = done.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(lines, [
        { id: 1, intent: 'balance', slots: {} },
        { id: 'two', intent: 'help', slots: {} },
        { id: 4, intent: 'thanks', slots: {} },
      ]);
    });
  });
});

/** The one document that was printed. */
function documentOf({ stdout, stderr }: Ended): Record<string, unknown> {
  assert.match(stdout, /^\{.*\}\n$/, `exactly one document is printed; standard error: ${stderr}`);
  return JSON.parse(stdout);
}
