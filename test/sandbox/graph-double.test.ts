import assert from 'node:assert/strict';
import { z } from 'zod';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { sandboxClientId } from '../../src/sandbox/sandbox-token.ts';
import { employees } from '../../src/sandbox/usage/offices.ts';
import { startGraph, token } from '../graph/sandbox-graph.ts';

const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
const teams = '69091246-20e8-4a56-aa4d-066075b2a7a8';
const neverAssigned = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13';

const listSchema = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
const pageSchema = listSchema.extend({ '@odata.nextLink': z.string().optional() });
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

describe('Graph double', () => {
  let graph: GraphDouble;

  before(async () => {
    graph = await startGraph();
  });
  after(() => graph.stop());

  const ask = (path: string) =>
    fetch(`${graph.baseUrl}/v1.0${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const list = async (path: string) => listSchema.parse(await (await ask(path)).json()).value;
  const idsWith = (via: string) => sandboxPeople.filter((person) => person.via === via).map(({ id }) => id);

  it('lists the direct holders of a role, guests and disabled accounts among them', async () => {
    const holders = await list(`/directoryRoles/roleTemplateId=${billing}/members`);
    const expected = sandboxPeople.filter(({ roles, via }) => roles.includes(billing) && via !== 'eligible');
    assert.deepEqual(
      holders.map(({ id }) => id),
      expected.map(({ id }) => id),
    );
  });

  it('lists the group among the holders of a role, and its members for the group', async () => {
    const holders = await list(`/directoryRoles(roleTemplateId='${teams}')/members`);
    const group = holders.find((holder) => holder['@odata.type'] === '#microsoft.graph.group');
    const members = await list(`/groups/${String(group?.id)}/transitiveMembers/microsoft.graph.user`);
    assert.deepEqual(
      members.map(({ id }) => id),
      idsWith('group'),
    );
  });

  it('does not know a role that was never assigned', async () => {
    const response = await ask(`/directoryRoles/roleTemplateId=${neverAssigned}/members`);
    assert.equal(response.status, 404);
    assert.equal(errorSchema.parse(await response.json()).error.code, 'Request_ResourceNotFound');
  });

  it('gives role assignments with their principals', async () => {
    const filter = encodeURIComponent(`roleDefinitionId eq '${teams}'`);
    const rows = await list(`/roleManagement/directory/roleAssignments?$filter=${filter}&$expand=principal`);
    const types = rows.map(
      (row) => z.object({ '@odata.type': z.string() }).parse(row.principal)['@odata.type'],
    );
    assert.deepEqual(types.sort(), ['#microsoft.graph.group', '#microsoft.graph.user']);
  });

  it('refuses a filter that Graph does not take', async () => {
    const filter = encodeURIComponent(`roleDefinitionId eq '${teams}' or roleDefinitionId eq '${billing}'`);
    assert.equal((await ask(`/roleManagement/directory/roleAssignments?$filter=${filter}`)).status, 400);
  });

  it('tells who is only eligible', async () => {
    const rows = await list('/roleManagement/directory/roleEligibilityScheduleInstances');
    assert.deepEqual(
      rows.map(({ principalId }) => principalId),
      idsWith('eligible'),
    );
  });

  it('tells who is active through a group', async () => {
    const rows = await list('/roleManagement/directory/roleAssignmentScheduleInstances');
    const throughGroup = rows.filter(({ memberType }) => memberType === 'Group');
    assert.deepEqual(
      throughGroup.map(({ principalId }) => principalId),
      idsWith('group'),
    );
  });

  it('gives of a user what is selected', async () => {
    const [person] = sandboxPeople;
    const response = await ask(`/users/${person?.userPrincipalName}?$select=displayName,userType`);
    assert.deepEqual(await response.json(), {
      '@odata.context': `${graph.baseUrl}/v1.0/$metadata#users/$entity`,
      displayName: person?.displayName,
      userType: 'Member',
    });
  });

  it('lists the users page by page with their licences', async () => {
    const users: Record<string, unknown>[] = [];
    let path: string | undefined = '/users?$select=id,assignedLicenses&$top=7';
    while (path !== undefined) {
      const page: z.infer<typeof pageSchema> = pageSchema.parse(await (await ask(path)).json());
      assert.ok(page.value.length <= 7);
      users.push(...page.value);
      path = page['@odata.nextLink']?.slice(`${graph.baseUrl}/v1.0`.length);
    }
    const ids = new Set(users.map(({ id }) => id));
    assert.deepEqual([ids.size, users.length], Array(2).fill(sandboxPeople.length + employees.length));
    assert.ok(users.every((user) => Object.keys(user).join() === 'id,assignedLicenses'));
  });

  it("lists the tenant's licences and those of a user", async () => {
    const skus = await list('/subscribedSkus');
    assert.equal(skus[0]?.id, `${sandboxTenant.id}_47794cd0-f0e5-45c5-9033-2eb6b5fc84e0`);
    const held = await list(`/users/${sandboxPeople[0]?.id}/licenseDetails`);
    assert.ok(held.some(({ skuPartNumber }) => skuPartNumber === 'MCOPSTNC'));
  });

  it("tells when the secrets of the bot's own application end, and of no other", async () => {
    const path = (appId: string) =>
      `/applications(appId='${appId}')?$select=passwordCredentials,keyCredentials`;
    const { passwordCredentials, ...others } = z
      .object({ passwordCredentials: z.array(z.unknown()), keyCredentials: z.array(z.unknown()) })
      .parse(await (await ask(path(sandboxClientId))).json());
    assert.deepEqual(others, { keyCredentials: [] });
    // The clock of this double stands at zero.
    assert.deepEqual(passwordCredentials, [
      { displayName: 'sandbox', endDateTime: '1970-06-30T00:00:00.000Z' },
    ]);
    assert.equal((await ask(path(sandboxTenant.id))).status, 404);
  });

  const refusals: readonly [sentence: string, path: string, status: number][] = [
    [
      'refuses a range of more than 90 days',
      '/communications/callRecords/getPstnCalls(from=2026-01-01,to=2026-06-01)',
      400,
    ],
    [
      'refuses a range that ends before it begins',
      '/communications/callRecords/getPstnCalls(from=2026-02-02,to=2026-02-01)',
      400,
    ],
    ['refuses a date that is none', '/communications/callRecords/getPstnCalls(from=yesterday,to=today)', 400],
    ['refuses what it does not know', '/me/messages', 400],
    ['does not know a stranger', '/users/nobody@harborline.example', 404],
  ];
  for (const [sentence, path, status] of refusals) {
    it(sentence, async () => {
      const response = await ask(path);
      assert.equal(response.status, status);
      assert.ok(errorSchema.parse(await response.json()).error.message.length > 0);
    });
  }

  it('refuses who has no token', async () => {
    assert.equal((await fetch(`${graph.baseUrl}/v1.0/subscribedSkus`)).status, 401);
  });
});
