import assert from 'node:assert/strict';
import { fixFor } from '../../../src/cli/doctor-fixes.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/decision/time.ts';
import type { Facts } from '../../../src/workflows/doctor/facts.ts';
import { judge } from '../../../src/workflows/doctor/judge.ts';
import {
  healthy,
  leastRoles,
  now,
  tenant,
  withCredential,
  withGraph,
  withNode,
  withProbe,
  withRoles,
  withTenant,
} from './healthy-facts.ts';

const opaque = { kind: 'opaque' } as const;
const without = (permission: string) => withRoles(...leastRoles.filter((role) => role !== permission));
const silent = { kind: 'no-answer', status: null } as const;
const refused = (aadsts: number | null) =>
  withGraph({ token: { kind: 'refused', aadsts }, probes: [], clockAheadMs: null });

/** What was planted, what is to be found, `! check code` where it fails and `? check code` to look at, and its fix. */
const plantings: readonly (readonly [sentence: string, facts: Facts, found: string, fix: RegExp])[] = [
  [
    'a Redis that does not answer',
    { ...healthy, store: { kind: 'unreachable' }, tenant: null },
    '! redis.reachable redis-unreachable',
    /redis-cli -u "\$REDIS_URL" PING/,
  ],
  [
    'a Redis that tells nothing of itself',
    { ...healthy, store: { kind: 'silent' } },
    '? redis.settings redis-info-not-permitted',
    /ACL SETUSER <user> \+info/,
  ],
  [
    'a Redis without an append-only file',
    withNode({ appendOnly: false }),
    '! redis.durability redis-not-append-only',
    /CONFIG SET appendonly yes/,
  ],
  [
    'a Redis that hides how it keeps',
    withNode({ appendOnly: null, appendFsync: null }),
    '? redis.durability redis-settings-not-permitted',
    /AOF must be on/,
  ],
  [
    'a Redis that writes to disk each second',
    withNode({ appendFsync: 'everysec' }),
    '? redis.durability redis-fsync-not-always',
    /appendfsync everysec.*CONFIG SET appendfsync always/,
  ],
  [
    'a Redis that leaves writing to the system',
    withNode({ appendFsync: 'no' }),
    '! redis.durability redis-fsync-not-always',
    /appendfsync no, /,
  ],
  [
    'a Redis whose settings may not be read',
    withNode({ appendFsync: null }),
    '? redis.settings redis-settings-not-permitted',
    /ACL SETUSER <user> "\+config\|get"/,
  ],
  [
    'a Redis that evicts',
    withNode({ evictionPolicy: 'allkeys-lru' }),
    '! redis.eviction redis-evicts',
    /allkeys-lru.*CONFIG SET maxmemory-policy noeviction/,
  ],
  [
    'a Redis that hides whether it evicts',
    withNode({ evictionPolicy: null }),
    '? redis.eviction redis-eviction-unknown',
    /must be noeviction/,
  ],
  [
    'a Redis that is too old',
    withNode({ version: '6.0.16' }),
    '! redis.version redis-too-old',
    /Redis 6\.0\.16 is too old\. Install Redis 6\.2 or later/,
  ],
  ['a replica', withNode({ isReplica: true }), '! redis.writable redis-replica', /redis\+sentinel:/],
  [
    'a Redis whose disk is full',
    withNode({ lastWriteWorked: false }),
    '! redis.writable redis-cannot-write',
    /Free space.*df -h/,
  ],
  [
    'a cluster that lacks slots',
    withNode({ clusterState: 'fail' }),
    '! redis.cluster redis-cluster-broken',
    /redis-cli --cluster check/,
  ],
  [
    'a Redis whose clock is off',
    withNode({ clockAheadMs: 61_000 }),
    '? redis.clock redis-clock-off',
    /61 seconds ahead.*timedatectl/,
  ],
  [
    'a secret that expired',
    refused(7000222),
    '! graph.token secret-expired',
    /New client secret.*CLIENT_SECRET/,
  ],
  ['a wrong secret', refused(7000215), '! graph.token secret-wrong', /to its value, not to its id/],
  [
    'a certificate that the application does not know',
    refused(700027),
    '! graph.token certificate-not-registered',
    /Upload certificate/,
  ],
  ['a proof that is out of time', refused(700024), '! graph.token assertion-out-of-time', /timedatectl/],
  ['a tenant that is none', refused(90002), '! graph.token tenant-unknown', /TENANT_ID/],
  [
    'a tenant that nobody brought the application to',
    refused(700016),
    '! graph.token app-not-in-tenant',
    /0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960\/adminconsent/,
  ],
  [
    'an application that is switched off',
    refused(7000112),
    '! graph.token app-disabled',
    /Enabled for users/,
  ],
  [
    'a tenant without consent',
    refused(65001),
    '! graph.token tenant-without-consent',
    /Nobody has consented/,
  ],
  ['a refusal that is new', refused(999999), '! graph.token token-refused', /error\?code=999999/],
  ['a refusal without a number', refused(null), '! graph.token token-refused', /gives no token\. See/],
  [
    'an identity platform out of reach',
    withGraph({ token: { kind: 'unreachable' }, probes: [] }),
    '! graph.token identity-unreachable',
    /login\.microsoftonline\.com, port 443/,
  ],
  [
    'a machine without an identity',
    withGraph({ token: { kind: 'no-identity' }, probes: [] }),
    '! graph.token managed-identity-absent',
    /Identity > On/,
  ],
  [
    'a certificate without a key',
    withGraph({ token: { kind: 'certificate-unreadable' }, probes: [] }),
    '! graph.token certificate-unreadable',
    /BEGIN PRIVATE KEY/,
  ],
  [
    'a token of another tenant',
    withGraph({ token: { kind: 'readable', tenant: 'ffffffff-0000', roles: leastRoles } }),
    '! graph.token token-of-another-tenant',
    /for tenant ffffffff-0000/,
  ],
  [
    'a token that is not taken',
    withProbe('calls', { kind: 'refused', status: 401 }),
    '! graph.token graph-token-not-taken',
    /GRAPH_BASE_URL and CLOUD/,
  ],
  [
    'a token that cannot be read',
    withGraph({ token: opaque }),
    '? graph.token token-opaque',
    /unseen: GroupMember\.Read\.All, TeamsAppInstallation\.ReadWriteSelfForUser\.All, Mail\.Send\./,
  ],
  [
    'a permission that is missing',
    without('User.Read.All'),
    '! permission.User.Read.All permission-missing',
    /Application permissions > User\.Read\.All, then Grant admin consent/,
  ],
  [
    'a permission that is missing and could be',
    without('Mail.Send'),
    '? permission.Mail.Send permission-optional-missing',
    /an e-mail to somebody.*Application permissions > Mail\.Send/,
  ],
  [
    'a permission that is too broad',
    withRoles(...leastRoles, 'Directory.ReadWrite.All'),
    '? permission.Directory.ReadWrite.All permission-too-broad',
    /far too much\. Remove it: .* > Directory\.ReadWrite\.All/,
  ],
  [
    'a permission that nothing needs',
    withRoles(...leastRoles, 'Reports.Read.All'),
    '? permission.Reports.Read.All permission-unused',
    /more than is needed\. Remove it/,
  ],
  [
    'a broad permission in the place of a lesser one',
    withRoles(...leastRoles.filter((role) => role !== 'User.Read.All'), 'Directory.Read.All'),
    '? permission.Directory.Read.All permission-too-broad',
    /First add User\.Read\.All and Grant admin consent\. Remove it/,
  ],
  [
    'a consent that is missing',
    withProbe('calls', { kind: 'refused', status: 403 }, opaque),
    '? graph.token token-opaque, ! permission.CallRecord-PstnCalls.Read.All consent-missing',
    /nobody has consented to CallRecord-PstnCalls\.Read\.All/,
  ],
  [
    'a permission that is granted and refused',
    withProbe('users', { kind: 'refused', status: 403 }),
    '! permission.User.Read.All permission-refused',
    /Conditional Access/,
  ],
  [
    'a question that this cloud does not know',
    withProbe('calls', { kind: 'refused', status: 404 }),
    '! permission.CallRecord-PstnCalls.Read.All graph-endpoint-absent',
    /GRAPH_BASE_URL/,
  ],
  [
    'a proxy in the place of Graph',
    withProbe('calls', { kind: 'refused', status: 302 }),
    '! permission.CallRecord-PstnCalls.Read.All graph-endpoint-absent',
    /\(302\).*no proxy answers/,
  ],
  [
    'a Graph that is busy',
    withProbe('roles', { kind: 'no-answer', status: 429 }),
    '? permission.RoleManagement.Read.Directory graph-throttled',
    /USAGE_POLL_MINUTES higher/,
  ],
  [
    'a part of Graph that is broken',
    withProbe('licences', { kind: 'no-answer', status: 503 }),
    '? permission.LicenseAssignment.Read.All graph-down',
    /\(status 503\)/,
  ],
  [
    'a Graph that is down',
    withGraph({ probes: healthy.graph.probes.map(({ of }) => ({ of, outcome: silent })) }),
    '! graph.reachable graph-down',
    /graph\.microsoft\.com, port 443/,
  ],
  ['a clock that is off', withGraph({ clockAheadMs: -301_000 }), '! clock clock-off', /301 seconds ahead/],
  ['a clock that drifts', withGraph({ clockAheadMs: 61_000 }), '? clock clock-off', /-61 seconds ahead/],
  ...([30, 7, 1] as const).map(
    (days) =>
      [
        `a secret that expires in ${days} days`,
        withCredential({ registered: [{ kind: 'secret', name: null, expiresAt: now + days * dayMs }] }),
        '? credential.secret secret-expires',
        new RegExp(`expires in ${days} days`),
      ] as const,
  ),
  [
    'a secret that is registered as expired',
    withCredential({ registered: [{ kind: 'secret', name: null, expiresAt: now }] }),
    '! credential.secret secret-expired',
    /New client secret/,
  ],
  [
    'a certificate file that expired',
    withCredential({ kind: 'certificate', certificateFile: { expiresAt: now - 1 } }),
    '! credential.certificate certificate-expired',
    /openssl req -x509.*CLIENT_CERTIFICATE_PATH/,
  ],
  [
    'a certificate file that expires in a week',
    withCredential({ kind: 'certificate', certificateFile: { expiresAt: now + 6.5 * dayMs } }),
    '? credential.certificate certificate-expires',
    /expires in 6 days, at 2026-12-01T00:00:00\.000Z/,
  ],
  [
    'a certificate file that is none',
    withCredential({ kind: 'certificate', certificateFile: { expiresAt: null } }),
    '! credential.certificate certificate-unreadable',
    /BEGIN CERTIFICATE/,
  ],
  [
    'an expiry that is not told',
    withCredential({ registered: null }),
    '? credential.secret expiry-unseen',
    /Application\.Read\.All/,
  ],
  [
    'a feed that stands still',
    withTenant({ feed: { completedAt: now - 2 * hourMs - 1 } }),
    '! feed.age feed-stale',
    /120 minutes ago.*every 30/,
  ],
  ['a feed that never ran', withTenant({ feed: 'never' }), '? feed.age feed-never-ran', /npm start/],
  [
    'a figure that is old',
    withTenant({ figureReadAt: now - 7 * dayMs - 1 }),
    '? figure.age figure-old',
    /7 days ago.*Your products > Communications Credits/,
  ],
  [
    'a figure that nobody read',
    withTenant({ figureReadAt: null }),
    '? figure.age figure-never-read',
    /Your products > Communications Credits/,
  ],
  [
    'no price list',
    withTenant({ hasRateDeck: false }),
    '? rates.deck no-rate-deck',
    /credits rates import FILE --apply/,
  ],
  [
    'nobody who may see amounts',
    { ...healthy, holders: { active: 0, eligibleOnly: 0 } },
    '! roles.holders nobody-holds-a-role',
    /Billing Administrator > Add assignments/,
  ],
  [
    'people who could see amounts and do not',
    { ...healthy, holders: { active: 0, eligibleOnly: 2 } },
    '? roles.holders holders-only-eligible',
    /2 people may activate/,
  ],
];

