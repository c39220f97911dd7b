import type { AI, Plan, Planner, PredictedDoCommand, TurnState } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Product } from '../src/product.ts';
import { askerOf } from './asker.ts';

/** The one action of a plan: answer the question that was understood. */
export const answerAction = 'answer';

/**
 * The embedded planner: rules, no model. It understands English and Korean in microseconds, offline, and always the
 * same; it can only choose a question, never a change of state.
 */
export class GrammarPlanner implements Planner<TurnState> {
  constructor(private readonly product: Pick<Product, 'understand'>) {}

  async beginTask(context: TurnContext, _state: TurnState, _ai: AI<TurnState>): Promise<Plan> {
    const asker = askerOf(context.activity);
    if (asker === null) return { type: 'plan', commands: [] };
    const { question, language } = this.product.understand(context.activity.text, asker);
    const answer: PredictedDoCommand = {
      type: 'DO',
      action: answerAction,
      parameters: { question, language },
    };
    return { type: 'plan', commands: [answer] };
  }

  /** One step answers a question, so there is never a second. */
  async continueTask(): Promise<Plan> {
    return { type: 'plan', commands: [] };
  }
}
