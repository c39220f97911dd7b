import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TenantId } from '../../decision/ids.ts';
import type { Instant } from '../../decision/time.ts';
import { bodyText, listenOnLoopback } from '../loopback-server.ts';
import type { SandboxPerson } from '../people.ts';
import { botLink, type InvokePatience } from './bot-link.ts';
import { Chats } from './chats.ts';
import { type ConnectorAnswer, connectorErrors } from './connector-errors.ts';
import { type ConnectorFault, ConnectorFaults, type ConnectorOperation } from './connector-faults.ts';
import { Installations } from './installations.ts';
import { servePage } from './page-server.ts';
import { RateLimits } from './rate-limits.ts';
import { connectorRequest } from './rest.ts';
import { type BotAccount, Roster } from './roster.ts';
import type { Teams } from './teams.ts';
import { TeamsClient } from './teams-client.ts';

export interface ConnectorDoubleOptions {
  readonly tenant: TenantId;
  readonly people: readonly SandboxPerson[];
  readonly bot: BotAccount;
  /** Where the bot takes activities: its `/api/messages`. */
  readonly botUrl: string;
  readonly now: () => Instant;
  readonly patience: InvokePatience;
  /** 0 takes a free port. */
  readonly port: number;
}

export interface ConnectorDouble {
  /** As it stands in activities, with a slash at its end. */
  readonly serviceUrl: string;
  /** The page with everybody's chats. */
  readonly pageUrl: string;
  readonly faults: ConnectorFaults;
  /** The latest requests of the bot and the status each was given, in their order. */
  readonly requests: readonly AnsweredRequest[];
  /** What people do. */
  readonly client: TeamsClient;
  readonly roster: Roster;
  /** Switches the documented limits on or off; they are off at first. */
  limit(on: boolean): void;
  stop(): Promise<void>;
}

export interface AnsweredRequest {
  readonly operation: ConnectorOperation;
  readonly conversation: string;
  readonly status: number;
}

/** Waits as Teams does: after five seconds it repeats an invoke, after fifteen it gives up. */
export const patienceOfTeams: InvokePatience = { repeatAfterMs: 5_000, giveUpAfterMs: 15_000 };

/** The Bot Connector and the Teams behind it, with several people, on loopback. */
export async function startConnectorDouble(options: ConnectorDoubleOptions): Promise<ConnectorDouble> {
  const { tenant, bot, now } = options;
  const roster = new Roster(options.people, { tenant, bot });
  const teams: Teams = {
    tenant,
    bot,
    roster,
    chats: new Chats(roster, now),
    installations: new Installations(),
    limits: new RateLimits(),
    limited: false,
    now,
    serviceUrl: '',
  };
  const client = new TeamsClient(teams, botLink(options.botUrl, options.patience));
  const faults = new ConnectorFaults();
  const requests: AnsweredRequest[] = [];
  const page = servePage({ teams, client, faults });
  const server = await listenOnLoopback(options.port, async (request, response) => {
    if (await page(request, response)) return;
    await serveConnector({ teams, faults, requests }, request, response);
  });
  teams.serviceUrl = `${server.url}/`;
  return {
    serviceUrl: teams.serviceUrl,
    pageUrl: `${server.url}/page/`,
    faults,
    requests,
    client,
    roster,
    limit: (on) => {
      teams.limited = on;
    },
    stop: server.stop,
  };
}

interface Serving {
  readonly teams: Teams;
  readonly faults: ConnectorFaults;
  readonly requests: AnsweredRequest[];
}

async function serveConnector(
  { teams, faults, requests }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = readJson(await bodyText(request));
  const url = new URL(request.url ?? '/', teams.serviceUrl);
  const wanted = connectorRequest(teams, { method: request.method ?? 'GET', url, body });
  if (wanted === null) {
    reply(response, connectorErrors.badArgument);
    return;
  }
  const { operation, conversation } = wanted;
  const fault = faults.take({ operation, conversation });
  const answer = fault?.kind === 'answer' ? fault.answer : wanted.perform();
  requests.push({ operation, conversation, status: answer.status });
  if (requests.length > mostRequestsKept) requests.shift();
  if (fault === null || fault.kind === 'answer') reply(response, answer);
  else breakOff(response, fault);
}

/** A sandbox may run for weeks. */
const mostRequestsKept = 1_000;

/** An empty body is no activity, and is refused as one. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function breakOff(response: ServerResponse, { kind }: ConnectorFault): void {
  // Silence leaves the connection open, as a hanging service does.
  if (kind === 'cut-after-success') response.destroy();
}

function reply(response: ServerResponse, { status, body, retryAfterSeconds }: ConnectorAnswer): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
  });
  response.end(body === null || body === undefined ? undefined : JSON.stringify(body));
}