const findingsOf = (facts: Facts) => judge(facts, { tenant, now });
const marks = { pass: ' ', warn: '?', fail: '!' };

describe('the doctor', () => {
  it('finds nothing where all is well', () => {
    const bad = findingsOf(healthy).filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual(bad, []);
  });

  for (const [sentence, facts, found, fix] of plantings) {
    it(`finds ${sentence}, and nothing else, and says how it is mended`, () => {
      const bad = findingsOf(facts).filter(({ outcome }) => outcome !== 'pass');
      assert.equal(
        bad.map(({ outcome, check, code }) => `${marks[outcome]} ${check} ${code}`).join(', '),
        found,
      );
      assert.match(bad.map(fixFor).at(-1) ?? '', fix);
    });
  }

  it('leaves no hole in a sentence', () => {
    const sentences = plantings.flatMap(([, facts]) =>
      findingsOf(facts).map((finding) => fixFor(finding) ?? ''),
    );
    assert.deepEqual(
      sentences.filter((sentence) => /undefined|null|NaN|\[object/.test(sentence)),
      [],
    );
  });

  it('says nothing of what passed', () => {
    assert.ok(findingsOf(healthy).every((finding) => fixFor(finding) === null));
  });

  const bounds: readonly (readonly [sentence: string, facts: Facts])[] = [
    ['a feed that was read two hours ago', withTenant({ feed: { completedAt: now - 2 * hourMs } })],
    [
      'a feed that is read seldom, after three times of it',
      { ...withTenant({ feed: { completedAt: now - 18 * hourMs } }), usagePollMinutes: 360 },
    ],
    ['a figure of a week ago', withTenant({ figureReadAt: now - 7 * dayMs })],
    ['a clock that is a minute off', withGraph({ clockAheadMs: minuteMs })],
    ['the oldest Redis that will do', withNode({ version: '6.2.0' })],
    ['a cluster that is whole', withNode({ clusterState: 'ok' })],
    [
      'a secret that is followed by a longer one',
      withCredential({
        registered: [-1, 90].map((days) => ({ kind: 'secret', name: null, expiresAt: now + days * dayMs })),
      }),
    ],
    ['an identity that never expires', withCredential({ kind: 'managed-identity', registered: null })],
    ['a directory that did not tell who holds a role', { ...healthy, holders: null }],
  ];
  for (const [sentence, facts] of bounds) {
    it(`is content with ${sentence}`, () => {
      assert.deepEqual(
        findingsOf(facts).filter(({ outcome }) => outcome !== 'pass'),
        [],
      );
    });
  }
});
