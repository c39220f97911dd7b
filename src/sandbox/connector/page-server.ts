import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { bodyText } from '../loopback-server.ts';
import { acts, placeSchema, type Stage } from './page-acts.ts';
import { pageFile } from './page-files.ts';
import type { Teams } from './teams.ts';

/** Answers what belongs to the page under `/page/`; false leaves a request to others. */
export type ServePage = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The page with everybody's chats side by side, and the JSON that it works by. */
export function servePage(stage: Stage): ServePage {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/page/')) return false;
    const name = url.pathname.slice('/page/'.length);
    if (request.method === 'POST') await perform(stage, { name, request, response });
    else if (name === 'people') sendJson(response, 200, peopleOf(stage.teams));
    else if (name === 'chat') sendChat(stage, { query: url.searchParams, response });
    else if (name === 'changes') sendChanges(stage.teams, response);
    else await sendFile(response, name);
    return true;
  };
}

async function perform(
  stage: Stage,
  { name, request, response }: { name: string; request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  // Another site's page can send a form to loopback, but no JSON.
  if (request.headers['content-type'] !== 'application/json') {
    sendJson(response, 415, { error: 'Only application/json is taken.' });
    return;
  }
  const act = acts.get(name);
  if (act === undefined) {
    sendJson(response, 404, { error: 'There is no such act.' });
    return;
  }
  try {
    const outcome = await act(stage, JSON.parse(await bodyText(request)));
    sendJson(response, 200, outcome ?? {});
  } catch (cause) {
    const isOurs = cause instanceof z.ZodError || cause instanceof RangeError || cause instanceof SyntaxError;
    if (!isOurs) throw cause;
    sendJson(response, 400, { error: cause.message });
  }
}

function peopleOf({ roster }: Teams): unknown {
  return roster.members.map(({ person: { id, displayName, locale, via } }) => ({
    id,
    displayName,
    locale,
    via,
  }));
}

function sendChat(
  { teams, client }: Stage,
  { query, response }: { query: URLSearchParams; response: ServerResponse },
): void {
  const asked = placeSchema.safeParse(Object.fromEntries(query));
  if (!asked.success) {
    sendJson(response, 400, { error: asked.error.message });
    return;
  }
  try {
    const conversation = client.conversation(asked.data.person, asked.data.where);
    sendJson(response, 200, {
      name: conversation.name,
      isInstalled: teams.installations.has(conversation),
      isBlocked: teams.installations.isBlocked(conversation),
      messages: client.seen(asked.data.person, asked.data.where),
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    sendJson(response, 404, { error: cause.message });
  }
}

/** Server-sent events: one for each change, without content; the page asks for what it shows. */
function sendChanges({ chats }: Teams, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': open\n\n');
  const stop = chats.onChange(() => response.write('data: change\n\n'));
  response.on('close', stop);
}

async function sendFile(response: ServerResponse, name: string): Promise<void> {
  const file = await pageFile(name);
  if (file === null) {
    sendJson(response, 404, { error: 'There is no such file.' });
    return;
  }
  response.writeHead(200, { 'Content-Type': `${file.type}; charset=utf-8`, 'Cache-Control': 'no-store' });
  response.end(file.content);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
