import { dayMs, type Instant } from '../decision/time.ts';
import { noFacts } from './alert-facts.ts';
import type { Condition } from './condition.ts';
import type { ReachWatch } from './reach-watch.ts';
import type { Drill } from './unfolding.ts';

/** With fewer than two, one who sleeps leaves nobody. */
export const fewestReachable = 2;
/** A way that was not tried for so long may be broken. */
const drillEveryMs = 30 * dayMs;

interface ReachContext {
  readonly reach: ReachWatch | null;
  readonly drill: Drill | null;
  readonly at: Instant;
}

/** What the product knows of its own ways to people belongs to no currency; nothing before it was looked at. */
export function reachConditions(context: ReachContext): readonly Condition[] {
  const { reach } = context;
  return reach === null ? [] : [...few(reach), ...report(reach), ...drillDue({ ...context, reach })];
}

function few({ latest }: ReachWatch): readonly Condition[] {
  if (latest === null) return [];
  const { reachable, of } = latest;
  const status = reachable < fewestReachable ? 'firing' : 'clear';
  const facts = { ...noFacts, count: reachable, of };
  return [{ kind: 'few-reachable', currency: null, status, levels: [], facts }];
}

function report({ report: first }: ReachWatch): readonly Condition[] {
  if (first === null) return [];
  const { week, unreached, of, at } = first;
  const facts = { ...noFacts, count: unreached, of, at };
  return [{ kind: 'reach-report', currency: null, status: 'firing', levels: [`week:${week}`], facts }];
}

/** At most once in the time after which a drill is due, counted from the drill before. */
function drillDue({ reach, drill, at }: ReachContext & { readonly reach: ReachWatch }): readonly Condition[] {
  const since = drill?.startedAt ?? reach.since;
  const times = Math.floor((at - since) / drillEveryMs);
  if (times < 1) return [];
  const levels = [`since:${since}:${times}`];
  const facts = { ...noFacts, at: drill?.startedAt ?? null };
  return [{ kind: 'drill-due', currency: null, status: 'firing', levels, facts }];
}
