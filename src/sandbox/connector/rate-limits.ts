import { type Instant, minuteMs } from '../../decision/time.ts';

/** What the limits tell apart. */
export type LimitedOperation = 'send' | 'members';

interface Window {
  readonly ms: number;
  readonly most: number;
}

/** "Rate limit your bot", per bot and thread, in its table's order; all tenants of an app: 50 a second. */
const perThread: Readonly<Record<LimitedOperation, readonly Window[]>> = {
  send: [
    { ms: 1_000, most: 7 },
    { ms: 2_000, most: 8 },
    { ms: 30_000, most: 60 },
    { ms: 60 * minuteMs, most: 1_800 },
  ],
  members: [
    { ms: 1_000, most: 14 },
    { ms: 2_000, most: 16 },
    { ms: 30_000, most: 120 },
    { ms: 60 * minuteMs, most: 3_600 },
  ],
};
const perApp: readonly Window[] = [{ ms: 1_000, most: 50 }];

/** Counts requests in sliding windows; a refused request counts too little to be counted. */
export class RateLimits {
  readonly #taken = new Map<string, readonly Instant[]>();

  /** How many seconds to wait, or null where the request may pass; then it is counted. */
  take(operation: LimitedOperation, thread: string, at: Instant): number | null {
    const buckets = [
      { key: 'app', windows: perApp },
      { key: `${operation}/${thread}`, windows: perThread[operation] },
    ];
    const waits = buckets.map(({ key, windows }) => waitMs(this.#taken.get(key) ?? [], windows, at));
    const longest = Math.max(...waits);
    if (longest > 0) return Math.ceil(longest / 1_000);
    for (const { key } of buckets) {
      const recent = (this.#taken.get(key) ?? []).filter((taken) => taken > at - 60 * minuteMs);
      this.#taken.set(key, [...recent, at]);
    }
    return null;
  }
}

/** Until the oldest of those that fill a window has left it. */
function waitMs(taken: readonly Instant[], windows: readonly Window[], at: Instant): number {
  const waits = windows.map(({ ms, most }) => {
    const within = taken.filter((one) => one > at - ms);
    const oldest = within[within.length - most];
    return oldest === undefined ? 0 : oldest + ms - at;
  });
  return Math.max(...waits);
}
