import { dayMs, hourMs, type Instant, minuteMs } from '../src/decision/time.ts';
import type { Language } from './reader.ts';
import { RecentlyUsed } from './recently-used.ts';

/** Where CLDR has no short name in English, but the people there do. */
const zoneNames: Readonly<Record<string, string>> = { 'Asia/Seoul': 'KST', 'Asia/Tokyo': 'JST' };

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: string;
  readonly weekday: string;
}

/** Writes times in one time zone as one language does: "Nov 24, 14:05" and "11월 24일(화) 오후 2:05". */
export class TimeText {
  readonly #language: Language;
  readonly #timeZone: string;
  readonly #locale: string;
  readonly #parts: Intl.DateTimeFormat;
  readonly #dates = new Map<string, Intl.DateTimeFormat>();
  readonly #read = new RecentlyUsed<Parts>(200);
  readonly #relative: Intl.RelativeTimeFormat;

  constructor(language: Language, locale: string, timeZone: string) {
    this.#language = language;
    this.#locale = locale;
    this.#timeZone = isTimeZone(timeZone) ? timeZone : 'UTC';
    this.#parts = new Intl.DateTimeFormat(language, {
      timeZone: this.#timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'long' });
  }

  /** The time, with the date where it is not today's and the year where it is not this one. */
  moment(at: Instant, now: Instant): string {
    if (this.#sameDay(at, now)) return this.clock(at);
    return this.#language === 'ko'
      ? `${this.date(at, now)} ${this.clock(at)}`
      : `${this.date(at, now)}, ${this.clock(at)}`;
  }

  /** "14:05", "오후 2:05". */
  clock(at: Instant): string {
    const { hour, minute } = this.#partsOf(at);
    if (this.#language === 'en') return `${String(hour).padStart(2, '0')}:${minute}`;
    return `${hour < 12 ? '오전' : '오후'} ${hour % 12 === 0 ? 12 : hour % 12}:${minute}`;
  }

  /** "Nov 24", "11월 24일(화)"; the year where it is not this one. */
  date(at: Instant, now: Instant): string {
    const { year, month, day, weekday } = this.#partsOf(at);
    const otherYear = year !== this.#partsOf(now).year;
    if (this.#language === 'ko') return `${otherYear ? `${year}년 ` : ''}${month}월 ${day}일(${weekday})`;
    const withYear = otherYear ? ({ year: 'numeric' } as const) : {};
    return this.#format({ month: 'short', day: 'numeric', ...withYear }).format(at);
  }

  /** "October 2026", "2026년 10월". */
  month(at: Instant): string {
    return this.#format({ year: 'numeric', month: 'long' }).format(at);
  }

  /** "Nov 24, 2026, 14:05", "2026년 11월 24일(화) 오후 2:05": for what stays on record. */
  full(at: Instant): string {
    const { year, month, day, weekday } = this.#partsOf(at);
    if (this.#language === 'ko') return `${year}년 ${month}월 ${day}일(${weekday}) ${this.clock(at)}`;
    return `${this.#format({ dateStyle: 'medium' }).format(at)}, ${this.clock(at)}`;
  }

  /** The zone's short name; nothing in Korean for Korea, where nobody says it. */
  zone(at: Instant): string {
    if (this.#language === 'ko' && this.#timeZone === 'Asia/Seoul') return '';
    const named = this.#language === 'en' ? zoneNames[this.#timeZone] : undefined;
    if (named !== undefined) return named;
    const parts = this.#format({ hour: 'numeric', timeZoneName: 'short' }).formatToParts(at);
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? this.#timeZone;
  }

  /** "3 days ago", "3일 전", "in 26 days"; null within the same minute. */
  distance(at: Instant, now: Instant): string | null {
    const away = Math.abs(at - now);
    if (away < minuteMs) return null;
    const sign = at < now ? -1 : 1;
    if (away < hourMs) return this.#relative.format(sign * Math.floor(away / minuteMs), 'minute');
    if (away < dayMs) return this.#relative.format(sign * Math.floor(away / hourMs), 'hour');
    return this.#relative.format(this.#dayNumber(at) - this.#dayNumber(now), 'day');
  }

  #sameDay(left: Instant, right: Instant): boolean {
    return this.#dayNumber(left) === this.#dayNumber(right);
  }

  /** Days as the calendar of this zone counts them: what is named by a date is as far away as the dates are. */
  #dayNumber(at: Instant): number {
    const { year, month, day } = this.#partsOf(at);
    return Date.UTC(year, month - 1, day) / dayMs;
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    const known = this.#dates.get(key);
    if (known) return known;
    const made = new Intl.DateTimeFormat(this.#locale, { timeZone: this.#timeZone, ...options });
    this.#dates.set(key, made);
    return made;
  }

  #partsOf(at: Instant): Parts {
    return this.#read.get(String(at), () => this.#takeApart(at));
  }

  #takeApart(at: Instant): Parts {
    const parts = new Map(this.#parts.formatToParts(at).map((part) => [part.type, part.value]));
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    return {
      year: number('year'),
      month: number('month'),
      day: number('day'),
      hour: number('hour'),
      minute: parts.get('minute')?.padStart(2, '0') ?? '',
      weekday: parts.get('weekday') ?? '',
    };
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
