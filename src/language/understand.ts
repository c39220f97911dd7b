import type { Instant } from '../decision/time.ts';
import { type CalendarDate, dateIn } from './calendar.ts';
import { intentOf } from './intents.ts';
import { normalise } from './normalise.ts';
import type { AnswerLanguage, Period, Question } from './question.ts';
import { type Reading, read } from './reading.ts';
import { requestNumberOf } from './request-number.ts';
import { questionOf } from './slots.ts';
import { textLanguage } from './text-language.ts';
import { periodOf } from './time-slots.ts';

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
  /** A period that was said beside a question without a slot for it: "why did it drop yesterday?" */
  readonly period?: Period;
  /** The request that a question about approvals names: "what happened to request 42?" */
  readonly request?: number;
}

/**
 * Reads a question by rules, in English, Korean or a mixture: always the same, offline, in microseconds. What is not
 * about credits is `none`, and so is an order to approve, to pay or to disregard the rules.
 */
export function understand(text: string, context: UnderstandContext): Understood {
  const { reading, today } = readIn(context, text);
  return understood(questionOf(intentOf(reading), reading, today), reading, today, context);
}

/** What was read in a text, and the asker's date. */
export function readIn(
  context: UnderstandContext,
  text: string,
): { readonly reading: Reading; readonly today: CalendarDate } {
  return { reading: read(normalise(text), context), today: dateIn(context.timeZone, context.now) };
}

const asksAboutThePast: ReadonlySet<Question['intent']> = new Set(['explain', 'history', 'approvals']);

export function understood(
  question: Question,
  reading: Reading,
  today: CalendarDate,
  context: UnderstandContext,
): Understood {
  const language = textLanguage(reading.text, context.locale);
  const period = asksAboutThePast.has(question.intent) ? periodOf(reading, today) : undefined;
  const request = question.intent === 'approvals' ? requestNumberOf(reading.text.folded) : undefined;
  return {
    question,
    language,
    ...(period === undefined ? {} : { period }),
    ...(request === undefined ? {} : { request }),
  };
}
