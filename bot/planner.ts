import type { AI, Plan, Planner, PredictedDoCommand, TurnState } from '@microsoft/teams-ai';
import type { Activity, TurnContext } from 'botbuilder';
import type { Asker } from '../src/answers/asker.ts';
import { minuteMs } from '../src/decision/time.ts';
import type { Product } from '../src/product.ts';
import { askerOf } from './asker.ts';

type Understood = ReturnType<Product['understand']>;

const maxUnderstood = 200;

/** The one action of a plan: answer the question that was understood. */
export const answerAction = 'answer';

export function answerPlan(understood: Understood): Plan {
  const answer: PredictedDoCommand = { type: 'DO', action: answerAction, parameters: { ...understood } };
  return { type: 'plan', commands: [answer] };
}

/**
 * The embedded planner: rules, no model. It understands English and Korean in microseconds, offline, and always the
 * same; it can only choose a question, never a change of state.
 */
export class GrammarPlanner implements Planner<TurnState> {
  private readonly understood = new Map<string, Understood>();

  constructor(private readonly product: Pick<Product, 'understand' | 'inConversation' | 'now'>) {}

  async beginTask(context: TurnContext, _state: TurnState, _ai: AI<TurnState>): Promise<Plan> {
    const asker = askerOf(context.activity);
    if (asker === null) return { type: 'plan', commands: [] };
    return answerPlan(await this.read(context.activity, asker));
  }

  /** What an activity asks, also where it leans on the question before it. */
  read({ text, conversation }: Activity, asker: Asker): Promise<Understood> {
    const own = this.understand(text, asker);
    return this.product.inConversation({ text, own, asker, conversationId: conversation.id });
  }

  /** When something is wrong, many ask the same at once; within a minute the same words mean the same. */
  private understand(text: string, asker: Asker): Understood {
    const minute = Math.floor(this.product.now() / minuteMs);
    const key = JSON.stringify([minute, asker.locale, asker.timeZone, text]);
    let understood = this.understood.get(key);
    if (understood === undefined) {
      understood = this.product.understand(text, asker);
      if (this.understood.size >= maxUnderstood) this.understood.clear();
      this.understood.set(key, understood);
    }
    return understood;
  }

  /** One step answers a question, so there is never a second. */
  async continueTask(): Promise<Plan> {
    return { type: 'plan', commands: [] };
  }
}
