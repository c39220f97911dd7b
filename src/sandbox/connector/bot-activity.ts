import { z } from 'zod';

/** What is looked at of an activity; the rest is kept as it came. */
export interface BotActivity {
  readonly type: string;
  readonly text?: string | null | undefined;
  readonly speak?: string | null | undefined;
  readonly summary?: string | null | undefined;
  readonly replyToId?: string | null | undefined;
  readonly attachments?: readonly Attachment[] | null | undefined;
  readonly channelData?: unknown;
}

interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
}

export const botActivitySchema: z.ZodType<BotActivity> = z
  .object({
    type: z.string(),
    text: z.string().nullish(),
    speak: z.string().nullish(),
    summary: z.string().nullish(),
    replyToId: z.string().nullish(),
    attachments: z.array(z.object({ contentType: z.string(), content: z.unknown() }).passthrough()).nullish(),
  })
  .passthrough();

export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

/** The adaptive cards of an activity, in their order. */
export function cardsOf(activity: BotActivity): readonly unknown[] {
  return (activity.attachments ?? [])
    .filter(({ contentType }) => contentType === adaptiveCardType)
    .map(({ content }) => content);
}

const executeSchema = z
  .object({
    type: z.literal('Action.Execute'),
    id: z.string().optional(),
    verb: z.string().optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .passthrough();

const submitSchema = z
  .object({
    type: z.literal('Action.Submit'),
    data: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  })
  .passthrough();

const openUrlSchema = z.object({ type: z.literal('Action.OpenUrl'), url: z.string() }).passthrough();

/** An action of a card that leaves the client; `Action.ShowCard` and the toggles do not. */
export const cardActionSchema = z.discriminatedUnion('type', [executeSchema, submitSchema, openUrlSchema]);
export type CardAction = z.infer<typeof cardActionSchema>;
export type ExecuteAction = z.infer<typeof executeSchema>;
export type SubmitAction = z.infer<typeof submitSchema>;

const refreshSchema = z.object({
  refresh: z.object({ action: executeSchema, userIds: z.array(z.string()).optional() }),
});

/** "At most 60": a card that names more people is one that Teams would not refresh as it says. */
const mostNamed = 60;

/** Whether a card asks to be refreshed in a way that is not documented. */
export function isRefreshWrong(card: unknown): boolean {
  const asked = z.object({ refresh: z.unknown() }).safeParse(card);
  if (!asked.success || asked.data.refresh === undefined) return false;
  const refresh = refreshOf(card);
  return refresh === null || (refresh.userIds?.length ?? 0) > mostNamed;
}

/** How a card wants to be refreshed; null where it does not. */
export function refreshOf(card: unknown): z.infer<typeof refreshSchema>['refresh'] | null {
  const read = refreshSchema.safeParse(card);
  return read.success ? read.data.refresh : null;
}
