import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs, hourMs, type Instant, minuteMs, utcDay } from '../../src/decision/time.ts';
import { openProduct } from '../../src/open-product.ts';
import type { GraphDoubleOptions } from '../../src/sandbox/graph-double.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { sandboxClientId, sandboxRoles, sandboxToken } from '../../src/sandbox/sandbox-token.ts';
import { askRedis } from '../../src/store/redis-process.ts';
import { emptyFeed } from '../../src/usage/feed.ts';
import { storeFeed } from '../../src/usage/stored-feed.ts';
import type { Finding } from '../../src/workflows/doctor/finding.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { importRateDeck } from '../../src/workflows/rate-decks.ts';
import { reconcile } from '../../src/workflows/reconcile.ts';
import { freshTenant, startRedis, withStore } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { moneyOf } from '../money/builders.ts';
import { fixture, usd } from '../rates/decks.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { administrator } from '../workflows/tenant-under-test.ts';

/** What goes wrong is planted in a real Redis and in a Graph over HTTP, and the command itself is run. */
describe('credits doctor', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const durable = { appendonly: 'yes', appendfsync: 'always' };
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function graphFor(tenant: TenantId, told: Partial<GraphDoubleOptions> = {}) {
    const graph = await startGraph({
      tenant: { ...sandboxTenant, id: tenant },
      expectedToken: sandboxToken(tenant),
      now: () => Date.now(),
      ...told,
    });
    stops.push(graph.stop);
    return graph;
  }

  const run = (
    at: { readonly tenant: TenantId; readonly redisUrl: string; readonly graphUrl: string },
    ...more: readonly string[]
  ): Promise<Ended> =>
    credits(['doctor', '--tenant', at.tenant, ...more], {
      redisUrl: at.redisUrl,
      environment: { GRAPH_BASE_URL: at.graphUrl },
    });

  it('is content where all is well, and exits with 0', async () => {
    const tenant = freshTenant();
    const [redis, graph] = await Promise.all([startRedis({ settings: durable }), graphFor(tenant)]);
    await withStore(redis.url, async (store) => {
      await storeCompletedFeed(store, tenant, Date.now() - minuteMs);
      await readFigure(store, tenant, Date.now() - hourMs);
      await importDeck(store, tenant);
    });

    const at = { tenant, redisUrl: redis.url, graphUrl: graph.baseUrl };
    const done = await run(at, '--json');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    const { ok, mode, checks } = documentOf(done);
    assert.deepEqual([ok, mode, faultsOf(checks)], [true, 'sandbox', []]);
    assert.ok(checks.every(({ fix }) => fix === null));
    assert.ok(checks.length >= 20, `${checks.length} things are looked at`);

    const { code, stdout } = await run(at);
    assert.equal(code, 0);
    assert.match(stdout, /^pass {2}redis\.durability +redis-durable$/m);
    assert.match(stdout, /^\d+ passed, 0 to look at, 0 failed\.$/m);
  });

  it('names each of twelve faults with its fix, and exits with 1', async () => {
    const tenant = freshTenant();
    const soon = new Date(Date.now() + 6.5 * dayMs).toISOString();
    const ended = new Date(Date.now() - dayMs).toISOString();
    const graph = await graphFor(tenant, {
      now: () => Date.now() + 10 * minuteMs,
      application: {
        appId: sandboxClientId,
        passwordCredentials: [{ displayName: 'of last year', endDateTime: ended }],
        keyCredentials: [{ displayName: 'of this year', endDateTime: soon }],
      },
    });
    graph.faults.add(
      { kind: 'status', status: 403, code: 'Forbidden', on: 'getPstnCalls' },
      { kind: 'status', status: 404, code: 'NotFound', on: '/v1.0/users' },
      { kind: 'cut', on: 'roleAssignments' },
      { kind: 'status', status: 429, code: 'TooManyRequests', on: 'subscribedSkus' },
    );
    const redis = await startRedis({ settings: { 'maxmemory-policy': 'allkeys-lru' } });
    await withStore(redis.url, async (store) => {
      await storeCompletedFeed(store, tenant, Date.now() - 3 * hourMs);
      await readFigure(store, tenant, Date.now() - 8 * dayMs);
    });

    const at = { tenant, redisUrl: redis.url, graphUrl: graph.baseUrl };
    const done = await run(at, '--json');
    assert.equal(done.code, 1);
    assert.match(done.stderr, /^8 of \d+ checks failed\.\n$/);
    const { ok, checks } = documentOf(done);
    assert.equal(ok, false);
    const expected: readonly (readonly [fault: string, fix: RegExp])[] = [
      ['fail redis.durability redis-not-append-only', /CONFIG SET appendonly yes/],
      ['fail redis.eviction redis-evicts', /CONFIG SET maxmemory-policy noeviction/],
      ['fail credential.secret secret-expired', /New client secret/],
      ['warn credential.certificate certificate-expires', /expires in 6 days/],
      ['fail permission.CallRecord-PstnCalls.Read.All permission-refused', /Grant admin consent/],
      ['fail permission.User.Read.All graph-endpoint-absent', /GRAPH_BASE_URL/],
      ['fail permission.RoleManagement.Read.Directory graph-down', /graph\.microsoft\.com, port 443/],
      ['warn permission.LicenseAssignment.Read.All graph-throttled', /USAGE_POLL_MINUTES/],
      ['fail clock clock-off', /timedatectl set-ntp true/],
      ['fail feed.age feed-stale', /18\d minutes ago/],
      ['warn figure.age figure-old', /8 days ago.*admin\.microsoft\.com/],
      ['warn rates.deck no-rate-deck', /credits rates import FILE --apply/],
    ];
    assert.deepEqual(
      faultsOf(checks),
      expected.map(([fault]) => fault),
    );
    const fixes = checks.flatMap(({ fix }) => fix ?? []);
    for (const [index, [fault, fix]] of expected.entries()) assert.match(fixes[index] ?? '', fix, fault);
  });

  it('says it to people line by line, each fault with its fix below it', async () => {
    const tenant = freshTenant();
    const [redis, graph] = await Promise.all([startRedis(), graphFor(tenant)]);
    const { code, stdout } = await run({ tenant, redisUrl: redis.url, graphUrl: graph.baseUrl });
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^fail {2}redis\.durability +redis-not-append-only\n {6}Redis keeps no append-only file/m,
    );
    assert.match(stdout, /^warn {2}feed\.age +feed-never-ran\n {6}Usage was never read to its end/m);
    assert.match(stdout, /^\d+ passed, 3 to look at, 1 failed\.$/m);
  });

  it('looks on where its rights in Redis are few and Graph is gone', async () => {
    const tenant = freshTenant();
    const [redis, graph] = await Promise.all([startRedis({ settings: durable }), graphFor(tenant)]);
    await graph.stop();
    await askRedis(redis.port, (client) =>
      client.acl('SETUSER', 'clerk', 'on', '>secret', '~*', '&*', '+@all', '-config'),
    );
    const redisUrl = `redis://clerk:secret@127.0.0.1:${redis.port}`;
    const done = await run({ tenant, redisUrl, graphUrl: graph.baseUrl }, '--json');
    assert.equal(done.code, 1);
    assert.deepEqual(faultsOf(documentOf(done).checks), [
      'warn redis.settings redis-settings-not-permitted',
      'warn credential.unknown expiry-unseen',
      'fail graph.reachable graph-down',
      'warn feed.age feed-never-ran',
      'warn figure.age figure-never-read',
      'warn rates.deck no-rate-deck',
    ]);
  });

  it('looks on where Redis is gone and the tenant is another', async () => {
    const [redis, graph] = await Promise.all([startRedis(), graphFor(freshTenant())]);
    await redis.kill();
    const at = { tenant: freshTenant(), redisUrl: redis.url, graphUrl: graph.baseUrl };
    const done = await run(at, '--json');
    assert.equal(done.code, 1);
    assert.deepEqual(faultsOf(documentOf(done).checks), [
      'fail redis.reachable redis-unreachable',
      'fail graph.token graph-token-not-taken',
      'warn credential.unknown expiry-unseen',
    ]);
  });

  it('sees a replica that writes to disk each second', async () => {
    const tenant = freshTenant();
    const [master, graph] = await Promise.all([startRedis(), graphFor(tenant)]);
    const replicaof = `127.0.0.1 ${master.port}`;
    const replica = await startRedis({ settings: { ...durable, appendfsync: 'everysec', replicaof } });
    const done = await run({ tenant, redisUrl: replica.url, graphUrl: graph.baseUrl }, '--json');
    assert.deepEqual(faultsOf(documentOf(done).checks).slice(0, 2), [
      'warn redis.durability redis-fsync-not-always',
      'fail redis.writable redis-replica',
    ]);
  });

  it('reads in production when the certificate of the bot ends', async () => {
    const redis = await startRedis({ settings: durable });
    const done = await credits(['doctor', '--json'], {
      redisUrl: redis.url,
      environment: {
        CLIENT_ID: sandboxClientId,
        TENANT_ID: sandboxTenant.id,
        CLIENT_CERTIFICATE_PATH: fileURLToPath(
          new URL('../graph/fixtures/expired-certificate.pem', import.meta.url),
        ),
        // Nobody listens there, so that no case asks the real identity platform.
        AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9',
      },
    });
    assert.equal(done.code, 1);
    const { mode, checks } = documentOf(done);
    assert.equal(mode, 'production');
    const certificate = checks.find(({ check }) => check === 'credential.certificate');
    assert.equal(certificate?.code, 'certificate-expired');
    assert.match(certificate?.fix ?? '', /openssl req -x509/);
    assert.equal(checks.find(({ check }) => check === 'graph.token')?.code, 'identity-unreachable');
  });

  it('lists what is wrong with the environment in one error', async () => {
    const done = await credits(['doctor', '--json'], { environment: { CLIENT_ID: 'bot' } });
    assert.equal(done.code, 1);
    assert.equal(JSON.parse(done.stdout).error.code, 'environment-invalid');
    assert.match(done.stderr, /REDIS_URL is missing.*TENANT_ID is missing/s);
  });

  const rights: readonly (readonly [
    sentence: string,
    roles: readonly string[],
    faults: readonly string[],
  ])[] = [
    [
      'a permission that is missing and one that is too broad',
      [
        ...sandboxRoles.filter((role) => role !== 'User.Read.All'),
        'Directory.ReadWrite.All',
        'Reports.Read.All',
      ],
      [
        'warn permission.Directory.ReadWrite.All permission-too-broad',
        'warn permission.Reports.Read.All permission-unused',
      ],
    ],
    [
      'permissions that nobody granted',
      sandboxRoles.filter((role) => !/PstnCalls|Mail/.test(role)),
      [
        'fail permission.CallRecord-PstnCalls.Read.All permission-missing',
        'warn permission.Mail.Send permission-optional-missing',
      ],
    ],
  ];
  for (const [sentence, roles, faults] of rights) {
    it(`sees in the token ${sentence}`, async () => {
      const tenant = freshTenant();
      const token = sandboxToken(tenant, roles);
      const redis = await startRedis({ settings: durable });
      const graph = await graphFor(tenant, { expectedToken: token });
      const findings = await examined({ tenant, token, redisUrl: redis.url, graphUrl: graph.baseUrl });
      assert.deepEqual(
        faultsOf(findings).filter((fault) => fault.includes('permission')),
        faults,
      );
    });
  }

  it('sees that nobody is left who may see amounts', async () => {
    const tenant = freshTenant();
    const [redis, graph] = await Promise.all([
      startRedis({ settings: durable }),
      graphFor(tenant, { people: [] }),
    ]);
    const done = await run({ tenant, redisUrl: redis.url, graphUrl: graph.baseUrl }, '--json');
    assert.ok(faultsOf(documentOf(done).checks).includes('fail roles.holders nobody-holds-a-role'));
  });
});

