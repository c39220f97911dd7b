import type { Application, TurnState } from '@microsoft/teams-ai';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import { askerOf } from './asker.ts';
import { cardMessage } from './reply.ts';
import { type Bot, runTurn } from './turn.ts';

/** The bot was added to a chat, a group or a team: one welcome, which is never repeated. */
export function onInstall(app: Application<TurnState>, bot: Bot): void {
  app.activity(ActivityTypes.InstallationUpdate, (context) => welcome(bot, context));
  // Teams does not always tell of the installation, so the bot's own joining counts as well.
  app.conversationUpdate('membersAdded', async (context) => {
    const { membersAdded = [], recipient } = context.activity;
    if (membersAdded.some((member) => member.id === recipient.id)) await welcome(bot, context);
  });
}

async function welcome(bot: Bot, context: TurnContext): Promise<void> {
  const asker = askerOf(context.activity);
  if (asker === null || context.activity.action?.startsWith('remove')) return;
  const conversationId = context.activity.conversation.id;
  if (!(await isFirst(bot, asker, conversationId))) return;
  const said = await runTurn(bot, context, {
    asked: null,
    answer: (person) => bot.product.answer({ intent: 'greeting' }, person),
  });
  if (said !== null) await context.sendActivity(cardMessage(said.answer, said.reader));
}

/** While the store is away nobody is welcomed: better late or never than twice. */
async function isFirst(
  { product, log }: Bot,
  { tenant }: { readonly tenant: Parameters<typeof product.isFirstMeeting>[0] },
  conversationId: string,
): Promise<boolean> {
  try {
    return await product.isFirstMeeting(tenant, conversationId);
  } catch (error) {
    log.warn(
      { error: error instanceof Error ? error.name : 'unknown' },
      'A conversation could not be welcomed.',
    );
    return false;
  }
}
