/** Where Redis is, as REDIS_URL says it. */
export type RedisAddress =
  | (Access & { readonly kind: 'single'; readonly node: Node; readonly database: number })
  | (Access & {
      readonly kind: 'sentinel';
      readonly nodes: readonly Node[];
      readonly master: string;
      readonly database: number;
    })
  | (Access & { readonly kind: 'cluster'; readonly nodes: readonly Node[] });

export interface Node {
  readonly host: string;
  readonly port: number;
}

interface Access {
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
}

/** The message says what is wrong and how to write it, and never repeats the URL, which may hold a password. */
export class InvalidRedisUrl extends Error {
  constructor(problem: string) {
    super(`REDIS_URL ${problem}; write it as ${forms}.`);
    this.name = 'InvalidRedisUrl';
  }
}

const forms =
  'redis://host:6379/0 (rediss:// for TLS, user:password@ before the host), ' +
  'redis+sentinel://host:26379,host:26379/master-name/0 or redis+cluster://host:6379,host:6379';

const shape =
  /^(?<scheme>rediss?)(?:\+(?<mode>sentinel|cluster))?:\/\/(?:(?<credentials>[^@/]*)@)?(?<hosts>[^@/]+)(?<path>\/[^@]*)?$/;

/** @throws {InvalidRedisUrl} */
export function readRedisUrl(text: string): RedisAddress {
  const parts = shape.exec(text.trim())?.groups;
  if (!parts) throw new InvalidRedisUrl('is not the address of a Redis');

  const access = { tls: parts.scheme === 'rediss', ...credentials(parts.credentials ?? '') };
  const path = (parts.path ?? '').split('/').filter((segment) => segment !== '');
  if (parts.mode === 'sentinel') {
    const [master, ...rest] = path;
    if (!master) throw new InvalidRedisUrl('names no master for the sentinels to find');
    const nodes = nodesOf(parts.hosts ?? '', 26_379);
    return { kind: 'sentinel', ...access, nodes, master: decoded(master), database: database(rest) };
  }
  const nodes = nodesOf(parts.hosts ?? '', 6_379);
  if (parts.mode === 'cluster') {
    if (path.length > 0) throw new InvalidRedisUrl('names a database, and a cluster has only one');
    return { kind: 'cluster', ...access, nodes };
  }
  const [node, ...others] = nodes;
  if (!node || others.length > 0) throw new InvalidRedisUrl('names several hosts for a single Redis');
  return { kind: 'single', ...access, node, database: database(path) };
}

function credentials(text: string): { readonly username: string | null; readonly password: string | null } {
  const [username = '', ...password] = text.split(':');
  return { username: decoded(username) || null, password: decoded(password.join(':')) || null };
}

function nodesOf(hosts: string, defaultPort: number): readonly Node[] {
  return hosts.split(',').map((host) => {
    const parts = /^(?:\[(?<ipv6>[0-9a-f:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/i.exec(host)?.groups;
    const port = Number(parts?.port ?? defaultPort);
    if (!parts || port < 1 || port > 65_535) throw new InvalidRedisUrl('has a host that is not host:port');
    return { host: parts.ipv6 ?? parts.name ?? '', port };
  });
}

function database(path: readonly string[]): number {
  const [number = '0', ...rest] = path;
  if (!/^\d{1,4}$/.test(number) || rest.length > 0) {
    throw new InvalidRedisUrl('has a database that is not a number');
  }
  return Number(number);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InvalidRedisUrl('has a percent sign that stands for nothing');
  }
}
