import assert from 'node:assert/strict';
import { InvalidRedisUrl, type RedisAddress, readRedisUrl } from '../../src/store/redis-url.ts';

const open = { tls: false, username: null, password: null } as const;

const read: readonly (readonly [sentence: string, url: string, address: RedisAddress])[] = [
  [
    'a host and nothing else',
    'redis://localhost',
    { kind: 'single', ...open, node: { host: 'localhost', port: 6379 }, database: 0 },
  ],
  [
    'a port, a database and TLS',
    'rediss://cache.example.com:6380/2',
    { kind: 'single', ...open, tls: true, node: { host: 'cache.example.com', port: 6380 }, database: 2 },
  ],
  [
    'a user and a password with signs in it',
    'redis://bot:p%40ss%2Fw:rd@10.0.0.1:6379/',
    {
      kind: 'single',
      tls: false,
      username: 'bot',
      password: 'p@ss/w:rd',
      node: { host: '10.0.0.1', port: 6379 },
      database: 0,
    },
  ],
  [
    'a password without a user',
    'redis://:word@[::1]:7000',
    {
      kind: 'single',
      tls: false,
      username: null,
      password: 'word',
      node: { host: '::1', port: 7000 },
      database: 0,
    },
  ],
  [
    'sentinels, their master and a database',
    'redis+sentinel://:word@one:26379,two,three:26380/credits/1',
    {
      kind: 'sentinel',
      tls: false,
      username: null,
      password: 'word',
      nodes: [
        { host: 'one', port: 26379 },
        { host: 'two', port: 26379 },
        { host: 'three', port: 26380 },
      ],
      master: 'credits',
      database: 1,
    },
  ],
  [
    'nodes of a cluster, with TLS',
    'rediss+cluster://one:7000,two:7001',
    {
      kind: 'cluster',
      ...open,
      tls: true,
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 7001 },
      ],
    },
  ],
];

const refused: readonly (readonly [sentence: string, url: string, reason: RegExp])[] = [
  ['nothing', '', /is not the address of a Redis/],
  ['another protocol', 'http://localhost:6379', /is not the address of a Redis/],
  ['no host', 'redis://', /is not the address of a Redis/],
  ['a port that is none', 'redis://localhost:99999', /a host that is not host:port/],
  ['a host that is none', 'redis://local host', /a host that is not host:port/],
  ['several hosts for one Redis', 'redis://one:1,two:2', /several hosts/],
  ['a database by name', 'redis://localhost/credits', /a database that is not a number/],
  ['sentinels without a master', 'redis+sentinel://one:26379', /names no master/],
  ['a cluster with a database', 'redis+cluster://one:6379/1', /a cluster has only one/],
  ['a broken escape', 'redis://:100%@one', /percent sign/],
  ['options', 'redis://one?timeout=1', /a host that is not host:port/],
];

describe('the address of Redis', () => {
  for (const [sentence, url, address] of read) {
    it(`may be ${sentence}`, () => assert.deepEqual(readRedisUrl(url), address));
  }

  for (const [sentence, url, reason] of refused) {
    it(`is refused for ${sentence}, with the forms that are right`, () => {
      assert.throws(
        () => readRedisUrl(url),
        (error) =>
          error instanceof InvalidRedisUrl &&
          reason.test(error.message) &&
          error.message.includes('redis://host'),
      );
    });
  }

  it('never shows a password when it is refused', () => {
    assert.throws(
      () => readRedisUrl('redis://bot:hidden@one:port'),
      (error) => error instanceof InvalidRedisUrl && !error.message.includes('hidden'),
    );
  });
});
