import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { GraphCredentials } from '../../src/graph/credentials.ts';
import { graphHealth } from '../../src/graph/health.ts';
import type { AppRegistration } from '../../src/sandbox/graph-double/applications.ts';
import type { GraphFault } from '../../src/sandbox/graph-double/faults.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { sandboxClientId, sandboxRoles, sandboxToken } from '../../src/sandbox/sandbox-token.ts';
import type { GraphFacts } from '../../src/workflows/doctor/facts.ts';
import { startGraph } from './sandbox-graph.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const inJune = '2027-06-01T00:00:00Z';
const application: AppRegistration = {
  appId: sandboxClientId,
  passwordCredentials: [
    { displayName: 'old', endDateTime: '2026-11-25T00:00:00Z', hint: 'abc' },
    { displayName: 'new', endDateTime: inJune, hint: 'xyz' },
  ],
  keyCredentials: [{ displayName: null, endDateTime: '2026-12-01T00:00:00Z' }],
};
const { id: tenant } = sandboxTenant;
const token = sandboxToken(tenant);

describe('the health of Graph', () => {
  let graph: GraphDouble;
  beforeEach(async () => {
    graph = await startGraph({ now: () => now, expectedToken: token, application });
  });
  afterEach(() => graph.stop());

  const lookWith = (
    give: () => Promise<string | null>,
    told: { readonly credentials?: GraphCredentials; readonly now?: number } = {},
  ): Promise<GraphFacts> =>
    graphHealth({
      baseUrl: graph.baseUrl,
      tokens: { token: give },
      credentials: told.credentials ?? null,
      now: () => told.now ?? now,
    }).facts(tenant);
  const look = () => lookWith(async () => token);

  it('tells what the token grants, and that every question is answered', async () => {
    const { token: seen, probes, clockAheadMs } = await look();
    assert.deepEqual(seen, { kind: 'readable', tenant, roles: sandboxRoles });
    assert.deepEqual(
      probes.map(({ of, outcome }) => [of, outcome.kind]),
      ['calls', 'users', 'roles', 'licences'].map((of) => [of, 'answered']),
    );
    assert.equal(clockAheadMs, 0);
  });

  const opaque: readonly (readonly [sentence: string, token: string | null])[] = [
    ['that is no token of three parts', 'a-token-for-tests'],
    ['that is encrypted', 'eyJhbGciOiJSU0EtT0FFUCJ9.b64.c.d.e'],
    ['that is not sent', null],
  ];
  for (const [sentence, given] of opaque) {
    it(`takes a token ${sentence} for one that cannot be read`, async () => {
      const facts = await lookWith(async () => given);
      assert.deepEqual(facts.token, { kind: 'opaque' });
      assert.ok(facts.probes.every(({ outcome }) => outcome.kind === 'refused' && outcome.status === 401));
    });
  }

  const faults: readonly (readonly [sentence: string, fault: GraphFault, outcome: object])[] = [
    [
      'a refusal',
      { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
      { kind: 'refused', status: 403 },
    ],
    [
      'a question that is not known',
      { kind: 'status', status: 404, code: 'NotFound' },
      { kind: 'refused', status: 404 },
    ],
    [
      'a Graph that is busy',
      { kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 60 },
      { kind: 'no-answer', status: 429 },
    ],
    [
      'a Graph that is broken',
      { kind: 'status', status: 503, code: 'serviceNotAvailable' },
      { kind: 'no-answer', status: 503 },
    ],
    ['a connection that is cut', { kind: 'cut' }, { kind: 'no-answer', status: null }],
  ];
  for (const [sentence, fault, outcome] of faults) {
    it(`tells ${sentence} from the others`, async () => {
      graph.faults.add({ ...fault, on: 'getPstnCalls' });
      const { probes } = await look();
      assert.deepEqual(probes.find(({ of }) => of === 'calls')?.outcome, outcome);
      assert.equal(probes.filter(({ outcome: { kind } }) => kind === 'answered').length, 3);
    });
  }

  it('asks each question once, for a look must not make a busy Graph busier', async () => {
    graph.faults.add({ kind: 'status', status: 503, code: 'busy' }, { kind: 'cut' });
    await look();
    assert.equal(graph.questions.length, 5);
  });

  it('tells how far the clocks are apart', async () => {
    const { clockAheadMs } = await lookWith(async () => token, { now: now + 600_000 });
    assert.equal(clockAheadMs, -600_000);
  });

  const secret: GraphCredentials = {
    kind: 'secret',
    homeTenant: tenant,
    clientId: sandboxClientId,
    clientSecret: 'xyz~secret',
  };
  const certificate = (name: string): GraphCredentials => ({
    kind: 'certificate',
    homeTenant: tenant,
    clientId: sandboxClientId,
    certificatePath: fileURLToPath(new URL(name, import.meta.url)),
  });
  const expired = certificate('fixtures/expired-certificate.pem');
  const identity: GraphCredentials = { kind: 'managed-identity', clientId: null };

  const refusals: readonly (readonly [string, GraphCredentials, GraphFacts['token']])[] = [
    ["AADSTS7000222: The provided client secret keys for app 'x' are expired.", secret, aadsts(7000222)],
    ["invalid_request: 90002 - [2026]: AADSTS90002: Tenant 'x' not found.", expired, aadsts(90002)],
    ['ManagedIdentityCredential: No endpoint found.', identity, { kind: 'no-identity' }],
    ['The file does not contain a PEM-encoded certificate.', expired, { kind: 'certificate-unreadable' }],
    ['network_error: See https://aka.ms/msal.js.errors', secret, { kind: 'unreachable' }],
    ['endpoints_resolution_error: See https://aka.ms/msal.js', expired, { kind: 'unreachable' }],
    ['Something new.', secret, aadsts(null)],
  ];
  for (const [message, credentials, seen] of refusals) {
    it(`knows by "${message.slice(0, 24)}" why there is no token`, async () => {
      const give = async () => {
        throw new Error(message);
      };
      const facts = await lookWith(give, { credentials });
      assert.deepEqual([facts.token, facts.probes], [seen, []]);
      assert.equal(graph.questions.length, 0, 'nothing is asked without a token');
    });
  }

  it('knows the reason that stands behind another', async () => {
    const facts = await lookWith(async () => {
      throw new Error('No token.', { cause: new Error('AADSTS700016: not found') });
    });
    assert.deepEqual(facts.token, { kind: 'refused', aadsts: 700016 });
  });

  it('lists the secrets and certificates of the application', async () => {
    assert.deepEqual((await look()).credential, {
      kind: 'unknown',
      certificateFile: null,
      registered: [
        { kind: 'secret', name: 'old', expiresAt: Date.parse('2026-11-25T00:00:00Z') },
        { kind: 'secret', name: 'new', expiresAt: Date.parse(inJune) },
        { kind: 'certificate', name: null, expiresAt: Date.parse('2026-12-01T00:00:00Z') },
      ],
    });
  });

  it('knows its own secret among several by its hint', async () => {
    const { credential } = await lookWith(async () => token, { credentials: secret });
    assert.deepEqual(credential, {
      kind: 'secret',
      certificateFile: null,
      registered: [{ kind: 'secret', name: 'new', expiresAt: Date.parse(inJune) }],
    });
  });

  it('does not know when secrets end where it may not read its own application', async () => {
    graph.faults.add({
      kind: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      on: '/applications(',
    });
    assert.equal((await look()).credential.registered, null);
  });

  it('does not know when secrets end where the answer is cut short', async () => {
    graph.faults.add({ kind: 'half', on: '/applications(' });
    assert.equal((await look()).credential.registered, null);
  });

  it('reads in the file when the certificate ends', async () => {
    const { credential } = await lookWith(async () => token, { credentials: expired });
    assert.deepEqual(credential.certificateFile, { expiresAt: Date.parse('2021-01-01T00:00:00Z') });
  });

  it('says of a file that is no certificate, or is not there, that it cannot be read', async () => {
    for (const name of ['health.test.ts', 'nowhere.pem']) {
      const { credential } = await lookWith(async () => token, { credentials: certificate(name) });
      assert.deepEqual(credential.certificateFile, { expiresAt: null });
    }
  });
});

function aadsts(number: number | null): GraphFacts['token'] {
  return { kind: 'refused', aadsts: number };
}
