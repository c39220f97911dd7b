import type { Application, TurnState } from '@microsoft/teams-ai';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import { render } from '../cards/render.ts';
import { cardMessage } from './reply.ts';
import { type Bot, runTurn, type Said } from './turn.ts';

const anyVerb = /^/;

/** A tap on a card: the invoke of `Action.Execute`, or the message that an older client sends for `Action.Submit`. */
export function onAction(app: Application<TurnState>, bot: Bot): void {
  app.adaptiveCards.actionExecute(anyVerb, async (context, _state, data: unknown) => {
    const { verb } = context.activity.value.action;
    const automatic = context.activity.value.trigger === 'automatic';
    const said = await tap(bot, context, { verb, data, ...(automatic && { automatic }) });
    if (said === null) return '';
    if (isOfItsOwn(verb, data)) return sendBeside(context, said);
    await answerInvoke(
      context,
      automatic && said.answer.kind === 'unavailable' ? keepCard(said) : newCard(said),
    );
    return '';
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
  tapped: Omit<Parameters<Bot['product']['act']>[0], 'messageId'>,
): Promise<Said | null> {
  const messageId = context.activity.replyToId ?? context.activity.id ?? '';
  return runTurn(bot, context, {
    asked: null,
    answer: (asker) => bot.product.act({ ...tapped, messageId }, asker),
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
  return lineOf(said);
}

function lineOf({ answer, reader }: Said): string {
  return render(answer, reader).text.split('\n', 1)[0] ?? '';
}

/** The body of an answer to `adaptiveCard/action`, as Teams documents it. */
interface InvokeAnswer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** A copy, for rendered cards are shared and the SDK may write into what it sends. */
function newCard(said: Said): InvokeAnswer {
  const value = structuredClone(render(said.answer, said.reader).card);
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
}

/** Where the client asked by itself and nothing can be said, the card that is there says more than an excuse. */
function keepCard(said: Said): InvokeAnswer {
  const value = { code: 'Unavailable', message: lineOf(said) };
  return { statusCode: 500, type: 'application/vnd.microsoft.error', value };
}

/**
 * The SDK would also edit the message wherever a card asks to be refreshed, and from the first such card on for every
 * other. What everybody sees is for the outbox to edit, so the answer to whoever asked is given here.
 */
async function answerInvoke(context: TurnContext, body: InvokeAnswer): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
}

/** `Action.Submit` has no answer that replaces the card, so the message is edited, or else one is sent. */
async function replaceCard(context: TurnContext, said: Said): Promise<void> {
  const message = cardMessage(said.answer, said.reader);
  const { replyToId } = context.activity;
  if (replyToId === undefined) await context.sendActivity(message);
  else await context.updateActivity({ ...message, id: replyToId });
}
