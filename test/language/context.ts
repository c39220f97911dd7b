import type { UnderstandContext } from '../../src/language/understand.ts';

/** A Tuesday in Seoul, at a tenant billed in US dollars. */
export function contextFor(locale: string, differing: Partial<UnderstandContext> = {}): UnderstandContext {
  return {
    locale,
    now: Date.parse('2026-11-24T05:00:00Z'),
    timeZone: 'Asia/Seoul',
    currency: 'USD',
    ...differing,
  };
}
