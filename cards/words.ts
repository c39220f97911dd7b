import { IntlMessageFormat } from 'intl-messageformat';
import type { Instant } from '../src/decision/time.ts';
import { MoneyText } from './money-text.ts';
import { settleParticles } from './particles.ts';
import type { Language, Reader } from './reader.ts';
import { RecentlyUsed } from './recently-used.ts';
import english from './texts.en.json' with { type: 'json' };
import korean from './texts.ko.json' with { type: 'json' };
import { TimeText } from './time-text.ts';

export type TextKey = keyof typeof english;
type Values = Readonly<Record<string, string | number>>;

const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en: english, ko: korean };

/** All that views need to speak to one reader at one moment. */
export interface Words {
  readonly language: Language;
  readonly now: Instant;
  readonly money: MoneyText;
  readonly time: TimeText;
  /** For UTC days, by which usage is reported. */
  readonly utc: TimeText;
  say(key: TextKey, values?: Values): string;
  /** Basis points as a percentage, without sign: 40 is "0.4%". */
  share(basisPoints: number): string;
  /** "3 days ago", "3일 전", "just now". */
  age(at: Instant): string;
  /** Names of what can be chosen, in one breath: "this, that, or the other". */
  choice(names: readonly string[]): string;
  /** The name of a currency: "US Dollar", "미국 달러". */
  currencyName(code: string): string;
}

interface Voice extends Omit<Words, 'now' | 'age'> {}

// Intl formats are dear to make; a tenant has few locales, but a client may name any.
const voices = new RecentlyUsed<Voice>(200);

export function wordsFor(reader: Reader): Words {
  const { language, timeZone, now } = reader;
  const locale = localeIn(language, reader.locale);
  const voice = voices.get(`${locale} ${timeZone}`, () => makeVoice(language, locale, timeZone));
  const age = (at: Instant) => voice.time.distance(Math.min(at, now), now) ?? voice.say('age.now');
  return { ...voice, now, age };
}

/** True for keys that exist, so that codes from elsewhere can choose a text. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(english, key);
}

/** The client's locale where it is of the reader's language: nobody reads two languages on one card. */
function localeIn(language: Language, locale: string): string {
  const usual = language === 'ko' ? 'ko-KR' : 'en-US';
  try {
    const asked = new Intl.Locale(locale);
    return asked.language === language ? asked.baseName : usual;
  } catch {
    return usual;
  }
}

function makeVoice(language: Language, locale: string, timeZone: string): Voice {
  const messages = new Map<TextKey, IntlMessageFormat>();
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const currencies = new Intl.DisplayNames([locale], { type: 'currency' });

  const choices = new Intl.ListFormat(locale, { type: 'disjunction' });

  const say = (key: TextKey, values?: Values): string => {
    let message = messages.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(texts[language][key], locale);
      messages.set(key, message);
    }
    const said = String(message.format(values));
    return language === 'ko' ? settleParticles(said) : said;
  };

  return {
    language,
    money: new MoneyText(locale),
    time: new TimeText(language, locale, timeZone),
    utc: new TimeText(language, locale, 'UTC'),
    say,
    share: (basisPoints) => percent.format(Math.abs(basisPoints) / 10_000),
    // Korean lists what can be chosen with commas alone; "또는" would join only the last two.
    choice: (names) => (language === 'ko' ? names.join(', ') : choices.format(names)),
    currencyName: (code) => currencies.of(code) ?? code,
  };
}
