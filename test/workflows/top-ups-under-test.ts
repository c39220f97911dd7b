import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import type { TopUpAnswer } from '../../src/answers/top-up.ts';
import { billingAdministrator, globalAdministrator } from '../../src/approvals/policy.ts';
import { type PersonId, personId, type TenantId } from '../../src/decision/ids.ts';
import type { JsonValue } from '../../src/decision/json.ts';
import type { Instant } from '../../src/decision/time.ts';
import type { DirectoryPerson } from '../../src/people/directory-person.ts';
import type { RoleHolder } from '../../src/people/role-holder.ts';
import { act } from '../../src/workflows/act.ts';
import type { Ports, Store } from '../../src/workflows/ports.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { type Ticked, tickTopUps } from '../../src/workflows/tick-top-ups.ts';
import type { KnownAsker } from '../../src/workflows/top-up-actor.ts';
import { freshTenant } from '../fakes/redis.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { now, purchase } from './tenant-under-test.ts';

const teamsAdministrator = '69091246-20e8-4a56-aa4d-066075b2a7a8';

/** Who is there, by name, and the roles they hold until a test takes them away. */
export const cast = {
  grace: member('a', 'Grace', [billingAdministrator]),
  seoyeon: member('b', '서연', [billingAdministrator]),
  marcus: member('c', 'Marcus', [globalAdministrator]),
  jihoon: member('d', '지훈', [teamsAdministrator]),
  ingrid: member('e', 'Ingrid', [teamsAdministrator]),
} as const;
export type Name = keyof typeof cast;

interface Member {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly string[];
}

function member(digit: string, name: string, roles: readonly string[]): Member {
  const id = personId(`${digit.repeat(8)}-0000-4000-8000-000000000000`);
  return { id: id ?? assert.fail('no id'), name, roles };
}

/** One tenant's requests through the verbs of cards, on the real store, with a directory and a clock of the test's own. */
export interface TopUpsUnderTest {
  readonly tenant: TenantId;
  readonly ports: Ports;
  /** The same over another store, such as one that fails. */
  over(store: Store): TopUpsUnderTest;
  setClock(at: Instant): void;
  setRoles(who: Name, roles: readonly string[]): void;
  tap(who: Name, verb: string, data?: object, messageId?: string): Promise<Answer>;
  /** Asks for an amount in a form of its own; the number of the request. */
  submit(who: Name, amount: string, told?: object): Promise<number>;
  /** Taps on the card as this person sees it now. */
  decide(who: Name, verb: string, number: number, told?: object): Promise<TopUpAnswer>;
  view(who: Name, number: number): Promise<TopUpAnswer>;
  tick(): Promise<Ticked>;
  fund(amount: string): Promise<void>;
  audit(): Promise<readonly AuditLine[]>;
  heads(): ReturnType<Store['heads']>;
}

export interface AuditLine {
  readonly type: string;
  readonly subject: string;
  readonly actor: string;
  readonly data: { readonly [key: string]: JsonValue };
}

export function topUpsUnderTest(store: Store, tenant: TenantId = freshTenant()): TopUpsUnderTest {
  return make(store, { tenant, at: now, roles: new Map(), forms: 0 });
}

interface World {
  readonly tenant: TenantId;
  at: Instant;
  readonly roles: Map<Name, readonly string[]>;
  forms: number;
}

function make(store: Store, world: World): TopUpsUnderTest {
  const { tenant } = world;
  const ports = portsOver(store, world);
  const tap: TopUpsUnderTest['tap'] = (who, verb, data = {}, messageId = 'card') =>
    act(ports, { verb, data, messageId }, askerFor(who, tenant));
  const view: TopUpsUnderTest['view'] = async (who, number) =>
    topUpOf(await tap(who, 'topup.view', { request: number }));
  return {
    tenant,
    ports,
    tap,
    view,
    over: (other) => make(other, world),
    setClock: (at) => {
      world.at = at;
    },
    setRoles: (who, roles) => world.roles.set(who, roles),
    submit: async (who, amount, told = {}) => {
      world.forms += 1;
      const form = { form: `form ${world.forms}`, amount, currency: 'USD', ...told };
      const answer = await tap(who, 'topup.submit', form);
      return topUpOf(answer).number;
    },
    decide: async (who, verb, number, told = {}) => {
      const { revision, version } = await view(who, number);
      return topUpOf(await tap(who, verb, { request: number, revision, version, ...told }));
    },
    tick: () => tickTopUps(ports, tenant),
    fund: async (amount) => {
      await recordFunding(store, tenant, purchase({ id: 'opening', amount: moneyOf(amount) }), world.at);
    },
    audit: async () => {
      const lines: AuditLine[] = [];
      for await (const batch of store.log(tenant, 'audit')) lines.push(...batch.map(auditLine));
      return lines;
    },
    heads: () => store.heads(tenant),
  };
}

function auditLine(stored: JsonValue): AuditLine {
  const line: unknown = stored;
  if (typeof line !== 'object' || line === null) throw new Error('An audit entry is an object.');
  return Object.assign({ type: '', subject: '', actor: '', data: {} }, line);
}

export function topUpOf(answer: Answer): TopUpAnswer {
  if (answer.kind === 'topup') return answer;
  assert.fail(`not a request: ${answer.kind} ${answer.kind === 'refused' ? answer.code : ''}`);
}

export function askerFor(who: Name, tenant: TenantId): KnownAsker {
  const { id, name } = cast[who];
  return { tenant, person: id, name, locale: 'en-US', timeZone: 'Asia/Seoul', scope: 'personal' };
}

function portsOver(store: Store, world: World): Ports {
  const names: readonly Name[] = ['grace', 'seoyeon', 'marcus', 'jihoon', 'ingrid'];
  const rolesOf = (who: Name): readonly string[] => world.roles.get(who) ?? cast[who].roles;
  return {
    store,
    shortMemory: { recalled: async () => null, remember: async () => {} },
    directory: {
      person: async (_tenant, id) => {
        const who = names.find((name) => cast[name].id === id);
        return who === undefined ? null : directoryPerson(cast[who], rolesOf(who));
      },
    },
    roleDirectory: {
      roleHoldings: async (_tenant, roles) => ({
        readAt: world.at,
        eligibleKnown: true,
        holders: new Map(
          roles.map((role) => [
            role,
            names.filter((who) => rolesOf(who).includes(role)).map((who) => holder(cast[who])),
          ]),
        ),
      }),
    },
    licenceDirectory: { licensing: async () => ({ credits: null, bought: new Map(), people: [] }) },
    organisationDirectory: { organisation: async () => ({ country: null }) },
    usageSource: { page: neverAsked },
    storeHealth: { facts: neverAsked },
    graphHealth: { facts: neverAsked },
    leases: { whileHeld: (_tenant, _name, work) => work() },
    peopleFreshMs: 0,
    betaReports: null,
    clock: { now: () => world.at },
    defaultCurrency: currencyOf('USD'),
  };
}

function directoryPerson({ id, name }: Member, roles: readonly string[]): DirectoryPerson {
  return { id, displayName: name, userPrincipalName: `${id}@x.example`, enabled: true, guest: false, roles };
}

function holder({ id, name }: Member): RoleHolder {
  return {
    person: id,
    displayName: name,
    enabled: true,
    guest: false,
    how: 'direct',
    scope: '/',
    until: null,
  };
}

function neverAsked(): never {
  throw new Error('No test here asks for this.');
}
