import assert from 'node:assert/strict';
import {
  addDays,
  type Day,
  dayMs,
  hourMs,
  type Instant,
  startOfDay,
  utcDay,
} from '../../src/decision/time.ts';
import { hiddenShare, type Lateness, lateShares, learnedShare } from '../../src/forecast/lateness.ts';
import { unreported } from '../../src/forecast/unreported.ts';
import { callHistory, type SandboxCall } from '../../src/sandbox/usage-maker.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';
import { dollars, firstDay, usage } from './series-of.ts';

const start = startOfDay('2026-01-05' as Day);
/** Three half years of the sandbox; lateness is learned from the first two months of each. */
const starts = [start, startOfDay('2025-01-06' as Day), startOfDay('2024-06-03' as Day)];
const days = 200;
const daysToLearn = 60;

/** What the sandbox's own calls cost each day as of an instant, and what was still hidden then. */
function asOf(calls: readonly SandboxCall[], now: Instant) {
  const usageByDay = new Map<Day, bigint>();
  let hidden = 0n;
  for (const { startedAt, reportedAt, chargeMicroUnits } of calls) {
    if (startedAt > now) break;
    const day = utcDay(startedAt);
    if (reportedAt > now) hidden += chargeMicroUnits;
    else usageByDay.set(day, (usageByDay.get(day) ?? 0n) + chargeMicroUnits);
  }
  return { usageByDay, hidden };
}

function latenessOf(calls: readonly SandboxCall[]): Lateness {
  const callsByLagHour = Array.from({ length: 72 }, () => 0);
  for (const { startedAt, reportedAt } of calls) {
    const hour = Math.min(71, Math.floor((reportedAt - startedAt) / hourMs));
    callsByLagHour[hour] = (callsByLagHour[hour] ?? 0) + 1;
  }
  return { callsByLagHour };
}

/** Asked every nine hours, so at all times of the day, of days that nothing was learned from. */
function contained(mode: 'learned' | 'rule') {
  let asked = 0;
  let hits = 0;
  let width = 0;
  for (const start of starts) {
    const to = start + days * dayMs;
    const calls = callHistory({ ...usageMaking, since: start })({ from: start, to });
    const early = calls.filter(({ startedAt }) => startedAt < start + daysToLearn * dayMs);
    const spentPerDay = calls.reduce((sum, call) => sum + Number(call.chargeMicroUnits), 0) / days;
    for (let now = start + (daysToLearn + 20) * dayMs; now < to; now += 9 * hourMs) {
      const { usageByDay, hidden } = asOf(calls, now);
      const { low, high } = unreported(usageByDay, now, mode === 'rule' ? undefined : latenessOf(early));
      asked += 1;
      hits += Number(hidden >= low && hidden <= high);
      width += Number(high - low) / spentPerDay;
    }
  }
  return { share: hits / asked, width: width / asked };
}

describe('what is not reported yet', () => {
  it('holds the later truth nine times of ten, and is narrower than one day either way, once lateness is learned', () => {
    const { share, width } = contained('learned');
    assert.ok(share >= 0.9, `${share}`);
    assert.ok(width < 2, `${width} days of spend`);
  }).timeout(60_000);

  it('holds the later truth by the rule of 24 to 48 hours while nothing is learned', () => {
    const { share, width } = contained('rule');
    assert.ok(share >= 0.9, `${share}`);
    assert.ok(width < 4, `${width} days of spend`);
  }).timeout(60_000);

  it('is nothing where nothing was ever used', () => {
    assert.deepEqual(unreported(new Map(), start), { low: 0n, high: 0n });
  });

  it('is one to two days where every day costs the same and nothing of them is reported', () => {
    const spends = usage(Array.from({ length: 88 }, () => 10));
    const now = startOfDay(addDays(firstDay, 90));
    assert.deepEqual(unreported(spends, now), { low: dollars(10), high: dollars(20) });
  });

  it('is less by what is reported of the last two days already', () => {
    const spends = usage([...Array.from({ length: 89 }, () => 10), 6]);
    const now = startOfDay(addDays(firstDay, 90)) + dayMs - 1;
    const { low, high } = unreported(spends, now);
    assert.ok(low <= dollars(4) && high <= dollars(20));
  });

  it('can be as much as the worst day while there is little to go by', () => {
    const spends = usage([1, 9, 1]);
    const { low, high } = unreported(spends, startOfDay(addDays(firstDay, 5)));
    assert.deepEqual({ low, high }, { low: 0n, high: dollars(18) });
  });
});

describe('the lateness of reports', () => {
  const half = (...hours: readonly number[]): Lateness => ({
    callsByLagHour: Array.from({ length: 50 }, (_, hour) => (hours.includes(hour) ? 200 : 0)),
  });

  it('is what share of a charge is visible after so many hours', () => {
    const share = learnedShare(half(6, 30));
    assert.ok(share);
    assert.deepEqual(lateShares(share), { 6: 0, 12: 0.5, 24: 0.5, 48: 1 });
    assert.equal(share(6.5), 0.25);
    assert.equal(share(-1), 0);
    assert.equal(share(1_000), 1);
  });

  it('is not known from fewer than two hundred calls', () => {
    assert.equal(learnedShare({ callsByLagHour: [199] }), null);
    assert.equal(learnedShare({ callsByLagHour: [] }), null);
  });

  it('hides all of a day at its end, where nothing is seen in 24 hours, and nothing of a day to come', () => {
    const share = learnedShare(half(24, 24));
    assert.ok(share);
    const end = startOfDay(addDays(firstDay, 1));
    assert.equal(hiddenShare(firstDay, end, share), 1);
    assert.equal(hiddenShare(firstDay, end - 12 * hourMs, share), 0.5);
    assert.equal(hiddenShare(firstDay, end + 25 * hourMs, share), 0);
    assert.equal(hiddenShare(addDays(firstDay, 1), end, share), 0);
  });
});
