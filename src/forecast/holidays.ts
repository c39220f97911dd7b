import { z } from 'zod';
import { addDays, type Day, startOfDay } from '../decision/time.ts';
import holidaysJson from './holidays.json' with { type: 'json' };

const calendarSchema = z
  .object({
    /** `MM-DD`, every year. */
    fixed: z.array(z.string()),
    /** Month, weekday (0 is Sunday), and which one of the month; -1 is the last. */
    weekdays: z.array(z.tuple([z.string(), z.number(), z.number()])).default([]),
    /** Days from Easter Sunday of the Western churches. */
    easter: z.array(z.number()).default([]),
    /** Those of the moon and of the sun, and substitutes for holidays on a weekend, from 2024 to 2028. */
    dates: z.array(z.string()).default([]),
  })
  .strict();
type Calendar = z.infer<typeof calendarSchema>;

const calendars: Readonly<Record<string, Calendar>> = z.record(calendarSchema).parse(holidaysJson);

/**
 * Whether a day is a nation-wide public holiday in one of the countries. Known are US, GB, DE, FR, JP and KR, those
 * of the moon's calendar from 2024 to 2028; other countries have none.
 */
export function isHoliday(day: Day, countries: readonly string[]): boolean {
  return countries.some((country) => holidaysOf(country, day.slice(0, 4)).has(day));
}

const known = new Map<string, ReadonlySet<string>>();

function holidaysOf(country: string, year: string): ReadonlySet<string> {
  const key = `${country}/${year}`;
  const found = known.get(key) ?? holidaysIn(calendars[country], year);
  known.set(key, found);
  return found;
}

function holidaysIn(calendar: Calendar | undefined, year: string): ReadonlySet<string> {
  if (calendar === undefined) return new Set();
  const easter = easterSunday(Number(year));
  return new Set([
    ...calendar.fixed.map((monthAndDay) => `${year}-${monthAndDay}`),
    ...calendar.weekdays.map(([month, weekday, which]) => weekdayOfMonth(`${year}-${month}`, weekday, which)),
    ...calendar.easter.map((days) => addDays(easter, days)),
    ...calendar.dates,
  ]);
}

function weekdayOfMonth(yearAndMonth: string, weekday: number, which: number): Day {
  const first = `${yearAndMonth}-01` as Day;
  const untilFirst = (weekday - weekdayOf(first) + 7) % 7;
  if (which > 0) return addDays(first, untilFirst + 7 * (which - 1));
  const fifth = addDays(first, untilFirst + 28);
  return fifth.startsWith(yearAndMonth) ? fifth : addDays(fifth, -7);
}

function weekdayOf(day: Day): number {
  return new Date(startOfDay(day)).getUTCDay();
}

/** The anonymous Gregorian computus (Meeus, "Astronomical Algorithms", chapter 8). */
function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const leapCenturies = Math.floor(century / 4);
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonCorrection + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const daysFromMarch = epact + toSunday - 7 * late + 21;
  return addDays(`${year}-03-01` as Day, daysFromMarch);
}