type Check = Pick<Finding, 'check' | 'outcome' | 'code'> & { readonly fix: string | null };

/** The one document that was printed. */
function documentOf({ stdout, stderr }: Ended): {
  readonly ok: boolean;
  readonly mode: string;
  readonly checks: readonly Check[];
} {
  assert.match(stdout, /^\{.*\}\n$/, `exactly one document is printed; standard error: ${stderr}`);
  return JSON.parse(stdout);
}

function faultsOf(checks: readonly Pick<Finding, 'check' | 'outcome' | 'code'>[]): readonly string[] {
  return checks
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ outcome, check, code }) => `${outcome} ${check} ${code}`);
}

/** As the command does it, with a token of the case's own. */
async function examined(at: {
  readonly tenant: TenantId;
  readonly token: string;
  readonly redisUrl: string;
  readonly graphUrl: string;
}): Promise<readonly Finding[]> {
  const open = openProduct({
    redisUrl: at.redisUrl,
    graphBaseUrl: at.graphUrl,
    graphAccess: { token: async () => at.token },
    defaultCurrency: usd,
    peopleRefreshMinutes: 15,
    sending: { teamsAppId: null, mailSender: null, perSecond: 25 },
    betaReports: false,
    onStoreError: () => undefined,
  });
  try {
    return await open.product.doctor(at.tenant, { usagePollMinutes: 30 });
  } finally {
    await open.close();
  }
}

async function storeCompletedFeed(store: Store, tenantId: TenantId, completedAt: Instant): Promise<void> {
  const heads = [{ head: 'feed', expectedVersion: 0, state: storeFeed({ ...emptyFeed, completedAt }) }];
  await store.commit({ tenantId, heads, events: [], counts: [], records: [], members: [], messages: [] });
}

async function readFigure(store: Store, tenant: TenantId, observedAt: Instant): Promise<void> {
  const done = await reconcile(store, {
    tenant,
    observed: moneyOf('100'),
    reason: null,
    by: administrator,
    byName: 'Grace Whitfield',
    observedAt,
    at: Date.now(),
    idempotencyKey: 'figure',
  });
  assert.equal(done.kind, 'done');
}

async function importDeck(store: Store, tenant: TenantId): Promise<void> {
  const yesterday = utcDay(Date.now() - dayMs);
  const imported = await importRateDeck(store, {
    tenant,
    csvText: fixture('rates.csv').replaceAll('2026-01-01', yesterday),
    unstated: { currency: usd, effectiveFrom: yesterday },
    actor: 'test',
    at: Date.now(),
    apply: true,
  });
  assert.equal(imported.kind, 'version');
}
