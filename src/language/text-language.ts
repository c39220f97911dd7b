import type { NormalisedText } from './normalise.ts';
import type { AnswerLanguage } from './question.ts';

/** Words that make a sentence English, whatever else is in it: "how much is a call to 독일". */
const englishFrame =
  /\b(?:a|an|the|is|are|do|does|did|to|for|of|in|on|what|whats|how|when|who|why|will|can|our|my|we|me|i|please|show|much)\b/gu;
const hangulWord = /[가-힣ㄱ-ㅣ]+/gu;

/** The language that a text is written in; that of the locale where the text does not tell ("+49 30 123456"). */
export function textLanguage(text: NormalisedText, locale: string): AnswerLanguage {
  const korean = text.folded.match(hangulWord)?.length ?? 0;
  if (korean > 0) return (text.folded.match(englishFrame)?.length ?? 0) > korean ? 'en' : 'ko';
  if (/[a-z]{2}/u.test(text.folded)) return 'en';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
