import type { IncomingHttpHeaders } from 'node:http';
import { bodyText, listenOnLoopback } from '../../src/sandbox/loopback-server.ts';

/** What the model is to do with the next calls. */
export type ModelBehaviour =
  | { readonly kind: 'says'; readonly content: string }
  /** The whole body as it goes over the wire. */
  | { readonly kind: 'sends'; readonly status: number; readonly body: string; readonly location?: string }
  /** Takes the call and does not answer. */
  | { readonly kind: 'hangs' }
  /** Answers with headers and half a body. */
  | { readonly kind: 'stalls' }
  /** Cuts the connection. */
  | { readonly kind: 'hangs-up' };

export interface ModelCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Speaks OpenAI's chat completions on loopback. */
export interface OpenAiDouble {
  readonly baseUrl: string;
  /** In the order in which they came. */
  readonly calls: ModelCall[];
  behave(behaviour: ModelBehaviour): void;
  stop(): Promise<void>;
}

export async function startOpenAiDouble(): Promise<OpenAiDouble> {
  const calls: ModelCall[] = [];
  let behaviour: ModelBehaviour = { kind: 'says', content: '{"intent":"none"}' };
  const server = await listenOnLoopback(0, async (request, response) => {
    calls.push({ path: request.url ?? '', headers: request.headers, body: await bodyText(request) });
    const now = behaviour;
    // Header by header: restify replaces `writeHead` for this whole process, and its own returns nothing.
    response.setHeader('Content-Type', 'application/json');
    switch (now.kind) {
      case 'says':
        response.end(completionOf(now.content));
        return;
      case 'sends':
        response.statusCode = now.status;
        if (now.location !== undefined) response.setHeader('Location', now.location);
        response.end(now.body);
        return;
      case 'stalls':
        response.write('{"id":"chatcmpl-1","choices":[{"message":{"content":"');
        return;
      case 'hangs-up':
        request.socket.destroy();
        return;
      case 'hangs':
        return;
    }
  });
  return {
    baseUrl: `${server.url}/v1`,
    calls,
    behave: (next) => {
      behaviour = next;
    },
    stop: server.stop,
  };
}

/** A completion as OpenAI sends it, with one choice that says `content`. */
export function completionOf(content: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'gpt-4o-mini-2024-07-18',
    choices: [
      { index: 0, message: { role: 'assistant', content, refusal: null, ...more }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: 400, completion_tokens: 12, total_tokens: 412 },
  });
}
