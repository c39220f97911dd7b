import type { Instant } from '../decision/time.ts';
import type { Receipt } from './deliveries.ts';
import type { Recipient } from './message.ts';

/** How one recipient came to know of a subject, by all that was tried. */
export interface Told {
  readonly recipient: Recipient;
  /** `unknown`: nobody knows whether a message came. `pending`: it is on its way. */
  readonly outcome: 'sent' | 'failed' | 'unknown' | 'pending';
  /** How it was first told; null where it was not. */
  readonly way: Receipt['way'];
  /** Why not, or what stood against the chat. */
  readonly why: string | null;
  readonly toldAt: Instant | null;
  readonly seenAt: Instant | null;
}

/** One line a recipient, for one may be told in the chat and by mail beside it. */
export function toldOf(receipts: readonly Receipt[]): readonly Told[] {
  const known = new Map<Recipient, Told>();
  for (const receipt of receipts) {
    // It was over before there was anything to say.
    if (receipt.state === 'nothing-to-say' && receipt.way === null) continue;
    const told = toldBy(receipt);
    const before = known.get(told.recipient);
    if (before === undefined || rank[told.outcome] < rank[before.outcome]) known.set(told.recipient, told);
  }
  return [...known.values()];
}

const rank: Readonly<Record<Told['outcome'], number>> = { sent: 0, unknown: 1, pending: 2, failed: 3 };

/** Whoever was told once stays told, whatever became of a later change of the card. */
function toldBy({ recipient, state, way, why, toldAt, seenAt }: Receipt): Told {
  return { recipient, outcome: outcomeOf(state, way), way, why, toldAt, seenAt };
}

function outcomeOf(state: Receipt['state'], way: Receipt['way']): Told['outcome'] {
  if (way !== null || state === 'sent') return 'sent';
  if (state === 'unknown') return 'unknown';
  return state === 'gave-up' ? 'failed' : 'pending';
}

/** How fast those were told who were, from the beginning; null where nobody was, or nobody knows when. */
export function speedOf(
  told: readonly Told[],
  since: Instant,
): { readonly medianMs: number; readonly slowestMs: number } | null {
  const times = told
    .flatMap(({ toldAt }) => (toldAt === null ? [] : [Math.max(0, toldAt - since)]))
    .sort((left, right) => left - right);
  const [median, slowest] = [times[Math.ceil(times.length / 2) - 1], times.at(-1)];
  return median === undefined || slowest === undefined ? null : { medianMs: median, slowestMs: slowest };
}
