import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { type Node, type RedisAddress, readRedisUrl } from './redis-url.ts';

/** A connection that mends itself, to one Redis, to a master that sentinels watch, or to a cluster. */
export type Connection = Redis | Cluster;

export interface ConnectionOptions {
  /** Told of each failure to connect. The connection goes on trying, and the process lives. */
  readonly onError: (error: Error) => void;
}

/** A server that hangs is given up after this time, so that people get a sentence while they still look. */
const commandTimeoutMs = 3_000;
const connectTimeoutMs = 2_000;
const longestRetryDelayMs = 1_000;

/**
 * Opens a connection and returns at once; whether Redis is there shows with the first command.
 * @throws {InvalidRedisUrl}
 */
export function connect(url: string, options: ConnectionOptions): Connection {
  const connection = open(readRedisUrl(url), forRequests);
  connection.on('error', options.onError);
  return connection;
}

/**
 * A connection for a queue, whose questions may wait for minutes and are asked again after a break. Nobody is told
 * when Redis is away: the queue goes on once it is back.
 * @throws {InvalidRedisUrl}
 */
export function queueConnection(url: string, options: ConnectionOptions): Connection {
  const connection = open(readRedisUrl(url), forQueues);
  connection.on('error', options.onError);
  return connection;
}

const forQueues: RedisOptions = { maxRetriesPerRequest: null, enableOfflineQueue: true };

function open(address: RedisAddress, manner: RedisOptions): Connection {
  const common = { ...commonOptions(address), ...manner };
  switch (address.kind) {
    case 'single':
      return new Redis({ ...common, ...address.node, db: address.database });
    case 'sentinel':
      return new Redis({
        ...common,
        sentinels: address.nodes.map(({ host, port }) => ({ host, port })),
        name: address.master,
        db: address.database,
        sentinelRetryStrategy: retryDelayMs,
        ...(address.tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
      });
    case 'cluster':
      return new Cluster(
        address.nodes.map(({ host, port }: Node) => ({ host, port })),
        {
          redisOptions: common,
          clusterRetryStrategy: retryDelayMs,
          enableOfflineQueue: manner.enableOfflineQueue ?? false,
        },
      );
  }
}

function commonOptions(address: RedisAddress): RedisOptions {
  return {
    ...(address.username === null ? {} : { username: address.username }),
    ...(address.password === null ? {} : { password: address.password }),
    ...(address.tls ? { tls: {} } : {}),
    connectTimeout: connectTimeoutMs,
    retryStrategy: retryDelayMs,
    // After a failover the old master is a replica; the new one is found by connecting anew.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
}

const forRequests: RedisOptions = {
  commandTimeout: commandTimeoutMs,
  // A command whose caller was told that the store is away must not be done later.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
};

function retryDelayMs(attempt: number): number {
  return Math.min(25 * 2 ** Math.min(attempt, 10), longestRetryDelayMs);
}
