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
  const connection = open(readRedisUrl(url));
  connection.on('error', options.onError);
  return connection;
}

function open(address: RedisAddress): Connection {
  const common = commonOptions(address);
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
          enableOfflineQueue: false,
        },
      );
  }
}

function commonOptions(address: RedisAddress): RedisOptions {
  return {
    ...(address.username === null ? {} : { username: address.username }),
    ...(address.password === null ? {} : { password: address.password }),
    ...(address.tls ? { tls: {} } : {}),
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    retryStrategy: retryDelayMs,
    // A command whose caller was told that the store is away must not be done later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // After a failover the old master is a replica; the new one is found by connecting anew.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
}

function retryDelayMs(attempt: number): number {
  return Math.min(25 * 2 ** Math.min(attempt, 10), longestRetryDelayMs);
}
