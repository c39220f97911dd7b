import { dayMs, hourMs, type Instant, minuteMs } from '../../decision/time.ts';
import type { Facts, TenantFacts } from './facts.ts';
import { type Finding, fail, pass, warn } from './finding.ts';

/** Whether the figures of the tenant can be right today, and whether somebody is there to be told. */
export function judgeTenant(facts: Facts, now: Instant): readonly Finding[] {
  const { tenant } = facts;
  return [
    ...(tenant === null ? [] : judgeBooks(tenant, { now, pollMinutes: facts.usagePollMinutes })),
    ...judgeHolders(facts.holders),
  ];
}

function judgeBooks(
  tenant: TenantFacts,
  { now, pollMinutes }: { readonly now: Instant; readonly pollMinutes: number },
): readonly Finding[] {
  return [
    judgeFeed(tenant.feed, { now, pollMinutes }),
    judgeFigure(tenant.figureReadAt, now),
    tenant.hasRateDeck ? pass('rates.deck', 'rate-deck-there') : warn('rates.deck', 'no-rate-deck'),
  ];
}

/** One reading may fail and the next may be late; the third that is missed is no accident. */
const missedReadings = 3;
/** A feed that is read often is not called stale for a short outage. */
const shortestStaleMs = 2 * hourMs;

function judgeFeed(
  feed: TenantFacts['feed'],
  { now, pollMinutes }: { readonly now: Instant; readonly pollMinutes: number },
): Finding {
  const check = 'feed.age';
  if (feed === 'never') return warn(check, 'feed-never-ran', { pollMinutes });
  const ageMs = now - feed.completedAt;
  const data = {
    completedAt: new Date(feed.completedAt).toISOString(),
    ageMinutes: Math.round(ageMs / minuteMs),
    pollMinutes,
  };
  const isStale = ageMs > Math.max(missedReadings * pollMinutes * minuteMs, shortestStaleMs);
  return isStale ? fail(check, 'feed-stale', data) : pass(check, 'feed-fresh', data);
}

/** What is not reported, such as a recharge that nobody recorded, shows only in the admin centre. */
const oldFigureDays = 7;

function judgeFigure(readAt: Instant | null, now: Instant): Finding {
  const check = 'figure.age';
  if (readAt === null) return warn(check, 'figure-never-read');
  const data = { readAt: new Date(readAt).toISOString(), ageDays: Math.floor((now - readAt) / dayMs) };
  return now - readAt > oldFigureDays * dayMs
    ? warn(check, 'figure-old', data)
    : pass(check, 'figure-fresh', data);
}

function judgeHolders(holders: Facts['holders']): readonly Finding[] {
  if (holders === null) return [];
  const check = 'roles.holders';
  if (holders.active > 0) return [pass(check, 'holders-known', holders)];
  return [
    holders.eligibleOnly > 0
      ? warn(check, 'holders-only-eligible', holders)
      : fail(check, 'nobody-holds-a-role'),
  ];
}
