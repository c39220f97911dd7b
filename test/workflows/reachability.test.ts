import assert from 'node:assert/strict';
import type { TenantId } from '../../src/decision/ids.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphLicences } from '../../src/graph/licences.ts';
import { graphRoleHolders } from '../../src/graph/role-holders.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { type Reachability, reachability } from '../../src/workflows/reachability.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { mayAsk } from './product-under-test.ts';
import { now } from './tenant-under-test.ts';

const able = sandboxPeople.filter(mayAsk);
const [first, second, third] = able as [SandboxPerson, SandboxPerson, SandboxPerson, ...SandboxPerson[]];

describe('who could be told tonight', () => {
  const redis = withRedis();
  let graph: GraphDouble;
  let tenant: TenantId;

  before(async () => {
    graph = await startGraph({ expectedToken: null });
  });
  after(() => graph.stop());
  beforeEach(() => {
    tenant = freshTenant();
  });

  function reach(): Promise<Reachability> {
    const client = graphClient({
      baseUrl: graph.baseUrl,
      tokens: { token: async () => null },
      now: () => now,
      sleep: async () => {},
      random: () => 0.5,
    });
    const clock = { now: () => now };
    return reachability(
      {
        store: redis.store,
        roleDirectory: graphRoleHolders(client, clock.now),
        licenceDirectory: graphLicences(client, clock.now),
        clock,
      },
      tenant,
    );
  }

  const meet = ({ id, locale, timeZone }: SandboxPerson, left = false) =>
    rememberConversation(
      redis.store,
      {
        tenant,
        who: id,
        conversation: `chat of ${id}`,
        serviceUrl: null,
        teamsUser: null,
        locale,
        timeZone,
        left,
      },
      now,
    );

  const stateOf = ({ people }: Reachability, { id }: SandboxPerson) =>
    people.find(({ person }) => person === id)?.state;

  it('is nobody before anybody met the bot, and that is too few', async () => {
    const nobody = await reach();
    assert.equal(nobody.reachable, 0);
    assert.equal(nobody.tooFew, true);
    for (const person of able) assert.equal(stateOf(nobody, person), 'no-chat', person.displayName);
  });

  it('is who has a chat; who took the bot away is told apart', async () => {
    await meet(first);
    await meet(second, true);
    const one = await reach();
    assert.equal(one.reachable, 1);
    assert.equal(one.tooFew, true);
    assert.equal(stateOf(one, first), 'chat');
    assert.equal(stateOf(one, second), 'not-in-roster');
    await meet(third);
    assert.equal((await reach()).tooFew, false);
  });

  it('is no guest, nobody who is switched off, and nobody who would have to activate the role', async () => {
    for (const person of sandboxPeople) await meet(person);
    const all = await reach();
    const apart = { disabled: 'no-account', guest: 'no-account', eligible: 'to-activate' } as const;
    for (const person of sandboxPeople) {
      const { via } = person;
      if (via === undefined || via === 'group' || stateOf(all, person) === undefined) continue;
      assert.equal(stateOf(all, person), apart[via], person.displayName);
    }
    assert.ok(all.people.some(({ state }) => state === 'to-activate'));
    assert.ok(all.people.some(({ state }) => state === 'no-account'));
  });
});
