import { z } from 'zod';

/** What a tapped `Action.Submit` says in the person's name. */
export interface SpokenWords {
  /** `imBack`: as if the person had typed it. `messageBack`: told to the bot, with a value. */
  readonly type: 'imBack' | 'messageBack';
  readonly text: string;
  /** What stands in the chat as the person's own words; null shows nothing. */
  readonly shown: string | null;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Reads the `msteams` part of an action's data; null where the tap says nothing. */
export function spokenWords(msteams: unknown): SpokenWords | null {
  const read = schema.safeParse(msteams);
  return read.success ? read.data : null;
}

const schema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('imBack'), value: z.string() }),
    z.object({
      type: z.literal('messageBack'),
      text: z.string().default(''),
      displayText: z.string().nullish(),
      value: z.record(z.string(), z.unknown()).default({}),
    }),
  ])
  .transform(
    (words): SpokenWords =>
      words.type === 'imBack'
        ? { type: 'imBack', text: words.value, shown: words.value, value: {} }
        : { type: 'messageBack', text: words.text, shown: words.displayText ?? null, value: words.value },
  );
