import type { TenantId } from '../../../src/decision/ids.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/decision/time.ts';
import type {
  CredentialFacts,
  Facts,
  GraphFacts,
  Probe,
  RedisNodeFacts,
  TenantFacts,
} from '../../../src/workflows/doctor/facts.ts';
import { permissions } from '../../../src/workflows/doctor/permissions.ts';

export const now = Date.parse('2026-11-24T12:00:00Z');
export const tenant = '0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960' as TenantId;

export const leastRoles = permissions.map(({ name }) => name);

const node: RedisNodeFacts = {
  version: '7.0.15',
  isReplica: false,
  appendOnly: true,
  lastWriteWorked: true,
  evictionPolicy: 'noeviction',
  appendFsync: 'always',
  clusterState: null,
  clockAheadMs: 3,
};

const graph: GraphFacts = {
  token: { kind: 'readable', tenant, roles: leastRoles },
  probes: (['calls', 'users', 'roles', 'licences'] as const).map((of) => ({
    of,
    outcome: { kind: 'answered' },
  })),
  clockAheadMs: -400,
  credential: {
    kind: 'secret',
    certificateFile: null,
    registered: [{ kind: 'secret', name: 'production', expiresAt: now + 90 * dayMs }],
  },
};

/** All is well; a case says what is not. */
export const healthy: Facts = {
  store: { kind: 'answers', nodes: [node] },
  graph,
  tenant: { feed: { completedAt: now - 20 * minuteMs }, figureReadAt: now - 2 * dayMs, hasRateDeck: true },
  holders: { active: 3, eligibleOnly: 1 },
  usagePollMinutes: 30,
};

export const withNode = (told: Partial<RedisNodeFacts>): Facts => ({
  ...healthy,
  store: { kind: 'answers', nodes: [node, { ...node, ...told }] },
});

export const withGraph = (told: Partial<GraphFacts>): Facts => ({ ...healthy, graph: { ...graph, ...told } });

export const withProbe = (
  of: Probe['of'],
  outcome: Probe['outcome'],
  token: GraphFacts['token'] = graph.token,
): Facts =>
  withGraph({ token, probes: graph.probes.map((probe) => (probe.of === of ? { of, outcome } : probe)) });

export const withCredential = (told: Partial<CredentialFacts>): Facts =>
  withGraph({ credential: { ...graph.credential, ...told } });

export const withRoles = (...roles: readonly string[]): Facts =>
  withGraph({ token: { kind: 'readable', tenant, roles } });

export const withTenant = (told: Partial<TenantFacts>): Facts => ({
  ...healthy,
  tenant: { feed: { completedAt: now - hourMs }, figureReadAt: now, hasRateDeck: true, ...told },
});
