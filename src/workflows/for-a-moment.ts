import type { Instant } from '../decision/time.ts';

/** What many ask for at once is read once: kept for so long that all cards of one incident are made of it. */
const keptMs = 3_000;
/** More incidents at once than these are told of one after another. */
const mostKept = 100;

/** The same answer to the same key for a moment; what failed is asked for again. */
export function forAMoment<Value>(
  now: () => Instant,
): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, { readonly at: Instant; readonly value: Promise<Value> }>();
  return (key, read) => {
    const known = kept.get(key);
    if (known !== undefined && now() - known.at < keptMs) return known.value;
    const value = read();
    kept.delete(key);
    kept.set(key, { at: now(), value });
    value.catch(() => kept.get(key)?.value === value && kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
