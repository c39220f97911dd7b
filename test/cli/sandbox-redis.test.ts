import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localRedis } from '../../src/store/local-server.ts';
import { checkout, processesIn } from '../system/checkout.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { fixture } from '../usage/samples.ts';

describe("the credits command without REDIS_URL works on the sandbox's Redis", function () {
  this.timeout(180_000);

  let folder: string;
  let redisFolder: string;
  before(async () => {
    folder = checkout();
    redisFolder = join(folder, '.sandbox', 'redis');
    writeFileSync(join(folder, 'report.csv'), fixture('pstn-usage-export.csv'));
  });

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits([...commandArguments, '--json'], { folder });

  it('that does not run: it is started, keeps what was imported, and is stopped again', async () => {
    const unknown = await run('balance');
    assert.equal(unknown.code, 1);
    assert.match(unknown.stdout, /"tenant-unknown"/);
    assert.deepEqual(processesIn(redisFolder), []);

    const imported = await run('import', 'report.csv');
    assert.deepEqual([imported.code, JSON.parse(imported.stdout).new], [0, 44]);
    assert.deepEqual(processesIn(redisFolder), []);

    assert.deepEqual(estimatesOf(await run('balance')), ['-92.20', '-53.62']);
    assert.deepEqual(processesIn(redisFolder), [], 'nothing is left running');
  });

  it('that runs: it is joined, and left running', async () => {
    const running = await localRedis({ folder: redisFolder, log: () => undefined });
    try {
      const [server] = processesIn(redisFolder);
      assert.deepEqual(estimatesOf(await run('balance')), ['-92.20', '-53.62']);
      assert.deepEqual(processesIn(redisFolder), [server]);
    } finally {
      await running.stop();
    }
    assert.deepEqual(processesIn(redisFolder), []);
  });
});

function estimatesOf({ stdout, stderr }: Ended): readonly string[] {
  assert.notEqual(stdout, '', stderr);
  const { accounts } = JSON.parse(stdout) as { readonly accounts: readonly { readonly estimate: string }[] };
  return accounts.map(({ estimate }) => estimate);
}
