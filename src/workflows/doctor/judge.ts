import type { TenantId } from '../../decision/ids.ts';
import { type Instant, minuteMs } from '../../decision/time.ts';
import type { Facts, GraphFacts } from './facts.ts';
import { type Finding, fail, pass, warn } from './finding.ts';
import { judgeCredential } from './judge-credential.ts';
import { judgePermissions } from './judge-permissions.ts';
import { judgeRedis } from './judge-redis.ts';
import { judgeTenant } from './judge-tenant.ts';
import { judgeToken } from './judge-token.ts';

/** What the facts mean, from what everything stands on to what stands on it. */
export function judge(
  facts: Facts,
  { tenant, now }: { readonly tenant: TenantId; readonly now: Instant },
): readonly Finding[] {
  return [
    ...judgeRedis(facts.store),
    ...judgeToken(facts.graph, tenant),
    ...judgeCredential(facts.graph, now),
    ...judgePermissions(facts.graph),
    ...judgeClock(facts.graph),
    ...judgeTenant(facts, now),
  ];
}

/** Entra and Teams take no token that is more than five minutes off. */
const wrongClockMs = 5 * minuteMs;

function judgeClock({ clockAheadMs }: GraphFacts): readonly Finding[] {
  if (clockAheadMs === null) return [];
  // Graph ahead of us is the same as us behind.
  const data = { aheadSeconds: Math.round(-clockAheadMs / 1_000) };
  if (Math.abs(clockAheadMs) > wrongClockMs) return [fail('clock', 'clock-off', data)];
  return [
    Math.abs(clockAheadMs) > minuteMs ? warn('clock', 'clock-off', data) : pass('clock', 'clock-right', data),
  ];
}
