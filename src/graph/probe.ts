import type { Instant } from '../decision/time.ts';
import type { Probe } from '../workflows/doctor/facts.ts';

export interface ProbeQuestion {
  /** Path with its version, on the host. */
  readonly url: string;
  readonly token: string | null;
  readonly now: () => Instant;
}

export interface ProbeAnswer {
  readonly outcome: Probe['outcome'];
  /** Empty where there was no answer. */
  readonly text: string;
  /** By the `Date` of the answer, which has whole seconds; null where there was none. */
  readonly clockAheadMs: number | null;
}

/** As patient as the person who watches a command run. */
const timeoutMs = 8_000;

/** Asks once, for how Graph answers and not for what it says. What goes wrong is an outcome, and no error. */
export async function probe({ url, token, now }: ProbeQuestion): Promise<ProbeAnswer> {
  const headers = {
    Accept: 'application/json',
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
  };
  try {
    // A redirect would take the token to another host.
    const response = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const clockAheadMs = clockAhead(response.headers.get('date'), now());
    const text = await response.text();
    return { outcome: outcomeOf(response), text, clockAheadMs };
  } catch {
    return { outcome: { kind: 'no-answer', status: null }, text: '', clockAheadMs: null };
  }
}

function outcomeOf({ ok, status }: Response): Probe['outcome'] {
  if (ok) return { kind: 'answered' };
  return status === 429 || status >= 500 ? { kind: 'no-answer', status } : { kind: 'refused', status };
}

function clockAhead(date: string | null, now: Instant): number | null {
  const at = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : at - now;
}
