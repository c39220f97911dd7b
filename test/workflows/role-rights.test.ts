import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TenantId } from '../../src/decision/ids.ts';
import { type Eligibility, eligibility } from '../../src/people/eligibility.ts';
import { notifiedRoles, selectableRoles } from '../../src/people/role-catalogue.ts';
import { defaultChoice } from '../../src/people/role-choice.ts';
import type { RoleHoldings, Standing } from '../../src/people/role-holder.ts';
import { standing } from '../../src/people/role-holder.ts';
import type { Product } from '../../src/product.ts';
import { product } from '../../src/product-on-ports.ts';
import type { HeldRole } from '../../src/sandbox/graph-double/role-register.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { act } from '../../src/workflows/act.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { rightsOf } from '../../src/workflows/rights.ts';
import { chooseRoles } from '../../src/workflows/role-choice.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';

const joinedDevice = '9f06204d-73c1-4d4c-880a-6edb90606fd8';
const telephony = 'aa38014f-0993-46e9-9b45-30501a20909d';

/** What each of the sandbox's people may do and why, and how the list of people has them. */
const table: readonly (readonly [
  name: string,
  how: string,
  rights: 'may' | Exclude<Eligibility, { eligible: true }>['reason'],
  listed: readonly Standing[],
])[] = [
  ['Grace Whitfield', 'Billing, directly', 'may', ['active']],
  ['이서연', 'Billing, directly', 'may', ['active']],
  ['Marcus Oyelaran', 'Global, directly', 'may', ['active']],
  ['박지훈', 'Teams, directly', 'may', ['active']],
  ['Ingrid Solberg', 'Teams Communications, directly', 'may', ['active']],
  ['Tomás Herrera', 'Helpdesk and License, directly', 'may', ['active', 'active']],
  ['최민지', 'Teams, through a group in a group', 'may', ['active']],
  ['Priya Raman', 'Billing, eligible and not active', 'no-role', ['eligible']],
  ['Daniel Becker', 'Billing, as a guest', 'guest', ['guest']],
  ['Ruth Castellano', 'Billing and Global, switched off', 'disabled', ['disabled', 'disabled']],
  ['정하늘', 'Support Specialist, directly', 'may', ['active']],
  ['Owen Fairchild', 'local administrator of computers, off at first', 'no-role', ['active']],
  ["Siobhan O'Dwyer", 'Teams Telephony, which is to be chosen', 'no-role', ['active']],
  ['Kenji Watanabe', 'Global Reader, which cannot be chosen', 'no-role', []],
  ['한도윤', 'nothing', 'no-role', []],
  ['Amelia Novak', 'nothing', 'no-role', []],
];

describe('what a role gives', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let ports: Ports;
  let whole: Product;

  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
    ports = portsOf(redis.store, graph);
    whole = product(ports);
  });
  afterEach(() => graph.stop());

  const personNamed = (name: string): SandboxPerson =>
    sandboxPeople.find(({ displayName }) => displayName === name) ?? assert.fail(name);

  async function rightsBy(name: string): Promise<string> {
    const rights = await rightsOf(ports, askerOf(personNamed(name), { tenant }), { live: true });
    return rights.eligible ? 'may' : rights.reason;
  }

  /** Whether a tap is let through; `unknown-currency` is what it then comes to. */
  async function isLetThrough(name: string): Promise<boolean> {
    const tap = { verb: 'history.older', data: { currency: 'USD' }, messageId: 'message' };
    const answer = await act(ports, tap, askerOf(personNamed(name), { tenant }));
    return answer.kind !== 'not-eligible';
  }

  it('is told of everybody in the sandbox', () => {
    assert.deepEqual(
      table.map(([name]) => name),
      sandboxPeople.map(({ displayName }) => displayName),
    );
  });

  for (const [name, how, rights, listed] of table) {
    it(`${name}, ${how}: ${rights}`, async () => {
      assert.equal(await rightsBy(name), rights);
      assert.equal(await isLetThrough(name), rights === 'may');
      const { holdings } = await whole.refreshPeople(tenant);
      assert.deepEqual(standingsOf(holdings, personNamed(name)), listed);
    });
  }

  it('counts from the next action on for a role that is added, and no more for one that is removed', async () => {
    const choose = (add: readonly string[], remove: readonly string[]) =>
      whole.chooseRoles({ tenant, actor: 'test', add, remove });

    assert.equal(await isLetThrough("Siobhan O'Dwyer"), false);
    await choose(['Teams Telephony Administrator', joinedDevice], ['Billing Administrator']);
    assert.equal(await isLetThrough("Siobhan O'Dwyer"), true);
    assert.equal(await isLetThrough('Owen Fairchild'), true);
    assert.equal(await isLetThrough('Grace Whitfield'), false);
    await choose(['Billing Administrator'], [telephony]);
    assert.equal(await isLetThrough("Siobhan O'Dwyer"), false);
    assert.equal(await isLetThrough('Grace Whitfield'), true);
  });

  it('is chosen a tenant, and the choice is in the audit log', async () => {
    const wanted = { tenant, actor: 'credits people roles', add: [telephony], remove: [joinedDevice], at: 7 };
    await chooseRoles(redis.store, wanted);
    await chooseRoles(redis.store, wanted);
    const log = await redis.store.latest(tenant, 'audit', 10);
    assert.equal(log.length, 1, 'what stands already is no entry');
    assert.deepEqual(
      { ...Object(log[0]), hash: '', previousHash: '' },
      {
        v: 1,
        seq: 1,
        at: 7,
        actor: 'credits people roles',
        type: 'people.roles-chosen',
        subject: tenant,
        data: { added: [telephony], removed: [] },
        hash: '',
        previousHash: '',
      },
    );
    assert.equal((await whole.verify(tenant)).ok, true);
    const others = await whole.roles(freshTenant());
    assert.deepEqual(
      others.filter(({ chosen }) => chosen).map(({ role }) => role),
      [...defaultChoice],
    );
  });

  it('is not lost where many choose at once', async () => {
    const roles = selectableRoles.filter((role) => role !== telephony && role !== joinedDevice).slice(0, 8);
    const at = 7;
    await Promise.all(
      roles.map((role) => chooseRoles(redis.store, { tenant, actor: 'test', add: [], remove: [role], at })),
    );
    const left = (await whole.roles(tenant)).filter(({ chosen }) => chosen).map(({ role }) => role);
    assert.deepEqual(
      left,
      [...defaultChoice].filter((role) => !roles.includes(role)),
    );
  });

  it('is refused for a role that there is not, and nothing is written', async () => {
    const refused = await whole.chooseRoles({ tenant, actor: 'test', add: ['Reports Reader'], remove: [] });
    assert.deepEqual(refused, {
      kind: 'refused',
      refusal: { code: 'unknown-role', data: { role: 'Reports Reader' } },
    });
    assert.equal(await redis.store.knowsTenant(tenant), false);
  });
});

