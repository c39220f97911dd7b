import { Application, type TeamsAdapter, TurnState } from '@microsoft/teams-ai';
import type { LanguageModel } from './language-model.ts';
import { ModelPlanner } from './model-planner.ts';
import { onAction } from './on-action.ts';
import { onInstall } from './on-install.ts';
import { onMessage } from './on-message.ts';
import { GrammarPlanner } from './planner.ts';
import { Remembering } from './remember.ts';
import { tappedQuestion } from './tapped-question.ts';
import type { Bot } from './turn.ts';

/** Which turn goes to which handler. Nothing is kept between turns here: state lives in the store. */
export function teamsApp(
  bot: Bot,
  adapter: TeamsAdapter,
  languageModel: LanguageModel | null,
): Application<TurnState> {
  const remembering = new Remembering(bot);
  const grammar = new GrammarPlanner(bot.product);
  const app = new Application<TurnState>({
    adapter,
    botAppId: bot.botId,
    turnStateFactory: () => new TurnState(),
    ai: {
      planner:
        languageModel === null ? grammar : new ModelPlanner(grammar, languageModel, bot.log, bot.product),
      enable_feedback_loop: false,
    },
  });
  app.turn('beforeTurn', async (context) => {
    remembering.note(context.activity);
    context.activity.text = tappedQuestion(context.activity) ?? context.activity.text;
    return true;
  });
  onInstall(app, bot);
  onAction(app, bot);
  onMessage(app, bot);
  app.error(async (_context, error) => {
    bot.log.error({ error: error.name }, 'A turn failed outside its handler.');
  });
  return app;
}
