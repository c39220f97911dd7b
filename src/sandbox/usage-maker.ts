import { addDays, type Day, dayMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { type CallKind, callKinds, includedDialOut } from './usage/call-kinds.ts';
import { makeCall, type SandboxCall, type UsageMaking } from './usage/made-call.ts';
import { type Random, randomOf } from './usage/random.ts';

export type { SandboxCall, UsageMaking } from './usage/made-call.ts';

/**
 * Ninety days of calls that started before the given instant, in the order of their starts. Each day is made from
 * the seed and its date alone, so that a later start of the sandbox finds the same calls with the same ids.
 */
export function makeUsage(making: UsageMaking & { readonly endAt: Instant }): readonly SandboxCall[] {
  const since = startOfDay(addDays(utcDay(making.endAt), -daysOfUsage));
  return callHistory({ ...making, since })({ from: since, to: making.endAt - 1 });
}

/** The calls that start within a range, both ends included; whoever asks tells which of them are reported yet. */
export type CallHistory = (range: { readonly from: Instant; readonly to: Instant }) => readonly SandboxCall[];

/** The same calls as {@link makeUsage}, from one instant on and without an end: a long-running sandbox stays alive. */
export function callHistory(making: UsageMaking & { readonly since: Instant }): CallHistory {
  const made = new Map<Day, readonly SandboxCall[]>();
  const on = (day: Day): readonly SandboxCall[] => {
    const calls = made.get(day) ?? callsOn(day, making);
    made.set(day, calls);
    return calls;
  };
  return ({ from, to }) => {
    const first = utcDay(Math.max(from, making.since));
    const days = Math.max(0, Math.floor((to - startOfDay(first)) / dayMs) + 1);
    return Array.from({ length: days }, (_, index) => addDays(first, index))
      .flatMap(on)
      .filter(({ startedAt }) => startedAt >= Math.max(from, making.since) && startedAt <= to);
  };
}

/** How far back the made-up report reaches; Graph answers at most ninety days in one question. */
export const daysOfUsage = 90;

/** All calls that start on one UTC day, in the order of their starts; the same for the same seed and date. */
function callsOn(day: Day, making: UsageMaking): readonly SandboxCall[] {
  const random = randomOf(`${making.seed}/${day}`);
  const calls = callKinds.flatMap((kind) => callsOf(kind, { day, random, making }));
  // Numbers of their own, so that the other calls are the same with and without these.
  const dialOut = callsOf(includedDialOut, { day, random: randomOf(`${making.seed}/${day}/pool`), making });
  return [...calls, ...dialOut].sort((left, right) => left.startedAt - right.startedAt);
}

function callsOf(
  kind: CallKind,
  drawing: { readonly day: Day; readonly random: Random; readonly making: UsageMaking },
): readonly SandboxCall[] {
  const count = howMany(kind, drawing.day, drawing.random);
  return Array.from({ length: count }, () => makeCall(kind, drawing));
}

/** From Sunday to Saturday, in relation to an ordinary working day. */
const weekdayShares = [0.06, 1.05, 1.1, 1.08, 1.02, 0.8, 0.1];

function howMany(kind: CallKind, day: Day, random: Random): number {
  const share = weekdayShares[new Date(startOfDay(day)).getUTCDay()] ?? 1;
  const mean = kind.perDay * share * (1 + 0.12 * random.normal());
  return Math.floor(Math.max(0, mean) + random.next());
}
