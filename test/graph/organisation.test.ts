import assert from 'node:assert/strict';
import { graphOrganisation } from '../../src/graph/organisation.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { listenOnLoopback } from '../../src/sandbox/loopback-server.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { clientOf, startGraph } from './sandbox-graph.ts';

describe('what Graph tells of a tenant itself', () => {
  let graph: GraphDouble;
  let now = 0;

  beforeEach(async () => {
    graph = await startGraph();
  });
  afterEach(() => graph.stop());

  const directory = () => graphOrganisation(clientOf(graph).client, () => now);

  it('is its country', async () => {
    assert.deepEqual(await directory().organisation(sandboxTenant.id), { country: 'US' });
  });

  it('is asked for once in five minutes', async () => {
    const organisations = directory();
    for (const minutes of [0, 4, 5]) {
      now = minutes * 60_000;
      await organisations.organisation(sandboxTenant.id);
    }
    assert.equal(graph.questions.length, 2);
  });

  it('is unknown while the directory refuses', async () => {
    graph.faults.add({
      kind: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      on: '/organization',
    });
    await assert.rejects(directory().organisation(sandboxTenant.id), DirectoryUnavailable);
  });

  const others: readonly [sentence: string, value: readonly unknown[]][] = [
    ['tells no country', [{ id: sandboxTenant.id, countryLetterCode: null }]],
    ['tells what is none', [{ id: sandboxTenant.id, countryLetterCode: 'Korea' }]],
    ['tells of another tenant', [{ id: 'another', countryLetterCode: 'KR' }]],
    ['tells nothing', []],
  ];
  for (const [sentence, value] of others) {
    it(`is nothing where it ${sentence}`, async () => {
      const server = await listenOnLoopback(0, async (_request, response) => {
        response.end(JSON.stringify({ value }));
      });
      const { client } = clientOf({ baseUrl: server.url });
      const { country } = await graphOrganisation(client, () => 0).organisation(sandboxTenant.id);
      assert.equal(country, null);
      await server.stop();
    });
  }
});
