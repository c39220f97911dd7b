import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PersonId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type AppRegistration, applications, registrationOf } from './graph-double/applications.ts';
import { betaReports } from './graph-double/beta-reports.ts';
import { directoryRoles } from './graph-double/directory-roles.ts';
import { directoryUsers, usersOf } from './graph-double/directory-users.ts';
import { distorted } from './graph-double/distorted.ts';
import { type GraphFault, GraphFaults } from './graph-double/faults.ts';
import { failed, type GraphAnswer, type GraphPart } from './graph-double/graph-answer.ts';
import { licences } from './graph-double/licences.ts';
import { organisation } from './graph-double/organisation.ts';
import { pstnCalls } from './graph-double/pstn-calls.ts';
import { ReachingPeople, type SentMail, type TeamsApps } from './graph-double/reaching-people.ts';
import {
  type HeldRole,
  type Holding,
  heldRole,
  type RoleHolding,
  RoleRegister,
} from './graph-double/role-register.ts';
import { bodyText, listenOnLoopback } from './loopback-server.ts';
import type { SandboxPerson, SandboxTenant } from './people.ts';
import type { Employee } from './usage/offices.ts';
import type { CallHistory } from './usage-maker.ts';

export interface GraphDoubleOptions {
  readonly tenant: SandboxTenant;
  readonly people: readonly SandboxPerson[];
  readonly employees: readonly Employee[];
  readonly calls: CallHistory;
  readonly now: () => Instant;
  /** Rows on one page of calls; Graph gives 1,000. */
  readonly pageSize: number;
  /** In which order the pages of so many are given; in their own where it is not told. */
  readonly pageOrder?: (pages: number) => readonly number[];
  /** Roles beyond those of the people. */
  readonly holdings?: readonly Holding[];
  /** Objects of the directory on one page (100). */
  readonly directoryPageSize?: number;
  /** False for a tenant without Privileged Identity Management. */
  readonly isPremium?: boolean;
  /** 0 takes a free port. */
  readonly port: number;
  /** Null answers everybody, with a token or without. */
  readonly expectedToken: string | null;
  /** The bot's own registration; one whose secret lasts, where none is given. */
  readonly application?: AppRegistration;
}

export interface GraphDouble {
  /** What `GRAPH_BASE_URL` is to be. */
  readonly baseUrl: string;
  readonly faults: GraphFaults;
  /** The latest questions that came, in their order, those that faults answered too. */
  readonly questions: readonly AskedQuestion[];
  /** Gives a person exactly these roles from now on; an empty list takes all away. */
  setRoles(person: PersonId, roles: readonly string[], how?: RoleHolding): void;
  /** The same, with each role held in a way of its own. */
  setHeldRoles(person: PersonId, held: readonly HeldRole[]): void;
  /** What is installed for people from now on is installed there. */
  joinTeams(teams: TeamsApps): void;
  /** Mails that were taken, in their order. */
  readonly mails: readonly SentMail[];
  stop(): Promise<void>;
}

export interface AskedQuestion {
  /** Path and query as they came. */
  readonly url: string;
  readonly authorization: string | null;
}

/** Microsoft Graph as far as the product asks it, over HTTP in the documented wire format, on loopback. */
export async function startGraphDouble(options: GraphDoubleOptions): Promise<GraphDouble> {
  const roles = new RoleRegister(options.people, options.holdings ?? []);
  const users = usersOf(options.people, options.employees);
  const reaching = new ReachingPeople(users);
  const parts = [
    reaching.part,
    pstnCalls(options),
    betaReports(options),
    applications(options.application ?? registrationOf(options.now())),
    licences(options.tenant.id, users),
    organisation(options.tenant),
    directoryUsers(users, roles),
    directoryRoles({
      users,
      roles,
      isPremium: options.isPremium ?? true,
      pageSize: options.directoryPageSize ?? 100,
      now: options.now,
    }),
  ];
  const faults = new GraphFaults();
  const questions: AskedQuestion[] = [];
  const server = await listenOnLoopback(options.port, async (request, response) => {
    const url = request.url ?? '/';
    const authorization = request.headers.authorization ?? null;
    questions.push({ url, authorization });
    if (questions.length > mostQuestionsKept) questions.shift();
    response.setHeader('Date', new Date(options.now()).toUTCString());
    const body = request.method === 'POST' ? await bodyText(request) : '';
    const isWelcome = options.expectedToken === null || authorization === `Bearer ${options.expectedToken}`;
    const answer = isWelcome
      ? answerOf(request, { parts, baseUrl: server.url, reaching, body })
      : failed(401, 'InvalidAuthenticationToken', 'Access token is empty.');
    send(response, { answer, faults, fault: faults.take(decodeURIComponent(url)) });
  });
  return {
    baseUrl: server.url,
    faults,
    questions,
    setRoles: (person, held, how = 'direct') =>
      roles.set(
        person,
        held.map((role) => heldRole(role, how)),
      ),
    setHeldRoles: (person, held) => roles.set(person, held),
    joinTeams: (teams) => reaching.join(teams),
    mails: reaching.mails,
    stop: server.stop,
  };
}

/** A sandbox may run for weeks. */
const mostQuestionsKept = 1_000;

const versionPath = /^\/(?:v1\.0|beta)(?=\/)/;

function answerOf(
  request: IncomingMessage,
  {
    parts,
    baseUrl,
    reaching,
    body,
  }: {
    readonly parts: readonly GraphPart[];
    readonly baseUrl: string;
    readonly reaching: ReachingPeople;
    readonly body: string;
  },
): GraphAnswer {
  const url = new URL(request.url ?? '/', baseUrl);
  const pathname = decodeURIComponent(url.pathname);
  const version = versionPath.exec(pathname)?.[0];
  if (version === undefined) return failed(400, 'BadRequest', 'Invalid version.');
  const path = pathname.slice(version.length);
  const posted = request.method === 'POST' ? reaching.post(path, body) : null;
  if (posted !== null) return posted;
  if (request.method !== 'GET')
    return failed(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
  for (const part of parts) {
    const answer = part({ path, query: url.searchParams, versionUrl: baseUrl + version });
    if (answer !== null) return answer;
  }
  return failed(400, 'BadRequest', `Resource not found for the segment '${path.split('/')[1] ?? ''}'.`);
}

function send(
  response: ServerResponse,
  {
    answer,
    fault,
    faults,
  }: { readonly answer: GraphAnswer; readonly fault: GraphFault | null; readonly faults: GraphFaults },
): void {
  switch (fault?.kind) {
    case 'cut':
      response.destroy();
      return;
    case 'silence':
      return;
    case 'half': {
      const text = JSON.stringify(answer.body);
      reply(response, answer.status, text.slice(0, Math.floor(text.length / 2)));
      return;
    }
    case 'status':
      if (fault.retryAfterSeconds !== undefined)
        response.setHeader('Retry-After', String(fault.retryAfterSeconds));
      reply(response, fault.status, JSON.stringify(failed(fault.status, fault.code, 'Made to fail.').body));
      return;
    default:
      reply(response, answer.status, faults.asSpoiled(JSON.stringify(distorted(answer.body, fault?.kind))));
  }
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json;odata.metadata=minimal;charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
