import { AI, type Application, type TurnState } from '@microsoft/teams-ai';
import { z } from 'zod';
import { periodSchema, questionSchema, spokenRequests } from '../src/product.ts';
import { answerAction, requestAction } from './planner.ts';
import { cardMessage } from './reply.ts';
import { type Bot, runTurn } from './turn.ts';

/** What a plan hands over is checked again: a plan may come from a model. */
const parameters = z.object({
  question: questionSchema,
  language: z.enum(['en', 'ko']).nullable(),
  period: periodSchema.optional(),
  request: z.number().int().positive().optional(),
});

const requestParameters = z.object({
  request: z.enum(spokenRequests),
  language: z.enum(['en', 'ko']).nullable(),
});

/** A text: the planner chooses the question or the request, and this answers it with one card. */
export function onMessage(app: Application<TurnState>, bot: Bot): void {
  app.ai.action(answerAction, async (context, _state, planned: unknown) => {
    const { question, language, period, request } = parameters.parse(planned);
    const said = await runTurn(bot, context, {
      asked: language,
      answer: (asker) => bot.product.answer(question, asker, period, request),
    });
    if (said !== null) await context.sendActivity(cardMessage(said.answer, said.reader));
    return AI.StopCommandName;
  });
  app.ai.action(requestAction, async (context, _state, planned: unknown) => {
    const { request, language } = requestParameters.parse(planned);
    const said = await runTurn(bot, context, {
      asked: language,
      answer: (asker) => bot.product.answerSpokenRequest(request, asker),
    });
    if (said !== null) await context.sendActivity(cardMessage(said.answer, said.reader));
    return AI.StopCommandName;
  });
}
