import type { Application, TeamsAdapter, TurnState } from '@microsoft/teams-ai';
import type { Request, Response } from 'botbuilder';
import { z } from 'zod';
import { type Answered, refusal } from './answered.ts';
import type { Log } from './log.ts';
import { mayReplyTo, type Reach } from './service-hosts.ts';

/** The parts of an activity without which there is no turn; all others are open. */
const activity = z.object({
  type: z.string().min(1).max(100),
  id: z.string().max(1_000).optional(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().url().max(2_000),
  from: z.object({ id: z.string().min(1).max(1_000) }),
  recipient: z.object({ id: z.string().min(1).max(1_000) }),
  conversation: z.object({ id: z.string().min(1).max(2_000) }),
  text: z.string().max(100_000).nullish(),
});

const sentences = {
  malformed:
    'This is not a Bot Framework activity. Send JSON with type, channelId, serviceUrl, from, recipient and conversation.',
  foreignService: 'This bot does not reply to that serviceUrl.',
  foreignChannel: 'This bot answers in Teams alone.',
  unauthorized:
    'The token of this request was not accepted. Send it as the Bot Connector service of this bot.',
  unavailable: 'The request could not be checked just now. Send it again later.',
} as const;

/** The way in for activities: checks the shape, then whom a reply would go to, then who sent it, then runs the turn. */
export class Door {
  constructor(
    private readonly adapter: TeamsAdapter,
    private readonly app: Application<TurnState>,
    private readonly reach: Reach,
    private readonly log: Log,
  ) {}

  async receive(body: unknown, authorization: string): Promise<Answered> {
    const parsed = activity.safeParse(body);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
      this.log.warn({ fields }, 'A malformed activity was refused.');
      return refusal(400, sentences.malformed);
    }
    if (!mayReplyTo(parsed.data.serviceUrl, this.reach)) {
      this.log.warn('An activity with a foreign serviceUrl was refused.');
      return refusal(403, sentences.foreignService);
    }
    // For some other channels the SDK asks for other tokens, which are bound to no serviceUrl.
    if (this.reach.kind === 'cloud' && parsed.data.channelId !== 'msteams') {
      this.log.warn('An activity of a foreign channel was refused.');
      return refusal(403, sentences.foreignChannel);
    }
    return this.runTurn({ ...Object(body) }, authorization);
  }

  /** The SDK answers into a response of its own, so that no text of an inner error can leave the house. */
  private async runTurn(body: Record<string, unknown>, authorization: string): Promise<Answered> {
    const kept = new KeptResponse();
    const request: Request = { body, headers: { authorization }, method: 'POST' };
    try {
      await this.adapter.process(request, kept, async (context) => {
        await this.app.run(context);
      });
    } catch (error) {
      this.log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'The adapter failed.');
      return refusal(503, sentences.unavailable);
    }
    return this.told(kept);
  }

  private told({ code, body }: KeptResponse): Answered {
    if (code < 400 || code === 501) return { status: code, body };
    this.log.warn({ status: code }, 'The adapter refused an activity.');
    if (code === 401 || code === 403) return refusal(401, sentences.unauthorized);
    if (code === 400) return refusal(400, sentences.malformed);
    return refusal(503, sentences.unavailable);
  }
}

/** Takes what the SDK answers. */
class KeptResponse implements Response {
  code = 200;
  body: unknown = undefined;
  readonly socket = undefined;

  status(code: number): this {
    this.code = code;
    return this;
  }

  header(): this {
    return this;
  }

  send(body: unknown): this {
    this.body = body;
    return this;
  }

  end(): this {
    return this;
  }
}
