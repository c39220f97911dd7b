import { z } from 'zod';
import { type PersonId, personId } from '../../decision/ids.ts';
import { type GraphUser, noSuchResource } from './directory-users.ts';
import { failed, found, type GraphAnswer, type GraphPart } from './graph-answer.ts';

/** The Teams of the sandbox, as far as Graph reaches into it. */
export interface TeamsApps {
  /** False where it was there already; null where the person has no place in Teams. */
  install(person: PersonId): boolean | null;
  /** Of the chat of the person and the bot. */
  chatId(person: PersonId): string;
}

export interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** `/users/{id}/teamwork/installedApps` with its chat, and `/users/{id}/sendMail`. */
export class ReachingPeople {
  readonly mails: SentMail[] = [];
  readonly #users: ReadonlyMap<string, GraphUser>;
  readonly #installed = new Map<PersonId, string>();
  #teams: TeamsApps | null = null;

  constructor(users: ReadonlyMap<string, GraphUser>) {
    this.#users = users;
  }

  join(teams: TeamsApps): void {
    this.#teams = teams;
  }

  readonly part: GraphPart = ({ path, query, versionUrl }) => {
    const [, key = '', chatOf] = installedPath.exec(path) ?? [];
    const person = personId(key);
    if (person === null) return null;
    const id = this.#installed.get(person);
    const installation = `installation-of-${person}`;
    if (chatOf !== undefined) {
      if (id === undefined || this.#teams === null) return noSuchResource(chatOf);
      return found({
        '@odata.context': `${versionUrl}/$metadata#chats/$entity`,
        id: this.#teams.chatId(person),
        chatType: 'oneOnOne',
      });
    }
    const wanted = /^teamsApp\/id eq '(.+)'$/.exec(query.get('$filter') ?? '')?.[1];
    const isThere = id !== undefined && (wanted === undefined || wanted === id);
    return found({ value: isThere ? [{ id: installation, teamsApp: { id } }] : [] });
  };

  /** Null where the path is none of these. */
  post(path: string, body: string): GraphAnswer | null {
    const [, key = '', action] = postPath.exec(path) ?? [];
    if (key === '') return null;
    const user = this.#users.get(key.toLowerCase());
    if (user === undefined) return noSuchResource(key);
    return action === 'sendMail' ? this.#mail(body) : this.#install(user, body);
  }

  #install({ id: key }: GraphUser, body: string): GraphAnswer {
    const read = installSchema.safeParse(readJson(body));
    const person = personId(key);
    const app = read.success ? read.data['teamsApp@odata.bind'].split('/').at(-1) : undefined;
    if (app === undefined || person === null) return failed(400, 'BadRequest', 'Invalid app.');
    const isNew = this.#teams?.install(person) ?? null;
    if (isNew === null) return failed(403, 'Forbidden', 'The app cannot be installed for this user.');
    this.#installed.set(person, app);
    if (!isNew) return failed(409, 'Conflict', 'The app is already installed.');
    return { status: 201, body: null };
  }

  #mail(body: string): GraphAnswer {
    const read = mailSchema.safeParse(readJson(body));
    if (!read.success) return failed(400, 'ErrorInvalidRequest', 'The mail is not valid.');
    const { subject, body: content, toRecipients } = read.data.message;
    for (const { emailAddress } of toRecipients) {
      this.mails.push({ to: emailAddress.address, subject, text: content.content });
    }
    if (this.mails.length > mostMailsKept) this.mails.splice(0, this.mails.length - mostMailsKept);
    return { status: 202, body: null };
  }
}

/** A sandbox may run for weeks. */
const mostMailsKept = 1_000;

const installedPath = /^\/users\/([^/]+)\/teamwork\/installedApps(?:\/([^/]+)\/chat)?$/;
const postPath = /^\/users\/([^/]+)\/(sendMail|teamwork\/installedApps)$/;

const installSchema = z.object({ 'teamsApp@odata.bind': z.string().url() });
const mailSchema = z.object({
  message: z.object({
    subject: z.string(),
    body: z.object({ content: z.string() }),
    toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }) })).min(1),
  }),
});

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
