import type { IncludedMinutes, MinutePool } from '../../src/answers/included-minutes.ts';
import { startOfDay } from '../../src/decision/time.ts';
import { regionName } from '../region-name.ts';
import type { Words } from '../words.ts';
import { dayText } from './day-range.ts';
import { fitting } from './fitting.ts';
import { licenceName } from './licence-name.ts';
import type { LicencesSection } from './licences-section.ts';

const mostRows = 8;

/** The fullest pool in one line, with as much of its name as fits. */
export function minutesLine({ pools }: IncludedMinutes, words: Words): string {
  const [pool] = pools;
  if (pool === undefined) return words.say('licenses.minutes.lineNone');
  const said = [...untilOverage(pool, words), ...figures(pool, words)];
  const names = [poolName(pool, words), planName(pool, words)];
  return fitting(words.language, [
    ...said.flatMap((text) => names.map((name) => words.say('licenses.minutes.line', { name, text }))),
    ...said,
  ]);
}

/** What is left and for how long, in the month in which it is not enough. */
function untilOverage({ minutesLeft: left, overageFrom }: MinutePool, words: Words): readonly string[] {
  const day = overageFrom?.p50 ?? null;
  if (left === null || day === null) return [];
  return [words.say('licenses.minutes.lineUntil', { left, day: dayText(words, day) })];
}

export function minutesSection(
  { firstDay, pools, reportedUntil }: IncludedMinutes,
  words: Words,
): LicencesSection {
  const more = Math.max(0, pools.length - mostRows);
  return {
    title: words.say('licenses.minutes.title', { month: words.utc.month(startOfDay(firstDay)) }),
    intro: words.say(pools.length === 0 ? 'licenses.minutes.none' : 'licenses.minutes.intro'),
    rows: pools.slice(0, mostRows).map((pool) => poolRow(pool, words)),
    more: more === 0 ? '' : words.say('licenses.minutes.more', { count: more }),
    close: '',
    note:
      reportedUntil === null
        ? words.say('licenses.minutes.lateNone')
        : words.say('licenses.minutes.late', { when: words.utc.moment(reportedUntil, words.now) }),
  };
}

/** A pool in one row: what is left, and when credits begin to pay. */
export function poolRow(pool: MinutePool, words: Words): LicencesSection['rows'][number] {
  const said = [figures(pool, words)[0] ?? '', pace(pool, words)];
  return { name: poolName(pool, words), text: said.filter((text) => text !== '').join('. ') };
}

/** What is used and left, the fuller wording first. */
function figures(pool: MinutePool, words: Words): readonly string[] {
  const { minutesUsed: used, minutesTotal: total, minutesLeft: left, minutesEach: each, sharing } = pool;
  if (sharing === 'person' && each !== null) {
    return [
      words.say('licenses.minutes.person', { used, each }),
      words.say('licenses.minutes.used', { used }),
    ];
  }
  if (total === null || left === null) {
    return [words.say('licenses.minutes.unknown', { used }), words.say('licenses.minutes.used', { used })];
  }
  if (pool.state === 'exhausted') return [words.say('licenses.minutes.usedUp', { total })];
  const share = words.share(wholePercent(pool.usedBasisPoints ?? 0));
  return [
    words.say('licenses.minutes.left', { left, total, share }),
    words.say('licenses.minutes.leftShort', { left, total }),
  ];
}

/** Rounded down; below one in a hundred as it is, for some use is not none. */
function wholePercent(basisPoints: number): number {
  return basisPoints < 100 ? basisPoints : 100 * Math.floor(basisPoints / 100);
}

/** When credits begin to pay; nothing where nobody can tell because the pool's size is not known. */
function pace({ state, overageFrom, exhaustedOn, minutesUsed }: MinutePool, words: Words): string {
  if (state === 'unknown') return '';
  if (state === 'exhausted') {
    return exhaustedOn === null
      ? words.say('licenses.minutes.since')
      : words.say('licenses.minutes.sinceDay', { day: dayText(words, exhaustedOn) });
  }
  if (minutesUsed === 0) return '';
  if (overageFrom === null) return words.say('licenses.minutes.tooEarly');
  const { p10, p50, p90 } = overageFrom;
  if (p10 === null) return words.say('licenses.minutes.lasts');
  const first = dayText(words, p10);
  if (p50 === null) return words.say('licenses.minutes.mayEnd', { first });
  const day = dayText(words, p50);
  if (p10 === p90) return words.say('licenses.minutes.endsOn', { day });
  return p90 === null
    ? words.say('licenses.minutes.endsOrLasts', { day, first })
    : words.say('licenses.minutes.ends', { day, first, last: dayText(words, p90) });
}

function poolName(pool: MinutePool, words: Words): string {
  const parts = [planName(pool, words)];
  if (pool.reach !== null) parts.push(words.say(`licenses.minutes.${pool.reach}`));
  if (pool.country !== null) parts.push(regionName(words, pool.country));
  return parts.join(', ');
}

/** The report has a name of its own for Audio Conferencing. */
function planName({ capability }: MinutePool, words: Words): string {
  return licenceName(words, capability === 'MCOMEETADD' ? 'MCOMEETADV' : capability);
}
