import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Intent, questionSchema } from '../../../src/language/question.ts';

/** A text as somebody may type it, with what it asks; labelled before the rules saw it. */
export interface Labelled {
  readonly id: string;
  readonly locale: string;
  readonly text: string;
  readonly intent: Intent;
  readonly slots: Readonly<Record<string, unknown>>;
}

const lineSchema = z.object({
  id: z.string(),
  locale: z.string(),
  text: z.string(),
  intent: z.string(),
  slots: z.record(z.unknown()),
});

/** The lines of a corpus file; each label is checked to be a question of ours. */
export function labelled(name: 'tuned' | 'held-out'): readonly Labelled[] {
  const lines = readFileSync(new URL(`./${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { intent, ...rest } = lineSchema.parse(JSON.parse(line));
    const question = questionSchema.parse({ intent, ...rest.slots });
    return { ...rest, intent: question.intent };
  });
}
