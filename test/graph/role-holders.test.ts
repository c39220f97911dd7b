import assert from 'node:assert/strict';
import { whoIsNotified } from '../../src/answers/who-is-notified.ts';
import { graphRoleHolders } from '../../src/graph/role-holders.ts';
import { notifiedRoles } from '../../src/people/role-holder.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { clientOf, startGraph } from './sandbox-graph.ts';

const joinedDevice = '9f06204d-73c1-4d4c-880a-6edb90606fd8';

describe('who holds a role', () => {
  let graph: GraphDouble;
  let now = 0;

  beforeEach(async () => {
    graph = await startGraph();
  });
  afterEach(() => graph.stop());

  const directory = () => graphRoleHolders(clientOf(graph).client, () => now);
  const holdings = (roles = directory()) => roles.roleHoldings(sandboxTenant.id, notifiedRoles);

  it('is everybody with one of the sixteen roles, once a role, by the way in which they hold it', async () => {
    const { holders, eligibleKnown } = await holdings();
    const found = [...holders].flatMap(([role, held]) =>
      held.map(({ person, how }) => `${person} ${role} ${how}`),
    );
    const expected = sandboxPeople.flatMap(({ id, roles, via }) =>
      roles
        .filter((role) => notifiedRoles.includes(role))
        .map((role) => `${id} ${role} ${via === 'group' || via === 'eligible' ? via : 'direct'}`),
    );
    assert.deepEqual(found.sort(), expected.sort());
    assert.equal(eligibleKnown, true);
  });

  it('is told with what keeps a message from a holder', async () => {
    const { holders } = await holdings();
    for (const { id, via, roles } of sandboxPeople) {
      const [held] = roles.flatMap((role) => holders.get(role) ?? []).filter(({ person }) => person === id);
      if (held === undefined) continue;
      assert.deepEqual([held.guest, held.enabled], [via === 'guest', via !== 'disabled']);
    }
  });

  it('counts people once, and leaves out guests, the switched off, the eligible and the device role', async () => {
    const reached = sandboxPeople.filter(
      ({ via, roles }) =>
        (via === undefined || via === 'group') &&
        roles.some((role) => role !== joinedDevice && notifiedRoles.includes(role)),
    );
    assert.equal(whoIsNotified(await holdings()).people, reached.length);
  });

  it('is known without those who are eligible where the tenant does not tell of them', async () => {
    const refused = { kind: 'status', status: 400, code: 'AadPremiumLicenseRequired' } as const;
    graph.faults.add(...notifiedRoles.map(() => ({ ...refused, on: 'roleEligibilityScheduleInstances' })));
    const { holders, eligibleKnown } = await holdings();
    assert.equal(eligibleKnown, false);
    assert.equal(
      [...holders.values()].flat().some(({ how }) => how === 'eligible'),
      false,
    );
  });

  it('is asked for once in five minutes', async () => {
    const roles = directory();
    await holdings(roles);
    const asked = graph.questions.length;
    now += 4 * 60_000;
    await holdings(roles);
    assert.equal(graph.questions.length, asked);
    now += 60_000;
    await holdings(roles);
    assert.ok(graph.questions.length > asked);
  });

  it('is unknown while the directory is away, and is asked for again', async () => {
    const roles = directory();
    await graph.stop();
    await assert.rejects(holdings(roles), DirectoryUnavailable);
    await assert.rejects(holdings(roles), DirectoryUnavailable);
  });
});
