import type { Application, TurnState } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { AdaptiveCardJson } from '../cards/adaptive-card.ts';
import { render } from '../cards/render.ts';
import { cardMessage } from './reply.ts';
import { type Bot, runTurn, type Said } from './turn.ts';

const anyVerb = /^/;

/** A tap on a card: the invoke of `Action.Execute`, or the message that an older client sends for `Action.Submit`. */
export function onAction(app: Application<TurnState>, bot: Bot): void {
  app.adaptiveCards.actionExecute(anyVerb, async (context, _state, data: unknown) => {
    const { verb } = context.activity.value.action;
    const said = await tap(bot, context, { verb, data });
    if (said === null) return '';
    return isOfItsOwn(verb, data) ? sendBeside(context, said) : cardOf(said);
  });
  app.adaptiveCards.actionSubmit(anyVerb, async (context, _state, data: unknown) => {
    const verb = verbOf(data);
    const said = await tap(bot, context, { verb, data });
    if (said === null) return;
    await (isOfItsOwn(verb, data) ? sendBeside(context, said) : replaceCard(context, said));
  });
}

/** The message with the card is named by the channel, not by the card; without one the tap itself stands for it. */
function tap(
  bot: Bot,
  context: TurnContext,
  { verb, data }: { readonly verb: string; readonly data: unknown },
): Promise<Said | null> {
  const messageId = context.activity.replyToId ?? context.activity.id ?? '';
  return runTurn(bot, context, {
    asked: null,
    answer: (asker) => bot.product.act({ verb, data, messageId }, asker),
  });
}

function verbOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'verb' in data ? String(data.verb) : '';
}

/**
 * A form that an incident's card opens: the card goes on with the incident, and would be edited under who types. And
 * what a list opens, where the list is to stay.
 */
function isOfItsOwn(verb: string, data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return (verb === 'topup.open' && 'episode' in data) || (isView(verb) && 'beside' in data);
}

function isView(verb: string): boolean {
  return verb === 'alert.view' || verb === 'topup.view';
}

/** Gives what it is in a line, which Teams shows for a moment beside the card that was tapped. */
async function sendBeside(context: TurnContext, said: Said): Promise<string> {
  await context.sendActivity(cardMessage(said.answer, said.reader));
  const [line = ''] = render(said.answer, said.reader).text.split('\n');
  return line;
}

/** A copy, for rendered cards are shared and the SDK may write into what it sends. */
function cardOf(said: Said): AdaptiveCardJson {
  return structuredClone(render(said.answer, said.reader).card);
}

/** `Action.Submit` has no answer that replaces the card, so the message is edited, or else one is sent. */
async function replaceCard(context: TurnContext, said: Said): Promise<void> {
  const message = cardMessage(said.answer, said.reader);
  const { replyToId } = context.activity;
  if (replyToId === undefined) await context.sendActivity(message);
  else await context.updateActivity({ ...message, id: replyToId });
}
