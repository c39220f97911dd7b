import assert from 'node:assert/strict';
import { dayMs, hourMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import subscribedSkus from '../../src/sandbox/graph-double/subscribed-skus.json' with { type: 'json' };
import { callHistory, makeUsage, type SandboxCall } from '../../src/sandbox/usage-maker.ts';
import { usageMaking } from './sandbox-usage.ts';

const endAt = Date.parse('2026-11-24T14:05:00Z');

function isWorkingDay({ startedAt }: SandboxCall): boolean {
  const weekday = new Date(startedAt).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

function totalCharge(calls: readonly SandboxCall[]): number {
  return calls.reduce((sum, call) => sum + call.row.charge, 0);
}

describe('made-up usage', () => {
  const calls = makeUsage({ ...usageMaking, endAt });

  it('is the same for the same seed and end', () => {
    assert.deepEqual(makeUsage({ ...usageMaking, endAt }), calls);
  });

  it('is another for another seed', () => {
    const ids = new Set(makeUsage({ ...usageMaking, seed: 8, endAt }).map(({ row }) => row.id));
    assert.ok(calls.every(({ row }) => !ids.has(row.id)));
  });

  it('keeps its calls when it ends later, so that a restarted sandbox books none twice', () => {
    const later = new Map(
      makeUsage({ ...usageMaking, endAt: endAt + 3 * dayMs }).map((call) => [call.row.id, call]),
    );
    const kept = calls.filter(({ startedAt }) => startedAt >= startOfDay(utcDay(endAt)) - 87 * dayMs);
    assert.ok(kept.length > 2_000);
    for (const call of kept) assert.deepEqual(later.get(call.row.id), call);
  });

  it('goes on after the start of a sandbox that runs for days', () => {
    const history = callHistory({ ...usageMaking, since: endAt - dayMs });
    const calls = history({ from: endAt - 10 * dayMs, to: endAt + 7 * dayMs });
    assert.ok(calls.some(({ startedAt }) => startedAt > endAt + 5 * dayMs));
    assert.ok(calls.every(({ startedAt }) => startedAt >= endAt - dayMs));
  });

  it('is that of a mid-size company over ninety days', () => {
    assert.ok(calls.length >= 2_500 && calls.length <= 4_000, `${calls.length} calls`);
    const days = new Set(calls.filter(isWorkingDay).map(({ startedAt }) => utcDay(startedAt))).size;
    const perDay = totalCharge(calls.filter(isWorkingDay)) / days;
    assert.ok(perDay >= 18 && perDay <= 30, `${perDay} a working day`);
    const people = new Set(calls.flatMap(({ row }) => row.userId ?? []));
    assert.ok(people.size >= 24, `${people.size} people`);
  });

  it('is quiet at the weekend', () => {
    const weekend = calls.filter((call) => !isWorkingDay(call));
    assert.ok(weekend.length < calls.length / 20, `${weekend.length} calls`);
  });

  const kinds: readonly [sentence: string, is: (call: SandboxCall) => boolean][] = [
    [
      'toll-free calls to a line without a person',
      ({ row }) => row.callType === 'ucap_in' && row.userId === null,
    ],
    ['toll-free calls to a meeting', ({ row }) => row.callType === 'conf_in' && row.charge > 0],
    ['dial-out from meetings', ({ row }) => row.callType === 'conf_out' && row.conferenceId !== null],
    ['calls abroad', ({ row }) => row.destinationContext === 'International' && row.charge > 0],
    ['calls that a pool pays', ({ row }) => row.licenseCapability === 'MCOPSTN2' && row.charge === 0],
    ['calls that could not be priced', ({ row }) => row.licenseCapability === 'FREECALL'],
    ['numbers that are masked', ({ row }) => /^\+\d+\*{3}$/.test(row.calleeNumber)],
    ['calls that nobody answered', ({ row }) => row.duration === 0 && row.charge === 0],
  ];
  for (const [sentence, is] of kinds) {
    it(`has ${sentence}`, () => {
      assert.ok(calls.some(is));
    });
  }

  it('uses most of the minutes of Audio Conferencing in a month', () => {
    const licences = subscribedSkus.find(({ skuPartNumber }) => skuPartNumber === 'MCOMEETADV')?.prepaidUnits
      .enabled;
    const minutes = calls
      .filter(({ row }) => row.licenseCapability === 'MCOMEETADD' && row.startDateTime.startsWith('2026-10'))
      .reduce((sum, { row }) => sum + row.duration / 60, 0);
    const share = minutes / (60 * Number(licences));
    assert.ok(share > 0.8 && share < 1.3, `${share}`);
  });

  it('charges nothing but calls on credits', () => {
    const charged = calls.filter(({ row }) => row.charge > 0);
    assert.ok(charged.length > 1_000);
    assert.ok(charged.every(({ row }) => row.licenseCapability === 'MCOPSTNPP'));
  });

  it('has an id of its own for each call, and times with seven fraction digits', () => {
    assert.equal(new Set(calls.map(({ row }) => row.id)).size, calls.length);
    for (const { row } of calls) {
      assert.match(row.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.match(row.startDateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
    }
  });

  it('is reported 24 to 48 hours after the end of each call', () => {
    for (const { startedAt, reportedAt, row } of calls) {
      const late = reportedAt - startedAt - row.duration * 1_000;
      assert.ok(late >= 24 * hourMs && late <= 48 * hourMs);
    }
  });
});
