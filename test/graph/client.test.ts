import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { TenantId } from '../../src/decision/ids.ts';
import { type GraphClient, graphClient, inTheBackground } from '../../src/graph/client.ts';
import { GraphFailed, type GraphProblem } from '../../src/graph/graph-failed.ts';
import type { GraphFault } from '../../src/sandbox/graph-double/faults.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { clientOf, startGraph, token } from './sandbox-graph.ts';

const path = '/v1.0/subscribedSkus';
const otherTenant = '7d1c2b9e-3f40-4a6b-8c5d-90e1f2a3b4c5' as TenantId;

async function problemOf(answer: Promise<unknown>): Promise<GraphProblem> {
  try {
    await answer;
  } catch (cause) {
    if (cause instanceof GraphFailed) return cause.problem;
    throw cause;
  }
  return assert.fail('Graph answered.');
}

describe('Graph client', () => {
  let graph: GraphDouble;
  let client: GraphClient;
  let waits: readonly number[];
  const get = (patience = inTheBackground) => client.get(sandboxTenant.id, path, patience);

  beforeEach(async () => {
    graph = await startGraph();
    ({ client, waits } = clientOf(graph));
  });
  afterEach(() => graph.stop());

  it('gives the text of the answer and sends the token', async () => {
    assert.match(await get(), /"skuPartNumber":"MCOPSTNC"/);
    assert.deepEqual(graph.questions, [{ url: path, authorization: `Bearer ${token}` }]);
  });

  const retried: readonly [sentence: string, fault: GraphFault, waited: number][] = [
    [
      'waits as long as a busy Graph asks',
      { kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 7 },
      7_000,
    ],
    [
      'backs off where a busy Graph does not say how long',
      { kind: 'status', status: 429, code: 'TooManyRequests' },
      375,
    ],
    [
      'waits as long as a Graph under maintenance asks',
      { kind: 'status', status: 503, code: 'serviceNotAvailable', retryAfterSeconds: 2 },
      2_000,
    ],
    ['asks again after a bad gateway', { kind: 'status', status: 502, code: 'UnknownError' }, 375],
    [
      'asks again after a gateway that waited too long',
      { kind: 'status', status: 504, code: 'UnknownError' },
      375,
    ],
    ['asks again after a connection that was cut', { kind: 'cut' }, 375],
  ];
  for (const [sentence, fault, waited] of retried) {
    it(sentence, async () => {
      graph.faults.add(fault);
      assert.match(await get(), /MCOPSTNC/);
      assert.deepEqual(waits, [waited]);
    });
  }

  const refusals: readonly [status: number, code: string][] = [
    [400, 'BadRequest'],
    [401, 'InvalidAuthenticationToken'],
    [403, 'Authorization_RequestDenied'],
    [404, 'Request_ResourceNotFound'],
    [500, 'InternalServerError'],
  ];
  for (const [status, code] of refusals) {
    it(`does not ask again after ${status}`, async () => {
      graph.faults.add({ kind: 'status', status, code });
      assert.deepEqual(await problemOf(get()), { kind: 'refused', status, code });
      assert.equal(graph.questions.length, 1);
    });
  }

  it('doubles its waits and gives up after the attempts it was given', async () => {
    graph.faults.add(
      ...Array.from({ length: 9 }, (): GraphFault => ({ kind: 'status', status: 503, code: 'busy' })),
    );
    assert.deepEqual(await problemOf(get()), { kind: 'no-answer', attempts: 6, status: 503 });
    assert.deepEqual(waits, [375, 750, 1_500, 3_000, 6_000]);
  });

  it('gives up at once where Graph asks for a longer wait than there is time for', async () => {
    graph.faults.add({ kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 60 });
    const patience = { attempts: 3, timeoutMs: 1_000, longestWaitMs: 5_000, somebodyWaits: true };
    assert.deepEqual(await problemOf(get(patience)), { kind: 'no-answer', attempts: 1, status: 429 });
    assert.deepEqual(waits, []);
  });

  it('gives up on a Graph that does not answer in time', async () => {
    graph.faults.add({ kind: 'silence' });
    const patience = { attempts: 1, timeoutMs: 20, longestWaitMs: 0, somebodyWaits: true };
    assert.deepEqual(await problemOf(get(patience)), { kind: 'no-answer', attempts: 1, status: null });
  });

  it('gives up on a Graph that nobody runs', async () => {
    await graph.stop();
    assert.deepEqual(await problemOf(get()), { kind: 'no-answer', attempts: 6, status: null });
  });

  const foreignLinks = [
    'https://graph.example.com/v1.0/subscribedSkus',
    'http://127.0.0.1.evil.example/v1.0/subscribedSkus',
    'file:///etc/passwd',
    '/v1.0/subscribedSkus',
    'not a link',
  ];
  for (const link of foreignLinks) {
    it(`does not follow ${link}`, async () => {
      const problem = await problemOf(client.follow(sandboxTenant.id, link, inTheBackground));
      assert.deepEqual(problem, { kind: 'foreign-link' });
    });
  }

  it('does not follow a link to another port of the same host', async () => {
    const link = `${graph.baseUrl.replace(/\d+$/, '1')}${path}`;
    assert.deepEqual(await problemOf(client.follow(sandboxTenant.id, link, inTheBackground)), {
      kind: 'foreign-link',
    });
  });

  it('follows a link as it is', async () => {
    await client.follow(sandboxTenant.id, `${graph.baseUrl}${path}?$skip=1000&a=(b)`, inTheBackground);
    assert.equal(graph.questions[0]?.url, `${path}?$skip=1000&a=(b)`);
  });

  it('has four questions of a tenant under way at once, and asks the others after them', async () => {
    const patience = { attempts: 1, timeoutMs: 3_000, longestWaitMs: 0, somebodyWaits: true };
    graph.faults.add(...Array.from({ length: 4 }, (): GraphFault => ({ kind: 'silence' })));
    const silent = Promise.allSettled(Array.from({ length: 4 }, () => get(patience)));
    const fifth = client.get(sandboxTenant.id, '/v1.0/organization', patience);
    while (graph.questions.length < 4) await turn();
    const other = client.get(otherTenant, `${path}?other`, patience);
    await Promise.all([silent, fifth, other]);
    const last = graph.questions.slice(4).map(({ url }) => url);
    assert.deepEqual(last, [`${path}?other`, '/v1.0/organization'], 'another tenant does not wait');
  });

  it('says in its message nothing of what it asked for', async () => {
    const answer = client.get(sandboxTenant.id, '/v1.0/users/somebody@harborline.example', inTheBackground);
    await assert.rejects(answer, (error: Error) => !error.message.includes('somebody'));
  });

  it('does not ask Graph where there is no token', async () => {
    const withoutToken = graphClient({
      baseUrl: graph.baseUrl,
      tokens: { token: () => Promise.reject(new Error('no')) },
      now: () => 0,
      sleep: async () => undefined,
      random: () => 0,
    });
    const answer = withoutToken.get(sandboxTenant.id, path, inTheBackground);
    assert.deepEqual(await problemOf(answer), { kind: 'no-token' });
    assert.equal(graph.questions.length, 0);
  });
});

describe('Graph client before other servers', () => {
  let server: Server;
  let answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    server = createServer((_, response) => {
      asked += 1;
      // Not chained: restify, where it is loaded, replaces writeHead by one that returns nothing.
      response.writeHead(answer.status, answer.headers);
      response.end('<html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });

  const client = () => clientOf({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

  it('takes the token along no redirect', async () => {
    answer = { status: 302, headers: { Location: 'http://127.0.0.1:1/elsewhere' } };
    const problem = await problemOf(client().client.get(sandboxTenant.id, path, inTheBackground));
    assert.deepEqual(problem, { kind: 'refused', status: 302, code: null });
    assert.equal(asked, 1);
  });

  it('reads a Retry-After that is a date', async () => {
    answer = { status: 503, headers: { 'Retry-After': 'Tue, 24 Nov 2026 12:00:30 GMT' } };
    const { client: patient, waits } = client();
    await problemOf(patient.get(sandboxTenant.id, path, { ...inTheBackground, attempts: 2 }));
    assert.deepEqual(waits, [30_000]);
  });
});
