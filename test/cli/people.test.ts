import assert from 'node:assert/strict';
import { notifiedRoles } from '../../src/people/role-catalogue.ts';
import { product } from '../../src/product-on-ports.ts';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { freshTenant, startRedis, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { portsOf, startDirectory } from '../workflows/product-under-test.ts';

interface ToldPeople {
  readonly asOf: string;
  readonly roles: readonly {
    readonly role: string;
    readonly name: string;
    readonly holders: readonly Readonly<Record<string, unknown>>[];
  }[];
}

const telephony = 'aa38014f-0993-46e9-9b45-30501a20909d';

describe('the credits people command', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(commandArguments, { redisUrl: redis.url });

  it('tells of every holder in the sandbox what the directory has, running or not', async () => {
    const own = await startRedis();
    const done = await credits(['people', '--json'], { redisUrl: own.url });
    await own.kill();
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const told: ToldPeople = JSON.parse(done.stdout);
    assert.match(told.asOf, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(
      told.roles.map(({ role }) => role),
      notifiedRoles,
    );
    for (const { role, holders } of told.roles) {
      for (const person of sandboxPeople.filter(({ roles }) => roles.includes(role))) {
        assert.deepEqual(
          holders.find(({ id }) => id === person.id),
          asTold(person),
        );
      }
    }
    const parts = told.roles.flatMap(({ holders }) => holders).filter(({ standing }) => standing === 'part');
    assert.deepEqual(
      parts.map(({ displayName }) => displayName),
      ['Lars Schröder'],
    );
  });

  it('refuses a tenant whose directory was never read, with a sentence', async () => {
    const done = await run('people', '--tenant', freshTenant(), '--json');
    assert.equal(done.code, 1);
    assert.equal(JSON.parse(done.stdout).error.code, 'people-unknown');
    assert.match(done.stderr, /^Nobody of tenant .*\.\n$/);
  });

  it('chooses the roles that count, by name or id, and shows them', async () => {
    const tenant = freshTenant();
    const graph = await startDirectory(tenant);
    await product(portsOf(redis.store, graph)).refreshPeople(tenant);
    await graph.stop();
    const add = ['--add', 'teams telephony administrator', '--remove', notifiedRoles[0] ?? ''];
    const chosen = await run('people', 'roles', ...add, '--tenant', tenant, '--json');
    assert.deepEqual([chosen.code, chosen.stderr], [0, '']);
    const { roles } = JSON.parse(chosen.stdout) as {
      readonly roles: readonly { readonly role: string; readonly chosen: boolean }[];
    };
    assert.equal(roles.find(({ role }) => role === telephony)?.chosen, true);
    assert.equal(roles.find(({ role }) => role === notifiedRoles[0])?.chosen, false);

    const lines = (await run('people', '--tenant', tenant)).stdout.split('\n');
    assert.ok(lines.includes('Billing Administrator (does not count):'));
    assert.ok(lines.includes('  Priya Raman, eligible, not active'));
    assert.ok(lines.includes('Teams Telephony Administrator:'));
    assert.ok(lines.includes("  Siobhan O'Dwyer, direct"));
    const listed = (await run('people', 'roles', '--tenant', tenant)).stdout.split('\n');
    assert.ok(listed.includes('counts  Teams Telephony Administrator'));
    assert.ok(listed.includes('        Billing Administrator'));
  });

  it('refuses a role that there is not, and the last one, and writes nothing', async () => {
    const tenant = freshTenant();
    const unknown = await run('people', 'roles', '--add', 'Reports Reader', '--tenant', tenant, '--json');
    assert.equal(unknown.code, 1);
    assert.equal(JSON.parse(unknown.stdout).error.code, 'unknown-role');
    assert.match(unknown.stderr, /no role "Reports Reader"/);
    const all = notifiedRoles.flatMap((role) => ['--remove', role]);
    const none = await run('people', 'roles', ...all, '--tenant', tenant);
    assert.deepEqual([none.code, none.stdout], [1, '']);
    assert.match(none.stderr, /One role at least must count/);
    assert.equal(await redis.store.knowsTenant(tenant), false);
  });
});

/** A holder as the file of people has it. */
function asTold({ id, displayName, via }: SandboxPerson): Readonly<Record<string, unknown>> {
  return {
    id,
    displayName,
    how: via === 'group' || via === 'eligible' ? via : 'direct',
    enabled: via !== 'disabled',
    guest: via === 'guest',
    scope: '/',
    until: null,
    standing: via === undefined || via === 'group' ? 'active' : via,
  };
}
