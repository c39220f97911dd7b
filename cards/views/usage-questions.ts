import type { UsageAnswer } from '../../src/answers/usage.ts';
import { type Day, startOfDay } from '../../src/decision/time.ts';
import { isTextKey, type Words } from '../words.ts';
import type { QuestionView } from './questions.ts';

type Subject = Pick<UsageAnswer, 'period' | 'by'>;

/** In the order in which people ask for them. */
const dimensions: readonly Subject['by'][] = ['country', 'user', 'calltype', 'day', 'number'];
const mostDimensions = 3;

/** The same spend by other dimensions, and by this one in another period: each a question as one would type it. */
export function usageQuestions({ period, by }: Subject, words: Words): readonly QuestionView[] {
  const others = dimensions.filter((dimension) => dimension !== by).slice(0, mostDimensions);
  const otherPeriod = period === 'last_month' ? 'this_month' : 'last_month';
  return [
    ...others.map((dimension) => ({ period, by: dimension })),
    { period: otherPeriod, by } as const,
  ].map((subject) => ({ title: usageQuestion(subject, words) }));
}

function usageQuestion({ period, by }: Subject, words: Words): string {
  const token = `usage.token.${period}`;
  return words.say('usage.ask', {
    by: words.say(`usage.by.${by}`),
    period: isTextKey(token) ? words.say(token) : period,
  });
}

/** A period within a sentence: "in the last 30 days", "in October 2026". */
export function periodDuring(words: Words, period: Subject['period']): string {
  const key = `usage.during.${period}`;
  if (isTextKey(key)) return words.say(key);
  return words.say('usage.during.month', { month: words.utc.month(startOfDay(`${period}-01` as Day)) });
}
