import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  type DestinationClass,
  destinationClass,
  destinationClasses,
  type SpendSeries,
  spendFindings,
} from '../../src/alerts/spike.ts';
import { addDays, type Day, dayMs, hourMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import { employees } from '../../src/sandbox/usage/offices.ts';
import { type Random, randomOf } from '../../src/sandbox/usage/random.ts';
import { makeUsage, type SandboxCall } from '../../src/sandbox/usage-maker.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';
import { units } from './builders.ts';

/** What of a call counts here. */
interface Spend {
  readonly user: string | null;
  readonly of: DestinationClass;
  readonly day: Day;
  readonly reportedAt: number;
  readonly microUnits: bigint;
}

const end = Date.parse('2026-11-24T00:00:00Z');
const tenants = 16;
const firstSeed = 1_000;

const deck = readFileSync(new URL('../../src/sandbox/rates.csv', import.meta.url), 'utf8');
const rates: readonly Record<string, string>[] = parse(deck, { columns: true });
const outbound = rates.filter(
  ({ direction, rate_per_minute }) => direction === 'outbound' && rate_per_minute,
);

describe('spend that stands out', () => {
  it('gives a made-up company no more than one false alarm a month', function () {
    this.timeout(120_000);
    let alarms = 0;
    let days = 0;
    for (let tenant = 0; tenant < tenants; tenant += 1) {
      const spends = spendsOf(firstSeed + tenant);
      const told = new Set<string>();
      for (let day = 45; day < 90; day += 1) {
        days += 1;
        const now = end - (90 - day) * dayMs;
        for (const { subject, id, day: on } of lookAt(spends, now)) {
          const alarm = `${subject}:${id}:${on}`;
          if (!told.has(alarm)) alarms += 1;
          told.add(alarm);
        }
      }
    }
    assert.ok(alarms / (days / 30) <= 1, `${alarms} alarms in ${days} days`);
  });

  it('finds at least 95 of 100 frauds with the poll that brings their calls', function () {
    this.timeout(120_000);
    const frauds = 200;
    let found = 0;
    const missed: string[] = [];
    const companies = Array.from({ length: 4 }, (_, tenant) => spendsOf(firstSeed + tenant));
    for (let fraud = 0; fraud < frauds; fraud += 1) {
      const random = randomOf(`fraud/${fraud}`);
      const spends = companies[fraud % companies.length] ?? [];
      const attack = fraudulent(random);
      const polledAt = attack[0]?.reportedAt ?? end;
      const isFound = lookAt([...spends, ...attack], polledAt).some(
        ({ subject, id }) =>
          (subject === 'user' && id === attack[0]?.user) || id === 'premium' || id === 'high-cost',
      );
      if (isFound) found += 1;
      else
        missed.push(
          `${attack.length} calls, ${attack.reduce((sum, { microUnits }) => sum + microUnits, 0n)}`,
        );
    }
    assert.ok(found >= frauds * 0.95, `${found} of ${frauds}; missed: ${missed.slice(0, 20).join('; ')}`);
  });

  const today = utcDay(end);
  const past = (perDay: string, days = 60): ReadonlyMap<Day, bigint> =>
    new Map(Array.from({ length: days }, (_, back) => [addDays(today, -back - 4), units(perDay)]));
  const user = (id: string, byDay: ReadonlyMap<Day, bigint>): SpendSeries => ({
    subject: 'user',
    id,
    weight: 1,
    byDay,
  });

  it('is told with what was spent and what is usual', () => {
    const byDay = new Map(past('10')).set(today, units('20'));
    assert.deepEqual(spendFindings({ series: [user('eve', byDay)], today }), [
      { subject: 'user', id: 'eve', day: today, spent: units('20'), usual: units('10') },
    ]);
  });

  it('needs half as much again as the dearest day, also of a user that never called', () => {
    const quiet = user('new', new Map([[today, units('15')]]));
    const usual = user('usual', past('10'));
    assert.deepEqual(spendFindings({ series: [usual, quiet], today }), []);
    const loud = user('new', new Map([[today, units('15.01')]]));
    assert.deepEqual(
      spendFindings({ series: [usual, loud], today }).map(({ id }) => id),
      ['new'],
    );
  });

  it('counts premium numbers for more', () => {
    const usual = user('usual', past('10'));
    const premium: SpendSeries = {
      subject: 'class',
      id: 'premium',
      weight: destinationClasses.premium,
      byDay: new Map([[today, units('2')]]),
    };
    assert.equal(spendFindings({ series: [usual, premium], today }).length, 1);
  });

  it('is nothing where too little is known of what is usual', () => {
    const byDay = new Map(past('1', 9)).set(today, units('900'));
    assert.deepEqual(spendFindings({ series: [user('eve', byDay)], today }), []);
  });

  const classes: readonly (readonly [numberType: string | null, perMinute: bigint | null, of: string])[] = [
    ['premium', 1n, 'premium'],
    ['satellite', null, 'premium'],
    ['mobile', units('0.5'), 'high-cost'],
    ['mobile', units('0.1'), 'ordinary'],
    [null, null, 'ordinary'],
  ];
  for (const [numberType, perMinute, of] of classes) {
    it(`takes ${numberType ?? 'an unknown number'} at ${perMinute ?? 'no price'} for ${of}`, () =>
      assert.equal(destinationClass({ numberType, perMinute, usualPerMinute: units('0.1') }), of));
  }
});

function spendsOf(seed: number): readonly Spend[] {
  return makeUsage({ ...usageMaking, seed, endAt: end }).map(spendOf);
}

function spendOf({ row, startedAt, reportedAt, chargeMicroUnits }: SandboxCall): Spend {
  const of = classOf(row.calleeNumber ?? '');
  return { user: row.userId, of, day: utcDay(startedAt), reportedAt, microUnits: chargeMicroUnits };
}

/** What the poll of that moment sees. */
function lookAt(spends: readonly Spend[], now: number) {
  const seen = spends.filter(({ reportedAt }) => reportedAt <= now);
  const byUser = new Map<string, Map<Day, bigint>>();
  const byClass = new Map<DestinationClass, Map<Day, bigint>>();
  for (const { user, of, day, microUnits } of seen) {
    if (user !== null) addTo(byUser, user, day, microUnits);
    addTo(byClass, of, day, microUnits);
  }
  const series: SpendSeries[] = [
    ...[...byUser].map(([id, byDay]) => ({ subject: 'user' as const, id, weight: 1, byDay })),
    ...[...byClass].map(([id, byDay]) => ({
      subject: 'class' as const,
      id,
      weight: destinationClasses[id],
      byDay,
    })),
  ];
  return spendFindings({ series, today: utcDay(now) });
}

function addTo<Id>(sums: Map<Id, Map<Day, bigint>>, id: Id, day: Day, microUnits: bigint): void {
  const byDay = sums.get(id) ?? new Map<Day, bigint>();
  sums.set(id, byDay.set(day, (byDay.get(day) ?? 0n) + microUnits));
}

const usualPerMinute = units('0.1');
const known = new Map<string, DestinationClass>();

function classOf(number: string): DestinationClass {
  const beginning = number.slice(0, 9);
  const found = known.get(beginning);
  if (found !== undefined) return found;
  const rate = rateOf(number);
  const perMinute = rate?.rate_per_minute ? units(rate.rate_per_minute) : null;
  const of = destinationClass({ numberType: rate?.service_type ?? null, perMinute, usualPerMinute });
  known.set(beginning, of);
  return of;
}

function rateOf(number: string): Record<string, string> | undefined {
  let best: { readonly length: number; readonly rate: Record<string, string> } | undefined;
  for (const rate of outbound) {
    for (const prefix of (rate.prefixes ?? '').split(' ')) {
      if (number.startsWith(`+${prefix}`) && prefix.length > (best?.length ?? 0))
        best = { length: prefix.length, rate };
    }
  }
  return best?.rate;
}

/** One account taken over: a night of calls to premium, satellite or dear mobile numbers. */
function fraudulent(random: Random): readonly Spend[] {
  const dear = outbound.filter(
    ({ service_type, rate_per_minute }) =>
      service_type === 'premium' ||
      service_type === 'satellite' ||
      units(rate_per_minute ?? '0') >= units('0.35'),
  );
  const rate = random.pick(dear);
  const prefix = (rate.prefixes ?? '').split(' ')[0] ?? '';
  const user = random.pick(employees).id;
  const day = utcDay(end - random.integer(2, 30) * dayMs);
  const startedAt = startOfDay(day) + random.integer(0, 20) * hourMs;
  const calls = random.integer(10, 200);
  return Array.from({ length: calls }, () => ({
    user,
    of: classOf(`+${prefix}${random.integer(1_000, 9_999)}`),
    day,
    reportedAt: startedAt + 48 * hourMs,
    microUnits: BigInt(random.integer(1, 30)) * units(rate.rate_per_minute ?? '0'),
  }));
}
