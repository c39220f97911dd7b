/** What a text says, apart from its words: each kind of fact as a sorted list. */
interface Facts {
  readonly amounts: readonly string[];
  readonly shares: readonly string[];
  readonly dates: readonly string[];
  readonly times: readonly string[];
  readonly distances: readonly string[];
  readonly calls: readonly string[];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads the facts back from the lines below the first, which says as much of them as it has room for. */
export function factsIn(language: 'en' | 'ko', text: string): Facts {
  const below = text.split('\n').slice(1).join('\n').replaceAll('\u00a0', ' ');
  return {
    amounts: found(
      below,
      /(-?)(?:[A-Z]{0,3}[$₩€¥]|[A-Z]{3} )([\d,.]*\d)/gu,
      ([, sign, digits]) => `${sign}${digits}`,
    ),
    shares: found(below, /[\d,.]+%/gu, ([share]) => String(share)),
    ...(language === 'en' ? englishTimes(below) : koreanTimes(below)),
  };
}

function englishTimes(text: string) {
  return {
    dates: found(text, /([A-Z][a-z]{2}) (\d+)(?:, (\d{4}))?/gu, ([, month, day, year]) =>
      [year ?? '', months.indexOf(String(month)) + 1, day].join(' ').trim(),
    ),
    times: found(text, /\b(\d\d):(\d\d)\b/gu, ([, hour, minute]) => `${Number(hour)}:${minute}`),
    distances: found(
      text,
      /(\d+) (minute|hour|day)s? ago|\b(?:with)?in (\d+) (minute|hour|day)/gu,
      ([, ago, unit, to, toUnit]) => `${ago ?? to} ${unit ?? toUnit}`,
    ),
    calls: found(text, /([\d,]+) charged call/gu, ([, count]) => String(count)),
  };
}

function koreanTimes(text: string) {
  const units: Readonly<Record<string, string>> = { 분: 'minute', 시간: 'hour', 일: 'day' };
  return {
    dates: found(text, /(?:(\d{4})년 )?(\d+)월 (\d+)일/gu, ([, year, month, day]) =>
      [year ?? '', month, day].join(' ').trim(),
    ),
    times: found(
      text,
      /(오전|오후) (\d+):(\d\d)/gu,
      ([, half, hour, minute]) => `${(Number(hour) % 12) + (half === '오후' ? 12 : 0)}:${minute}`,
    ),
    distances: found(
      text,
      /(\d+)(분|시간|일) (?:[전후]|안에)/gu,
      ([, count, unit]) => `${count} ${units[String(unit)]}`,
    ),
    calls: found(text, /통화 ([\d,]+)통/gu, ([, count]) => String(count)),
  };
}

function found(
  text: string,
  pattern: RegExp,
  read: (match: readonly (string | undefined)[]) => string,
): readonly string[] {
  return [...text.matchAll(pattern)].map(read).sort();
}
