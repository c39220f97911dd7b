import assert from 'node:assert/strict';
import { whoIsNotified } from '../../src/answers/who-is-notified.ts';
import { personId } from '../../src/decision/ids.ts';
import { graphRoleHolders } from '../../src/graph/role-holders.ts';
import { notifiedRoles, selectableRoles } from '../../src/people/role-catalogue.ts';
import { defaultChoice } from '../../src/people/role-choice.ts';
import type { RoleHoldings } from '../../src/people/role-holder.ts';
import { employeeRoles } from '../../src/sandbox/graph-double/employee-roles.ts';
import type { HeldRole } from '../../src/sandbox/graph-double/role-register.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { employees } from '../../src/sandbox/usage/offices.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { clientOf, startGraph } from './sandbox-graph.ts';

const joinedDevice = '9f06204d-73c1-4d4c-880a-6edb90606fd8';
const engineer = 'f70938a0-fc10-4177-9e90-2178f8765737';
const licence = '4d6ac14f-3453-41d0-bef9-a3e0c569773a';
const user = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const neverAssigned = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13';
const unit = '/administrativeUnits/7f2b9c14-d06e-4b85-93a1-5e8d40c7f612';
const [amelia, anja, lars] = ['Amelia Novak', 'Müller, Anja', 'Lars Schröder'].map(
  (name) =>
    personId([...sandboxPeople, ...employees].find(({ displayName }) => displayName === name)?.id ?? '') ??
    assert.fail(name),
);

