import type { AI, Plan, Planner, PredictedDoCommand, TurnState } from '@microsoft/teams-ai';
import type { Activity, TurnContext } from 'botbuilder';
import type { Asker } from '../src/answers/asker.ts';
import { minuteMs } from '../src/decision/time.ts';
import { type Product, requestOf } from '../src/product.ts';
import { askerOf } from './asker.ts';

type Understood = ReturnType<Product['understand']>;

const maxUnderstood = 200;

/** The action of a plan: answer the question that was understood, or what was asked for that is no question. */
export const answerAction = 'answer';
export const requestAction = 'request';

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
    return this.requested(context.activity, asker) ?? answerPlan(await this.read(context.activity, asker));
  }

  /** "The recharge failed", "settings": what is no question stands for itself; null where it may be one. */
  requested({ text }: Activity, asker: Asker): Plan | null {
    const request = requestOf(text);
    if (request === null) return null;
    const { language } = this.understand(text, asker);
    const command: PredictedDoCommand = {
      type: 'DO',
      action: requestAction,
      parameters: { request, language },
    };
    return { type: 'plan', commands: [command] };
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
