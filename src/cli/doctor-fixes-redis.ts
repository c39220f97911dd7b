import type { Fixes } from './doctor-fix.ts';

const durable =
  'redis-cli CONFIG SET appendonly yes && redis-cli CONFIG SET appendfsync always && redis-cli CONFIG REWRITE';

export const redisFixes = {
  'redis-unreachable': () =>
    'Redis does not answer at REDIS_URL. See that it runs (redis-cli -u "$REDIS_URL" PING), that this machine may reach its port, and that user, password and TLS (rediss://) are right.',
  'redis-not-append-only': () =>
    `Redis keeps no append-only file, so a restart loses booked money. Run: ${durable}. In redis.conf: "appendonly yes" and "appendfsync always". In a managed service switch AOF persistence on.`,
  'redis-fsync-not-always': ({ appendFsync }) =>
    `Redis writes to disk with appendfsync ${appendFsync}, so a power cut loses what was answered last. Run: redis-cli CONFIG SET appendfsync always && redis-cli CONFIG REWRITE. In redis.conf: "appendfsync always".`,
  'redis-settings-not-permitted': () =>
    'The Redis user may not read settings, so how often Redis writes to disk cannot be seen here. Permit it: redis-cli ACL SETUSER <user> "+config|get". In a managed service look under its persistence settings: AOF must be on, and each write written at once.',
  'redis-info-not-permitted': () =>
    'Redis answers and does not tell how it is set up, so nothing of it can be checked. Permit it: redis-cli ACL SETUSER <user> +info +time "+config|get" "+cluster|info".',
  'redis-evicts': ({ policy }) =>
    `Redis may throw booked money away when memory is short (maxmemory-policy ${policy}). Run: redis-cli CONFIG SET maxmemory-policy noeviction && redis-cli CONFIG REWRITE. In redis.conf: "maxmemory-policy noeviction". In a managed service set the eviction policy to noeviction.`,
  'redis-eviction-unknown': () =>
    'Redis does not tell its eviction policy. Look in redis.conf or at the managed service: maxmemory-policy must be noeviction.',
  'redis-too-old': ({ found, oldest }) =>
    `Redis ${found} is too old. Install Redis ${oldest} or later, or Valkey, on the same data folder, and start it again.`,
  'redis-replica': () =>
    'REDIS_URL leads to a replica, which takes no writes. Set REDIS_URL to the master, or to the sentinels: redis+sentinel://host:26379,host:26379/master-name.',
  'redis-cannot-write': () =>
    'Redis could not write to its disk and refuses changes. Free space on the disk that holds its data (redis-cli CONFIG GET dir; df -h), and see that its user may write there.',
  'redis-cluster-broken': ({ state }) =>
    `The Redis Cluster says cluster_state:${state}: some slots have no master. Run: redis-cli --cluster check HOST:PORT, start the node that is missing, or run: redis-cli --cluster fix HOST:PORT.`,
  'redis-clock-off': ({ aheadSeconds }) =>
    `The clock of Redis is ${aheadSeconds} seconds ahead of this machine's (behind, where negative). Set the clock on both: sudo timedatectl set-ntp true.`,
} satisfies Fixes;
