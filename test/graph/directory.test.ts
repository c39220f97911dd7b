import assert from 'node:assert/strict';
import { personId } from '../../src/decision/ids.ts';
import { minuteMs } from '../../src/decision/time.ts';
import { type GraphDirectory, graphDirectory } from '../../src/graph/directory.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { clientOf, startGraph } from './sandbox-graph.ts';

const [somebody] = sandboxPeople as [SandboxPerson, ...SandboxPerson[]];
const stranger = personId('00000000-0000-4000-8000-000000000000') ?? assert.fail();

describe('directory by Graph', () => {
  let graph: GraphDouble;
  let directory: GraphDirectory;
  let now: number;
  const ask = (options?: { readonly live: boolean }) =>
    directory.person(sandboxTenant.id, somebody.id, options);

  beforeEach(async () => {
    now = Date.parse('2026-11-24T12:00:00Z');
    graph = await startGraph();
    directory = graphDirectory(clientOf(graph).client, () => now);
  });
  afterEach(() => graph.stop());

  for (const person of sandboxPeople) {
    it(`knows ${person.displayName}, ${person.via ?? 'as a member'}`, async () => {
      assert.deepEqual(await directory.person(sandboxTenant.id, person.id), {
        id: person.id,
        displayName: person.displayName,
        userPrincipalName: person.userPrincipalName,
        enabled: person.via !== 'disabled',
        guest: person.via === 'guest',
        preferredLanguage: person.locale,
        roles: person.via === 'eligible' ? [] : person.roles,
      });
    });
  }

  it('knows no stranger', async () => {
    assert.equal(await directory.person(sandboxTenant.id, stranger), null);
  });

  it('asks Graph once a minute about a person', async () => {
    await ask();
    now += minuteMs - 1;
    await ask();
    assert.equal(graph.questions.length, 2);
    now += 1;
    await ask();
    assert.equal(graph.questions.length, 4);
  });

  it('asks Graph once for questions that come together', async () => {
    await Promise.all([ask(), ask(), ask()]);
    assert.equal(graph.questions.length, 2);
  });

  it('sees at once that a role is gone when it looks live', async () => {
    assert.notDeepEqual((await ask())?.roles, []);
    graph.setRoles(somebody.id, []);
    assert.notDeepEqual((await ask())?.roles, [], 'the cached answer still counts');
    assert.deepEqual((await ask({ live: true }))?.roles, []);
    assert.deepEqual((await ask())?.roles, [], 'what was seen live counts from then on');
  });

  it('remembers no failure', async () => {
    graph.faults.add({
      kind: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      on: 'transitiveMemberOf',
    });
    await assert.rejects(ask(), DirectoryUnavailable);
    assert.equal((await ask())?.id, somebody.id);
  });

  it('knows nobody where Graph stays busy, and says so', async () => {
    const busy = { kind: 'status', status: 503, code: 'busy' } as const;
    graph.faults.add(busy, busy, busy, busy);
    await assert.rejects(ask(), DirectoryUnavailable);
  });

  it('takes half an answer for none', async () => {
    graph.faults.add({ kind: 'half', on: 'transitiveMemberOf' });
    await assert.rejects(ask(), DirectoryUnavailable);
  });
});
