import { createHash } from 'node:crypto';
import type { PersonId, TenantId } from '../../decision/ids.ts';
import type { SandboxPerson } from '../people.ts';

/** A person as Teams presents one to a bot: `29:…` differs from bot to bot, `aadObjectId` is the directory's id. */
export interface Member {
  readonly person: SandboxPerson;
  readonly account: TeamsAccount;
}

/** A `TeamsChannelAccount` on the wire. */
export interface TeamsAccount {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly userPrincipalName: string;
  readonly email: string;
  readonly tenantId: string;
  readonly userRole: 'user' | 'guest';
}

export interface BotAccount {
  /** `28:` and the application's id. */
  readonly id: string;
  readonly name: string;
}

/** Everybody who has a place in Teams: accounts that are disabled cannot sign in. */
export class Roster {
  readonly members: readonly Member[];

  constructor(people: readonly SandboxPerson[], { tenant, bot }: { tenant: TenantId; bot: BotAccount }) {
    this.members = people
      .filter(({ via }) => via !== 'disabled')
      .map((person) => ({ person, account: accountOf(person, tenant, bot) }));
  }

  /** By the directory's id or by the `29:` id; both are taken by the connector. */
  find(id: string): Member | null {
    return this.members.find(({ person, account }) => person.id === id || account.id === id) ?? null;
  }

  /** @throws {RangeError} where nobody in Teams has the id: a slip of whoever drives the double. */
  get(id: PersonId): Member {
    const member = this.find(id);
    if (member === null) throw new RangeError(`Nobody in the sandbox's Teams has the id ${id}.`);
    return member;
  }
}

function accountOf(person: SandboxPerson, tenant: TenantId, bot: BotAccount): TeamsAccount {
  return {
    id: `29:1${opaque(`${bot.id}/${person.id}`)}`,
    name: person.displayName,
    aadObjectId: person.id,
    userPrincipalName: person.userPrincipalName,
    email: person.userPrincipalName,
    tenantId: tenant,
    userRole: person.via === 'guest' ? 'guest' : 'user',
  };
}

/** Looks like the ids of Teams, and is the same at every start. */
export function opaque(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
