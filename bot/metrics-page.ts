import { createHash, timingSafeEqual } from 'node:crypto';
import { type Answered, refusal } from './answered.ts';
import type { Metrics } from './metrics.ts';

/** What GET /metrics answers: the page, or a refusal. */
export type MetricsPage = (authorization: string) => Promise<Answered | PlainPage>;

export interface PlainPage {
  readonly contentType: string;
  readonly text: string;
}

/** Where a token is set, whoever shows another gets nothing. */
export function metricsPage(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  token: string | null,
): MetricsPage {
  return async (authorization) => {
    if (token !== null && !isSame(authorization, `Bearer ${token}`))
      return refusal(401, 'Send the METRICS_TOKEN of this bot as a bearer token.');
    return { contentType: metrics.contentType, text: await metrics.text() };
  };
}

/** Takes as long for a near miss as for any other. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
