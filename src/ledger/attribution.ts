import { type DriftPart, inOrder, partOf, size, sumOf, unexplainedPart } from './drift-parts.ts';

/** All that may explain a drift, in micro-units of one currency. */
export interface DriftEvidence {
  /** The figure that was read less the estimate. */
  readonly drift: bigint;
  /** What calls made since the check before, and not reported yet, still take: zero or above, low to high. */
  readonly unreported: { readonly low: bigint; readonly high: bigint };
  /** What a recharge of this tenant usually adds, the most usual first. */
  readonly usualRecharges: readonly bigint[];
  /** What funds that lapse about now make of the drift, each for itself. */
  readonly lapses: readonly bigint[];
  /** What corrections of calls make of the drift; zero where there were none. */
  readonly changedRows: bigint;
  /** Rows that could not be taken in, and what they charge together; null where no charge can be read. */
  readonly rejected: { readonly rows: number; readonly charges: bigint | null };
  /** A remainder of this size needs nobody's attention. */
  readonly limit: bigint;
}

/**
 * Splits a drift into its most plausible causes, the largest first and what is left last; they sum to the drift to
 * the last micro-unit. Each set of causes that the evidence allows is a hypothesis; the one wins that asks for the
 * least to be believed. Facts are believed unless they contradict the rest, calls that are late are expected, funds
 * that lapse are worth a thought, and money that nobody recorded is believed where its usual amount fits.
 */
export function attributeDrift(evidence: DriftEvidence): readonly DriftPart[] {
  if (evidence.drift === 0n) return [];
  const [best] = hypotheses(evidence)
    .map((hypothesis) => explained(hypothesis, evidence))
    .sort(byBelief);
  return best === undefined ? [] : partsOf(best, evidence);
}

/** Causes of which each has its amount; the calls that are late fill what they leave open. */
interface Hypothesis {
  readonly claims: readonly DriftPart[];
  /** How much must be believed; see the costs below. */
  readonly cost: number;
}

const costs = { factDenied: 2, lapse: 2, furtherLapse: 1, recharge: 4, furtherRecharge: 1 } as const;
/** Fewer calls are late than usual; a remainder within the limit; one above it. */
const leftCosts = { littleLag: 1, near: 2, far: 10 } as const;

const mostRecharges = 3n;

function hypotheses(evidence: DriftEvidence): readonly Hypothesis[] {
  const choices = [...factChoices(evidence), lapseChoices(evidence), rechargeChoices(evidence)];
  return choices.reduce<readonly Hypothesis[]>(
    (combined, further) => combined.flatMap((one) => further.map((other) => both(one, other))),
    [nothing],
  );
}

const nothing: Hypothesis = { claims: [], cost: 0 };

function both(one: Hypothesis, other: Hypothesis): Hypothesis {
  return { claims: [...one.claims, ...other.claims], cost: one.cost + other.cost };
}

function factChoices({ changedRows, rejected }: DriftEvidence): readonly (readonly Hypothesis[])[] {
  const charges = rejected.charges ?? 0n;
  return [
    partOf('changed-rows', changedRows, 'sure'),
    // A call that could not be taken in was made all the same.
    partOf('rejected-rows', -charges, 'likely'),
  ]
    .filter(({ microUnits }) => microUnits !== 0n)
    .map((fact) => [
      { claims: [fact], cost: 0 },
      { claims: [], cost: costs.factDenied },
    ]);
}

function lapseChoices({ lapses }: DriftEvidence): readonly Hypothesis[] {
  const each = lapses.map((lapse) => partOf('expired-funds', lapse, 'likely'));
  const one = each.map((lapse) => ({ claims: [lapse], cost: costs.lapse }));
  if (each.length < 2) return [nothing, ...one];
  const all = partOf('expired-funds', sumOf(each), 'likely');
  return [nothing, ...one, { claims: [all], cost: costs.lapse + costs.furtherLapse * (each.length - 1) }];
}

function rechargeChoices({ usualRecharges, unreported }: DriftEvidence): readonly Hypothesis[] {
  return [
    nothing,
    ...usualRecharges.flatMap((usual) => {
      // Where the range of the lag is wide, some recharge fits almost any drift.
      const certainty = unreported.high * 4n <= usual ? 'likely' : 'possible';
      return timesUpTo(mostRecharges).map((times) => ({
        claims: [partOf('unknown-recharge', usual * times, certainty)],
        cost: costs.recharge + costs.furtherRecharge * Number(times - 1n),
      }));
    }),
  ];
}

function timesUpTo(most: bigint): readonly bigint[] {
  return Array.from({ length: Number(most) }, (_, index) => BigInt(index + 1));
}

/** A hypothesis with what it leaves to late calls, and what it leaves unexplained. */
interface Explained extends Hypothesis {
  readonly lag: bigint;
  readonly left: bigint;
}

function explained({ claims, cost }: Hypothesis, { drift, unreported, limit }: DriftEvidence): Explained {
  const open = drift - sumOf(claims);
  const lag = open < 0n ? larger(open, -unreported.high) : 0n;
  const left = open - lag;
  // Calls that are late may have come out of the very funds that lapsed, and then take nothing besides.
  const leastLag = claims.some(isLapsed) ? 0n : unreported.low;
  const littleLag = -lag < leastLag ? leftCosts.littleLag : 0;
  return { claims, lag, left, cost: cost + littleLag + costOfLeft(left, limit) };
}

function costOfLeft(left: bigint, limit: bigint): number {
  if (left === 0n) return 0;
  return size(left) <= limit ? leftCosts.near : leftCosts.far;
}

function isLapsed({ cause, microUnits }: DriftPart): boolean {
  return cause === 'expired-funds' && microUnits < 0n;
}

/** The cheapest to believe, then what leaves least, then what claims least; else as they were thought of. */
function byBelief(one: Explained, other: Explained): number {
  if (one.cost !== other.cost) return one.cost - other.cost;
  if (size(one.left) !== size(other.left)) return size(one.left) < size(other.left) ? -1 : 1;
  return one.claims.length - other.claims.length;
}

function partsOf({ claims, lag, left }: Explained, { rejected }: DriftEvidence): readonly DriftPart[] {
  const unread = rejected.rows > 0 && rejected.charges === null && left < 0n;
  return inOrder([
    ...claims,
    partOf('lag', lag, 'likely'),
    unread ? partOf('rejected-rows', left, 'possible') : unexplainedPart(left),
  ]);
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
