import { minuteMs } from '../../decision/time.ts';
import type { RedisNodeFacts, StoreFacts } from './facts.ts';
import { type Finding, fail, pass, warn } from './finding.ts';

/** Whether what is committed stays: a ledger that forgets is none. */
export function judgeRedis(store: StoreFacts): readonly Finding[] {
  if (store.kind === 'unreachable') return [fail('redis.reachable', 'redis-unreachable')];
  if (store.kind === 'silent') return [warn('redis.settings', 'redis-info-not-permitted')];
  return [
    pass('redis.reachable', 'redis-answers', { nodes: store.nodes.length }),
    ...judgements.flatMap((judgement) => worst(store.nodes.map(judgement))),
    ...store.nodes.filter(settingsHidden).slice(0, 1).map(hiddenSettings),
    ...clusterFindings(store.nodes),
  ];
}

const judgements: readonly ((node: RedisNodeFacts) => Finding)[] = [
  durability,
  eviction,
  version,
  writable,
  clock,
];

const severity = { pass: 0, warn: 1, fail: 2 };

/** One node that forgets is enough; nodes that are all well are told of once. */
function worst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((left, right) => severity[right.outcome] - severity[left.outcome]).slice(0, 1);
}

function durability({ appendOnly, appendFsync }: RedisNodeFacts): Finding {
  const check = 'redis.durability';
  if (appendOnly === null) return warn(check, 'redis-settings-not-permitted');
  if (!appendOnly) return fail(check, 'redis-not-append-only');
  if (appendFsync === 'no') return fail(check, 'redis-fsync-not-always', { appendFsync });
  if (appendFsync !== null && appendFsync !== 'always')
    return warn(check, 'redis-fsync-not-always', { appendFsync });
  return pass(check, 'redis-durable', { appendFsync });
}

function settingsHidden({ appendOnly, appendFsync }: RedisNodeFacts): boolean {
  return appendOnly !== null && appendFsync === null;
}

function hiddenSettings(): Finding {
  return warn('redis.settings', 'redis-settings-not-permitted');
}

function eviction({ evictionPolicy }: RedisNodeFacts): Finding {
  const check = 'redis.eviction';
  if (evictionPolicy === null) return warn(check, 'redis-eviction-unknown');
  if (evictionPolicy !== 'noeviction') return fail(check, 'redis-evicts', { policy: evictionPolicy });
  return pass(check, 'redis-keeps-all');
}

/** The first version whose scripts, streams and `ZRANGE` the store was written for. */
const oldestMajor = 6;
const oldestMinor = 2;

function version({ version: found }: RedisNodeFacts): Finding {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  const data = { found, oldest: `${oldestMajor}.${oldestMinor}` };
  return isOld
    ? fail('redis.version', 'redis-too-old', data)
    : pass('redis.version', 'redis-new-enough', data);
}

function writable({ isReplica, lastWriteWorked }: RedisNodeFacts): Finding {
  const check = 'redis.writable';
  if (isReplica) return fail(check, 'redis-replica');
  return lastWriteWorked ? pass(check, 'redis-writable') : fail(check, 'redis-cannot-write');
}

function clock({ clockAheadMs }: RedisNodeFacts): Finding {
  const check = 'redis.clock';
  const data = { aheadSeconds: Math.round(clockAheadMs / 1_000) };
  return Math.abs(clockAheadMs) > minuteMs
    ? warn(check, 'redis-clock-off', data)
    : pass(check, 'redis-clock-right', data);
}

function clusterFindings(nodes: readonly RedisNodeFacts[]): readonly Finding[] {
  const states = nodes.flatMap(({ clusterState }) => (clusterState === null ? [] : [clusterState]));
  if (states.length === 0) return [];
  const broken = states.find((state) => state !== 'ok');
  return [
    broken === undefined
      ? pass('redis.cluster', 'redis-cluster-whole')
      : fail('redis.cluster', 'redis-cluster-broken', { state: broken }),
  ];
}
