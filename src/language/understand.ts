import type { Instant } from '../decision/time.ts';
import { dateIn } from './calendar.ts';
import { intentOf } from './intents.ts';
import { normalise } from './normalise.ts';
import type { AnswerLanguage, Question } from './question.ts';
import { read } from './reading.ts';
import { questionOf } from './slots.ts';
import { textLanguage } from './text-language.ts';

/** Who asks, when and where: what "tomorrow", "dollars" and "010-…" mean to them. */
export interface UnderstandContext {
  /** BCP 47, of the client. */
  readonly locale: string;
  readonly now: Instant;
  /** IANA name, of the asker. */
  readonly timeZone: string;
  /** ISO 4217, of the tenant. */
  readonly currency: string;
}

export interface Understood {
  readonly question: Question;
  /** Of the text, or of the locale where the text does not tell. */
  readonly language: AnswerLanguage;
}

/**
 * Reads a question by rules, in English, Korean or a mixture: always the same, offline, in microseconds. What is not
 * about credits is `none`, and so is an order to approve, to pay or to disregard the rules.
 */
export function understand(text: string, context: UnderstandContext): Understood {
  const normalised = normalise(text);
  const reading = read(normalised, context);
  const today = dateIn(context.timeZone, context.now);
  return {
    question: questionOf(intentOf(reading), reading, today),
    language: textLanguage(normalised, context.locale),
  };
}