describe('a right', () => {
  const [grace] = sandboxPeople;
  const accounts = ['member', 'guest', 'disabled'] as const;
  const units = ['/', '/administrativeUnits/7f2b9c14-d06e-4b85-93a1-5e8d40c7f612'];
  const someHold = fc.record<HeldRole>({
    role: fc.constantFrom(...selectableRoles),
    standing: fc.constantFrom('assigned', 'activated', 'eligible'),
    through: fc.constantFrom('direct', 'group'),
    scope: fc.constantFrom(...units),
  });
  const redis = withRedis();
  const tenant = freshTenant();
  let graphs: ReadonlyMap<string, GraphDouble>;

  before(async () => {
    const started = accounts.map(async (account) => {
      const via = account === 'member' ? {} : { via: account };
      const people = [{ ...(grace ?? assert.fail()), roles: [], ...via }];
      const expectedToken = `token-of-${tenant}`;
      return [
        account,
        await startGraph({ people, tenant: { ...sandboxTenant, id: tenant }, expectedToken }),
      ] as const;
    });
    graphs = new Map(await Promise.all(started));
  });
  after(async () => {
    for (const graph of graphs.values()) await graph.stop();
  });

  it('comes of nothing but a chosen role, active in the whole tenant, of an enabled member', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...accounts),
        fc.array(someHold, { maxLength: 4 }),
        async (account, held) => {
          const graph = graphs.get(account) ?? assert.fail(account);
          graph.setHeldRoles(administratorPerson.id, held);
          const asker = askerOf(administratorPerson, { tenant });
          const rights = await rightsOf(portsOf(redis.store, graph), asker, { live: true });
          const giving = held.filter(
            ({ role, standing, scope }) =>
              standing !== 'eligible' && scope === '/' && defaultChoice.has(role),
          );
          assert.equal(rights.eligible, account === 'member' && giving.length > 0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is what the list of people has as active, for every way of holding a role', async () => {
    const graph = graphs.get('member') ?? assert.fail();
    await fc.assert(
      fc.asyncProperty(fc.array(someHold, { maxLength: 4 }), async (held) => {
        graph.setHeldRoles(administratorPerson.id, held);
        const { directory, roleDirectory } = portsOf(redis.store, graph);
        const person = await directory.person(tenant, administratorPerson.id, { live: true });
        const read = await roleDirectory.roleHoldings(tenant, notifiedRoles, { somebodyWaits: true });
        const active = [...read.holders]
          .filter(
            ([role, holders]) =>
              defaultChoice.has(role) && holders.some((each) => standing(each) === 'active'),
          )
          .map(([role]) => role);
        assert.equal(eligibility(person, defaultChoice).eligible, active.length > 0);
      }),
      { numRuns: 20 },
    );
  });
});

function standingsOf({ holders }: RoleHoldings, { id }: SandboxPerson): readonly Standing[] {
  return [...holders.values()]
    .flat()
    .filter(({ person }) => person === id)
    .map(standing);
}
