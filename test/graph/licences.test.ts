import assert from 'node:assert/strict';
import { graphLicences } from '../../src/graph/licences.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type LoopbackServer, listenOnLoopback } from '../../src/sandbox/loopback-server.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { employees } from '../../src/sandbox/usage/offices.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { clientOf, startGraph } from './sandbox-graph.ts';

describe("the licences of a tenant's people", () => {
  let graph: GraphDouble;
  let now = 0;

  beforeEach(async () => {
    graph = await startGraph();
  });
  afterEach(() => graph.stop());

  const directory = () => graphLicences(clientOf(graph).client, () => now);
  const licensing = (from = directory()) => from.licensing(sandboxTenant.id);

  it('are known for everybody, with the plans that they bring', async () => {
    const { credits, people } = await licensing();
    assert.equal(people.length, sandboxPeople.length + employees.length);
    const plansOf = (name: string) => [
      ...(people.find(({ displayName }) => displayName === name)?.servicePlans ?? []),
    ];
    assert.deepEqual(plansOf('Grace Whitfield').sort(), [
      'EXCHANGE_S_STANDARD',
      'MCOEV',
      'MCOMEETADV',
      'MCOPSTNC',
    ]);
    assert.deepEqual(plansOf('Amelia Novak').sort(), ['EXCHANGE_S_STANDARD', 'MCOEV', 'MCOMEETADV']);
    const holders = people.filter(({ servicePlans }) => servicePlans.has('MCOPSTNC'));
    assert.deepEqual(credits, { bought: 10_000_000, assigned: holders.length });
  });

  it('are as many as were bought, and are used where their holders are', async () => {
    const { bought, people } = await licensing();
    assert.deepEqual(
      [bought.get('MCOMEETADV'), bought.get('MCOPSTN5'), bought.get('MCOPSTN6')],
      [62, 12, undefined],
    );
    const locationOf = (name: string) =>
      people.find(({ displayName }) => displayName === name)?.usageLocation;
    assert.deepEqual([locationOf('Grace Whitfield'), locationOf('Lars Schröder')], ['US', 'DE']);
  });

  it('are asked for once in five minutes', async () => {
    const licences = directory();
    await licensing(licences);
    const asked = graph.questions.length;
    now += 4 * 60_000;
    await licensing(licences);
    assert.equal(graph.questions.length, asked);
    now += 60_000;
    await licensing(licences);
    assert.ok(graph.questions.length > asked);
  });

  it('are unknown while the directory refuses or is away', async () => {
    graph.faults.add({
      kind: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      on: 'subscribedSkus',
    });
    await assert.rejects(licensing(), DirectoryUnavailable);
    await graph.stop();
    await assert.rejects(licensing(), DirectoryUnavailable);
  });
});

describe('licences over several pages', () => {
  let server: LoopbackServer;
  const bundle = {
    skuId: 'bundle',
    skuPartNumber: 'SPE_E5',
    servicePlans: [
      { servicePlanId: 'conferencing', servicePlanName: 'MCOMEETADV' },
      { servicePlanId: 'phone', servicePlanName: 'MCOEV' },
    ],
  };
  const user = (id: string, disabledPlans: readonly string[]) => ({
    id,
    displayName: null,
    userPrincipalName: `${id}@example.com`,
    assignedLicenses: [{ skuId: 'BUNDLE', disabledPlans }],
  });

  beforeEach(async () => {
    server = await listenOnLoopback(0, async (request, response) => {
      const url = decodeURIComponent(request.url ?? '');
      const page = url.includes('$skiptoken')
        ? { value: [user('second', ['conferencing'])] }
        : { value: [user('first', [])], '@odata.nextLink': `${server.url}/v1.0/users?$skiptoken=x` };
      response.end(JSON.stringify(url.startsWith('/v1.0/subscribedSkus') ? { value: [bundle] } : page));
    });
  });
  afterEach(() => server.stop());

  it('are read to the last page, and a plan that is switched off does not count', async () => {
    const { client } = clientOf({ baseUrl: server.url });
    const { credits, bought, people } = await graphLicences(client, () => 0).licensing(sandboxTenant.id);
    assert.equal(credits, null);
    assert.deepEqual(
      [...bought],
      [
        ['MCOMEETADV', null],
        ['MCOEV', null],
      ],
      'no number is told',
    );
    assert.equal(people[0]?.usageLocation, null);
    assert.deepEqual(
      people.map(({ displayName, servicePlans }) => [displayName, [...servicePlans]]),
      [
        ['first@example.com', ['MCOMEETADV', 'MCOEV']],
        ['second@example.com', ['MCOEV']],
      ],
    );
  });
});
