import type { JsonValue } from '../../decision/json.ts';

/** What came of one check. The code says what was found; the sentence that mends it belongs to whoever shows it. */
export type Finding = Passed | Fault;

interface Checked {
  /** What was looked at, such as `redis.durability` or `permission.User.Read.All`. */
  readonly check: string;
  readonly data: Readonly<Record<string, JsonValue>>;
}

export interface Passed extends Checked {
  readonly outcome: 'pass';
  readonly code: PassCode;
}

export interface Fault extends Checked {
  /** `fail`: the product does not work, or facts may be lost. `warn`: it works, and somebody should look. */
  readonly outcome: 'warn' | 'fail';
  readonly code: FaultCode;
}

/** What needs no mending. */
export type PassCode =
  | 'redis-answers'
  | 'redis-durable'
  | 'redis-keeps-all'
  | 'redis-new-enough'
  | 'redis-writable'
  | 'redis-cluster-whole'
  | 'redis-clock-right'
  | 'token-given'
  | 'graph-answers'
  | 'permission-granted'
  | 'permissions-least'
  | 'clock-right'
  | 'credential-valid'
  | 'credential-without-expiry'
  | 'holders-known'
  | 'feed-fresh'
  | 'figure-fresh'
  | 'rate-deck-there';

/** What needs mending; each has its sentence. */
export type FaultCode =
  | 'redis-unreachable'
  | 'redis-not-append-only'
  | 'redis-fsync-not-always'
  | 'redis-settings-not-permitted'
  | 'redis-info-not-permitted'
  | 'redis-evicts'
  | 'redis-eviction-unknown'
  | 'redis-too-old'
  | 'redis-replica'
  | 'redis-cannot-write'
  | 'redis-cluster-broken'
  | 'redis-clock-off'
  | 'secret-expired'
  | 'secret-wrong'
  | 'certificate-not-registered'
  | 'certificate-unreadable'
  | 'tenant-unknown'
  | 'app-not-in-tenant'
  | 'app-disabled'
  | 'tenant-without-consent'
  | 'assertion-out-of-time'
  | 'token-refused'
  | 'token-of-another-tenant'
  | 'token-opaque'
  | 'managed-identity-absent'
  | 'identity-unreachable'
  | 'graph-down'
  | 'graph-throttled'
  | 'graph-token-not-taken'
  | 'graph-endpoint-absent'
  | 'permission-missing'
  | 'permission-optional-missing'
  | 'permission-refused'
  | 'permission-too-broad'
  | 'permission-unused'
  | 'consent-missing'
  | 'clock-off'
  | 'secret-expires'
  | 'certificate-expired'
  | 'certificate-expires'
  | 'expiry-unseen'
  | 'nobody-holds-a-role'
  | 'holders-only-eligible'
  | 'feed-stale'
  | 'feed-never-ran'
  | 'figure-old'
  | 'figure-never-read'
  | 'no-rate-deck';

export function pass(check: string, code: PassCode, data: Finding['data'] = {}): Passed {
  return { check, outcome: 'pass', code, data };
}

export function warn(check: string, code: FaultCode, data: Finding['data'] = {}): Fault {
  return { check, outcome: 'warn', code, data };
}

export function fail(check: string, code: FaultCode, data: Finding['data'] = {}): Fault {
  return { check, outcome: 'fail', code, data };
}
