import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import sinon from 'sinon';
import { findOrInstall, ProgramMissing } from '../../src/store/system-package.ts';

/** A PATH of our own with an apt-get of our own: nothing of the system is touched. */
describe('a program of the system', () => {
  let folder: string;
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credits-path-'));
    lines = [];
    sinon.stub(process, 'env').value({ ...process.env, PATH: folder, HERE: folder });
  });
  afterEach(async () => {
    sinon.restore();
    await rm(folder, { recursive: true });
  });

  const program = async (name: string, script: string) => {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  };
  const find = () =>
    findOrInstall({
      commands: ['first-choice', 'second-choice'],
      debianPackages: ['choice', 'choice-data'],
      purpose: 'the tests',
      log: (line) => lines.push(line),
    });
  const asRoot = (userId: number) => sinon.stub(process, 'getuid').returns(userId);
  const aptCalls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
  const noteCall = 'echo "$RUNLEVEL $DEBIAN_FRONTEND $4 $5 $6 $7 $8" >> "$HERE/calls"';
  const bringProgram = 'echo "#!/bin/sh" > "$HERE/second-choice"; /bin/chmod 755 "$HERE/second-choice"';

  it('is found on the PATH, the preferred name first, without a word', async () => {
    await program('second-choice', 'exit 0');
    assert.equal(await find(), join(folder, 'second-choice'));
    await program('first-choice', 'exit 0');
    assert.equal(await find(), join(folder, 'first-choice'));
    assert.deepEqual(lines, []);
  });

  it('is nothing that cannot be run', async () => {
    await writeFile(join(folder, 'first-choice'), 'text');
    asRoot(0);
    await assert.rejects(find(), ProgramMissing);
  });

  it('is installed by root, announced in one line, and no service is started', async () => {
    asRoot(0);
    await program('apt-get', `${noteCall}; ${bringProgram}`);
    assert.equal(await find(), join(folder, 'second-choice'));
    assert.deepEqual(lines, ['Installing choice choice-data with apt-get, for the tests.']);
    assert.deepEqual(await aptCalls(), [
      '1 noninteractive install -y --no-install-recommends choice choice-data',
    ]);
  });

  it('is installed with fresh package lists where the old ones do not know it', async () => {
    asRoot(0);
    const once = '[ -f "$HERE/fresh" ] || { [ "$4" = update ] && : > "$HERE/fresh"; exit $?; }';
    await program('apt-get', `${noteCall}; ${once}; ${bringProgram}`);
    await find();
    assert.deepEqual(
      (await aptCalls()).map((call) => call.split(' ')[2]),
      ['install', 'update', 'install'],
    );
  });

  const hopeless: readonly (readonly [sentence: string, userId: number, apt: string | null])[] = [
    ['somebody who is not root', 1_000, bringProgram],
    ['a system without apt-get', 0, null],
    ['an apt-get that fails', 0, 'exit 100'],
    ['packages that do not bring it', 0, 'exit 0'],
  ];
  for (const [sentence, userId, apt] of hopeless) {
    it(`is asked for in one sentence, for ${sentence}`, async () => {
      asRoot(userId);
      if (apt) await program('apt-get', apt);
      await assert.rejects(find(), (error) => {
        assert.ok(error instanceof ProgramMissing);
        assert.match(error.message, /^`first-choice` or `second-choice` is needed for the tests/);
        assert.match(error.message, /sudo apt-get install choice choice-data/);
        return true;
      });
    });
  }

  it('is found in the first folder of the PATH that has it', async () => {
    await program('first-choice', 'exit 0');
    process.env.PATH = ['/nowhere', folder].join(delimiter);
    assert.equal(await find(), join(folder, 'first-choice'));
  });
});
