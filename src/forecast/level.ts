import { liftFrom, type WeeklyTrend } from './trend.ts';

/** What a week costs at present, and how much of the past speaks for it. */
export interface Level {
  /** Micro-units a week. */
  readonly perWeek: number;
  /** How far each way of forgetting is believed; the shares add up to 1. */
  readonly memories: readonly Memory[];
}

export interface Memory {
  readonly halfLifeWeeks: number;
  readonly share: number;
}

/** How fast the past may be forgotten: at once after a change, hardly in a steady time. */
const halfLivesWeeks = [1.5, 3, 6, 12] as const;

/**
 * Averages the weeks, brought to today's level, in several ways of forgetting; each counts as it would have told the
 * week that followed.
 * @param weeks Spend by week, the newest first.
 */
export function levelOf(weeks: readonly number[], trend: WeeklyTrend): Level {
  const lifted = weeks.map((spend, weeksAgo) => spend * liftFrom(trend, weeksAgo));
  const believed = halfLivesWeeks.map((halfLife) => belief(lifted, halfLife));
  const all = believed.reduce((sum, belief) => sum + belief, 0);
  const memories = halfLivesWeeks.map((halfLifeWeeks, index) => ({
    halfLifeWeeks,
    share: (believed[index] ?? 0) / all,
  }));
  const perWeek = memories.reduce(
    (sum, { halfLifeWeeks, share }) => sum + share * average(lifted, halfLifeWeeks),
    0,
  );
  return { perWeek, memories };
}

/** How much a week counts beside the others, by its age. */
export function weightOf(weeksAgo: number, halfLifeWeeks: number): number {
  return 0.5 ** (weeksAgo / halfLifeWeeks);
}

/** A way of forgetting needs a month before it can be judged. */
const leastWeeks = 4;
/** Twice the squared error is a sixteenth of the belief: decided after a change, mild between equals. */
const strictness = 4;

function belief(weeks: readonly number[], halfLifeWeeks: number): number {
  const mean = average(weeks, Number.POSITIVE_INFINITY);
  // An error of a hundredth of a week's spend is as good as none.
  let squares = mean === 0 ? 1 : (mean / 100) ** 2;
  for (let origin = 1; origin + leastWeeks <= weeks.length; origin += 1)
    squares += (average(weeks.slice(origin), halfLifeWeeks) - (weeks[origin - 1] ?? 0)) ** 2;
  const scale = mean === 0 ? 1 : mean ** 2;
  return (squares / scale) ** -strictness;
}

function average(weeks: readonly number[], halfLifeWeeks: number): number {
  let sum = 0;
  let weights = 0;
  weeks.forEach((spend, weeksAgo) => {
    const weight = weightOf(weeksAgo, halfLifeWeeks);
    sum += weight * spend;
    weights += weight;
  });
  return sum / weights;
}
