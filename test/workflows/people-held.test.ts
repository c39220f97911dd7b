import assert from 'node:assert/strict';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs, minuteMs } from '../../src/decision/time.ts';
import { product } from '../../src/product-on-ports.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { connect } from '../../src/store/connection.ts';
import { redisStore } from '../../src/store/store.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import { people, refreshPeople } from '../../src/workflows/people.ts';
import { DirectoryUnavailable, type Ports } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';
import { now as start } from './tenant-under-test.ts';

const [grace, seoyeon] = sandboxPeople.map(({ id }) => id);
const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
const teams = '69091246-20e8-4a56-aa4d-066075b2a7a8';

describe('the list of people', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let now: number;
  let ports: Ports;

  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
    now = start;
    ports = portsOf(redis.store, graph, { now: () => now });
  });
  afterEach(() => graph.stop());

  const audit = () => redis.store.latest(tenant, 'audit', 10);
  const isHolder = async (role: string, id = grace) =>
    (await people(ports, tenant)).holders.get(role)?.some(({ person }) => person === id);

  it('is read once while it is fresh, and anew when it is not', async () => {
    assert.equal((await people(ports, tenant)).readAt, start);
    const asked = graph.questions.length;
    now += 15 * minuteMs - 1;
    assert.equal((await people(ports, tenant)).readAt, start);
    assert.equal(graph.questions.length, asked);
    now += 1;
    assert.equal((await people(ports, tenant)).readAt, now);
    assert.ok(graph.questions.length > asked);
  });

  it('is read anew at once where somebody says so', async () => {
    await people(ports, tenant);
    graph.setRoles(administratorPerson.id, []);
    assert.equal(await isHolder(billing), true, 'the list that is fresh still counts for lists');
    now += 1;
    await refreshPeople(ports, tenant);
    assert.equal(await isHolder(billing), false);
  });

  it('survives a restart', async () => {
    const before = await people(ports, tenant);
    const anew = redisStore(connect(redis.url, { onError: () => undefined }));
    try {
      const asked = graph.questions.length;
      assert.deepEqual(await people(portsOf(anew, graph, ports.clock), tenant), before);
      assert.equal(graph.questions.length, asked);
    } finally {
      await anew.close();
    }
  });

  it('stands with its age while the directory is away, for days if need be', async () => {
    const before = await people(ports, tenant);
    await graph.stop();
    now += 3 * dayMs;
    assert.deepEqual(await people(ports, tenant), before);
    await assert.rejects(refreshPeople(ports, tenant), DirectoryUnavailable);
    const told = await product(ports).people(tenant);
    assert.equal(told?.asOf, start);
  });

  it('has nobody as active whose activation ended while the directory was away', async () => {
    const activated = administratorPerson.roles;
    graph.setRoles(administratorPerson.id, activated, 'activated');
    const howNow = async () =>
      (await people(ports, tenant)).holders.get(billing)?.find(({ person }) => person === grace)?.how;
    assert.equal(await howNow(), 'activated');
    await graph.stop();
    now += dayMs;
    assert.equal(await howNow(), 'eligible');
  });

  it('is unknown while the directory is away where nothing was read before', async () => {
    await graph.stop();
    await assert.rejects(people(ports, tenant), DirectoryUnavailable);
    assert.equal(await product(ports).people(tenant), null);
  });

  it('shows its age on the card, also where the roles cannot be read just then', async () => {
    await people(ports, tenant);
    now += 40 * minuteMs;
    const denied = { kind: 'status', status: 500, code: 'InternalServerError' } as const;
    graph.faults.add({ ...denied, on: '/roleManagement/' });
    const asker = askerOf(administratorPerson, { tenant });
    const answer = await answerQuestion(ports, { intent: 'who_is_notified' }, asker);
    assert.equal(answer.kind === 'who-is-notified' && answer.asOf, start);
  });

  it('is no word to anybody whose right cannot be looked up', async () => {
    await people(ports, tenant);
    await graph.stop();
    const asker = askerOf(administratorPerson, { tenant });
    await assert.rejects(answerQuestion(ports, { intent: 'who_is_notified' }, asker), DirectoryUnavailable);
  });

  it('tells the audit log who gained and who lost which role, and nothing where nothing changed', async () => {
    await refreshPeople(ports, tenant);
    now += minuteMs;
    await refreshPeople(ports, tenant);
    assert.deepEqual(await audit(), [], 'the first list is no change, nor is the same one again');

    graph.setRoles(administratorPerson.id, [teams]);
    now += minuteMs;
    const { changes } = await refreshPeople(ports, tenant);
    assert.deepEqual(changes, [
      { role: teams, person: grace, before: null, after: 'active' },
      { role: billing, person: grace, before: 'active', after: null },
    ]);
    const [entry] = await audit();
    assert.deepEqual(
      { ...Object(entry), hash: '', previousHash: '' },
      {
        v: 1,
        seq: 1,
        at: now,
        actor: 'directory',
        type: 'people.changed',
        subject: tenant,
        data: { changes, more: 0 },
        hash: '',
        previousHash: '',
      },
    );
    assert.equal((await product(ports).verify(tenant)).ok, true);
  });

  it('tells a change once where many notice it at the same time', async () => {
    await refreshPeople(ports, tenant);
    graph.setRoles(administratorPerson.id, []);
    now += 1;
    const others = Array.from({ length: 6 }, () => portsOf(redis.store, graph, ports.clock));
    const read = await Promise.all(others.map((each) => refreshPeople(each, tenant)));
    assert.deepEqual(read.map(({ changes }) => changes.length).sort(), [0, 0, 0, 0, 0, 1]);
    assert.equal((await audit()).length, 1);
  });

  it('is never taken back to an older reading', async () => {
    const roleDirectory: Ports['roleDirectory'] = {
      roleHoldings: async (...asked) => {
        const slow = await ports.roleDirectory.roleHoldings(...asked);
        // While this reading is on its way, a younger one is kept.
        graph.setRoles(administratorPerson.id, []);
        now += minuteMs;
        await refreshPeople(ports, tenant);
        return slow;
      },
    };
    const { holdings, changes } = await refreshPeople({ ...ports, roleDirectory }, tenant);
    assert.deepEqual(changes, []);
    assert.equal(holdings.readAt, now);
    assert.equal(await isHolder(billing), false);
    assert.equal(await isHolder(billing, seoyeon), true);
  });

  it('is of one tenant alone', async () => {
    await people(ports, tenant);
    await assert.rejects(people(ports, freshTenant()), DirectoryUnavailable);
  });
});
