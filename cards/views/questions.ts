import type { TextKey, Words } from '../words.ts';

type QuestionKey = Extract<TextKey, `question.${string}`>;

/** A question to tap; its text is what the person would have typed. */
export interface QuestionView {
  readonly title: string;
}

export function questions(words: Words, ...keys: readonly QuestionKey[]): readonly QuestionView[] {
  return keys.map((key) => ({ title: words.say(key) }));
}
