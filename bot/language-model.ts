import {
  type Memory,
  OpenAIModel,
  type OpenAIModelOptions,
  Prompt,
  PromptManager,
  type PromptTemplate,
  TextSection,
  type Tokenizer,
} from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { LanguageModelSettings } from '../src/config/language-model-config.ts';
import type { Log } from './log.ts';

/** A model that completes one prompt and remembers none. */
export interface LanguageModel {
  /** What it wrote; null where it is down, slow, or answers out of shape. That is logged, by a code alone. */
  complete(prompt: ModelPrompt, turn: ModelTurn): Promise<string | null>;
}

export interface ModelPrompt {
  readonly instructions: string;
  /** The only thing of a person's that is sent. */
  readonly text: string;
}

/** What teams-ai wants at hand; no section of our prompt reads it. */
export interface ModelTurn {
  readonly context: TurnContext;
  readonly memory: Memory;
}

/** Teams waits some fifteen seconds for a turn, and the answer still has to be looked up and delivered. */
const defaultTimeoutMs = 4_000;
const maxReplyBytes = 16 * 1_024;
const maxCompletionTokens = 150;

export function openLanguageModel(
  settings: LanguageModelSettings,
  log: Log,
  timeoutMs = defaultTimeoutMs,
): LanguageModel {
  const model = new OpenAIModel({
    ...account(settings),
    useSystemMessages: true,
    responseFormat: { type: 'json_object' },
    maxRetries: 0,
    clientOptions: {
      maxRetries: 0,
      // Ours ends first, and includes the body, for which the client's own does not wait.
      timeout: 2 * timeoutMs,
      // The client declares another library's fetch; what it calls and reads of it, Node's has too.
      fetch: guardedFetch(log, timeoutMs) as unknown as ClientFetch,
    },
  });
  const prompts = new PromptManager({ promptsFolder: '' });
  return {
    async complete(prompt, { context, memory }) {
      const reply = await model.completePrompt(context, memory, prompts, characters, template(prompt));
      return reply.status === 'success' ? reply.message?.content || null : null;
    },
  };
}

type ClientOptions = NonNullable<OpenAIModelOptions['clientOptions']>;
type ClientFetch = NonNullable<ClientOptions['fetch']>;

function account(settings: LanguageModelSettings) {
  switch (settings.kind) {
    case 'openai':
      return { apiKey: settings.apiKey, defaultModel: settings.model, endpoint: settings.baseUrl };
    case 'azure':
      return {
        azureApiKey: settings.apiKey,
        azureEndpoint: settings.endpoint,
        azureDefaultDeployment: settings.deployment,
        azureApiVersion: '2024-10-21',
      };
  }
}

/** Plain sections: in those of a template, `{{…}}` that a person types would be filled in from the turn's state. */
function template({ instructions, text }: ModelPrompt): PromptTemplate {
  return {
    name: 'question',
    prompt: new Prompt([new TextSection(instructions, 'system'), new TextSection(text, 'user')]),
    config: {
      schema: 1.1,
      type: 'completion',
      completion: {
        completion_type: 'chat',
        max_input_tokens: 10_000,
        max_tokens: maxCompletionTokens,
        temperature: 0,
        top_p: 1,
        presence_penalty: 0,
        frequency_penalty: 0,
        include_history: false,
        include_input: false,
        include_images: false,
        stop_sequences: [],
      },
    },
  };
}

/** The prompt is short by its characters. The library's own tokenizer throws at `<|endoftext|>`, typed by anybody. */
const characters: Tokenizer = {
  encode: (text) => Array.from(text, (character) => character.codePointAt(0) ?? 0),
  decode: (tokens) => String.fromCodePoint(...tokens),
};

/** Why a model's reply cannot be used, as a code. */
class Unusable extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'Unusable';
  }
}

/** Calls of tools are not offered, so whoever answers with them is not to be believed. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string(),
          tool_calls: z.array(z.never()).nullish(),
          function_call: z.null().optional(),
        }),
      }),
    )
    .length(1),
});

/**
 * Never rejects. The library prints whatever a call fails with to standard output, and that may quote the text; so what
 * fails is logged here by a code, and goes on as a completion that says nothing.
 */
function guardedFetch(log: Log, timeoutMs: number): typeof fetch {
  return async (url, init = {}) => {
    const content = await said(url, init, timeoutMs).catch((error: unknown) => {
      log.warn({ fault: faultOf(error) }, 'The language model gave nothing that could be used.');
      return '';
    });
    return Response.json({ choices: [{ message: { role: 'assistant', content } }] });
  };
}

async function said(
  url: Parameters<typeof fetch>[0],
  { method, headers, body }: RequestInit,
  timeoutMs: number,
): Promise<string> {
  const response = await fetch(url, {
    ...(method === undefined ? {} : { method }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    // The key and the text go where the operator said and nowhere else.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Unusable(`status-${response.status}`);
  }
  const parsed = completion.safeParse(jsonOr(await boundedText(response)));
  const [choice] = parsed.success ? parsed.data.choices : [];
  if (choice === undefined) throw new Unusable('shape');
  return choice.message.content;
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > maxReplyBytes) throw new Unusable('too-long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Undefined where the text is no JSON. */
export function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown): string {
  if (error instanceof Unusable) return error.code;
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}