describe('who holds a role', () => {
  let graph: GraphDouble;
  let waits: readonly number[];
  const now = 1_000;

  afterEach(() => graph.stop());

  async function holdings(somebodyWaits = true): Promise<RoleHoldings> {
    const client = clientOf(graph);
    waits = client.waits;
    return graphRoleHolders(client.client, () => now).roleHoldings(sandboxTenant.id, selectableRoles, {
      somebodyWaits,
    });
  }

  async function oneHolder(role: string, held: readonly Omit<HeldRole, 'role'>[]) {
    graph.setHeldRoles(
      amelia ?? assert.fail(),
      held.map((each) => ({ role, ...each })),
    );
    const { holders } = await holdings();
    return holders.get(role)?.find(({ person }) => person === amelia) ?? null;
  }

  /** `person role how`, of every hold in the whole tenant. */
  function lines({ holders }: RoleHoldings): readonly string[] {
    return [...holders]
      .flatMap(([role, held]) => held.map(({ person, how }) => `${person} ${role} ${how}`))
      .sort();
  }

  const peopleAsFiled = (options: { readonly withEligible: boolean }) =>
    sandboxPeople
      .flatMap(({ id, roles, via }) =>
        roles
          .filter((role) => selectableRoles.includes(role) && (options.withEligible || via !== 'eligible'))
          .map((role) => `${id} ${role} ${via === 'group' || via === 'eligible' ? via : 'direct'}`),
      )
      .sort();

  describe('in the sandbox', () => {
    beforeEach(async () => {
      graph = await startGraph();
    });

    it('is everybody with a selectable role, once a role, by the way in which they hold it', async () => {
      const read = await holdings();
      assert.deepEqual(lines(read), peopleAsFiled({ withEligible: true }));
      assert.equal(read.eligibleKnown, true);
      assert.equal(read.readAt, now);
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
      assert.equal(whoIsNotified(await holdings(), defaultChoice, new Map()).people, reached.length);
    });

    it('is nobody for a role that was never assigned', async () => {
      assert.deepEqual((await holdings()).holders.get(neverAssigned), []);
    });

    const holds: readonly (readonly [
      sentence: string,
      held: readonly Omit<HeldRole, 'role'>[],
      how: string,
      scope: string,
    ])[] = [
      ['directly', [{ standing: 'assigned', through: 'direct', scope: '/' }], 'direct', '/'],
      ['through a group in a group', [{ standing: 'assigned', through: 'group', scope: '/' }], 'group', '/'],
      ['activated', [{ standing: 'activated', through: 'direct', scope: '/' }], 'activated', '/'],
      [
        'activated through a group',
        [{ standing: 'activated', through: 'group', scope: '/' }],
        'activated',
        '/',
      ],
      ['eligible', [{ standing: 'eligible', through: 'direct', scope: '/' }], 'eligible', '/'],
      ['eligible through a group', [{ standing: 'eligible', through: 'group', scope: '/' }], 'eligible', '/'],
      [
        'in an administrative unit',
        [{ standing: 'assigned', through: 'direct', scope: unit }],
        'direct',
        unit,
      ],
      ['eligible in a unit', [{ standing: 'eligible', through: 'direct', scope: unit }], 'eligible', unit],
      [
        'in a unit and eligible everywhere',
        [
          { standing: 'assigned', through: 'direct', scope: unit },
          { standing: 'eligible', through: 'direct', scope: '/' },
        ],
        'eligible',
        '/',
      ],
      [
        'eligible and active',
        [
          { standing: 'eligible', through: 'direct', scope: '/' },
          { standing: 'activated', through: 'direct', scope: '/' },
        ],
        'activated',
        '/',
      ],
    ];
    for (const [sentence, held, how, scope] of holds) {
      it(`is known by its way: ${sentence}`, async () => {
        const holder = await oneHolder(licence, held);
        assert.deepEqual([holder?.how, holder?.scope], [how, scope]);
        assert.equal(holder?.until !== null, how === 'activated', 'what was activated ends by itself');
      });
    }

    it('is one reading for questions that come together', async () => {
      const directory = graphRoleHolders(clientOf(graph).client, () => now);
      const ask = () => directory.roleHoldings(sandboxTenant.id, selectableRoles, { somebodyWaits: true });
      await ask();
      const once = graph.questions.length;
      await Promise.all([ask(), ask(), ask()]);
      assert.equal(graph.questions.length, 2 * once);
    });

    it('is unknown while the directory is away, and is asked for again', async () => {
      await graph.stop();
      await assert.rejects(holdings(), DirectoryUnavailable);
      await assert.rejects(holdings(), DirectoryUnavailable);
    });

    it('is waited for where Graph is busy for a moment', async () => {
      graph.faults.add({ kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 1 });
      assert.deepEqual(lines(await holdings()), peopleAsFiled({ withEligible: true }));
      assert.deepEqual(waits, [1_000]);
    });

    const longBusy = {
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 150,
    } as const;

    it('is not waited for by somebody who waits for a card where Graph asks for minutes', async () => {
      graph.faults.add(longBusy);
      await assert.rejects(holdings(), DirectoryUnavailable);
      assert.deepEqual(waits, []);
    });

    it('is waited for as long as Graph asks for where nobody waits', async () => {
      graph.faults.add(longBusy, longBusy);
      assert.deepEqual(lines(await holdings(false)), peopleAsFiled({ withEligible: true }));
      assert.deepEqual(waits, [150_000, 150_000]);
    });

    it('is not half known where an answer is cut short', async () => {
      graph.faults.add({ kind: 'half', on: 'roleAssignmentScheduleInstances' });
      await assert.rejects(holdings(), DirectoryUnavailable);
    });
  });

  it('is told of by pages as by one', async () => {
    graph = await startGraph({ directoryPageSize: 1, holdings: employeeRoles });
    const byPages = await holdings();
    assert.ok(graph.questions.some(({ url }) => url.includes('skiptoken')));
    await graph.stop();
    graph = await startGraph({ holdings: employeeRoles });
    assert.deepEqual(byPages, await holdings());
  });

  it('is of people: an application is none, and a part of the organisation is told apart', async () => {
    graph = await startGraph({ holdings: employeeRoles });
    const { holders } = await holdings();
    assert.deepEqual(holders.get(user), []);
    assert.deepEqual(
      [engineer, licence].map((role) =>
        holders
          .get(role)
          ?.filter(({ person }) => person === anja || person === lars)
          .map(({ person, how, scope }) => [person, how, scope]),
      ),
      [[[anja, 'activated', '/']], [[lars, 'direct', employeeRoles[0]?.held.scope]]],
    );
  });

  describe('where the tenant has no Privileged Identity Management', () => {
    beforeEach(async () => {
      graph = await startGraph({ isPremium: false, holdings: employeeRoles });
    });

    it('is known by plain assignments, without those who are eligible', async () => {
      const read = await holdings();
      assert.equal(read.eligibleKnown, false);
      const ofPeople = lines(read).filter(
        (line) => !line.startsWith(String(anja)) && !line.startsWith(String(lars)),
      );
      assert.deepEqual(ofPeople, peopleAsFiled({ withEligible: false }));
    });

    it('tells parts of the organisation apart all the same', async () => {
      const { holders } = await holdings();
      assert.equal(
        holders.get(licence)?.find(({ person }) => person === lars)?.scope,
        employeeRoles[0]?.held.scope,
      );
    });

    it('asks for what is refused once more at most for each of the roles that are read together', async () => {
      await holdings();
      const refused = graph.questions.filter(({ url }) => url.includes('ScheduleInstances'));
      assert.ok(refused.length <= 8, `${refused.length} questions`);
    });

    it('is known by the members of the roles where assignments may not be read either', async () => {
      const denied = { kind: 'status', status: 403, code: 'Authorization_RequestDenied' } as const;
      graph.faults.add(...selectableRoles.map(() => ({ ...denied, on: '/roleAssignments?' })));
      const read = await holdings();
      const ofPeople = lines(read).filter((line) => !line.startsWith(String(anja)));
      assert.deepEqual(ofPeople, peopleAsFiled({ withEligible: false }));
      assert.deepEqual(read.holders.get(neverAssigned), [], 'Graph answers 404, for nobody ever held it');
    });

    it('is unknown where nothing may be read', async () => {
      const denied = { kind: 'status', status: 403, code: 'Authorization_RequestDenied' } as const;
      const everything = ['/roleAssignments?', '/members'];
      graph.faults.add(...everything.flatMap((on) => selectableRoles.map(() => ({ ...denied, on }))));
      await assert.rejects(holdings(), DirectoryUnavailable);
    });
  });
});
