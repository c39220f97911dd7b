import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import type { Asker } from '../../src/answers/asker.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphDirectory } from '../../src/graph/directory.ts';
import { graphLicences } from '../../src/graph/licences.ts';
import { graphOrganisation } from '../../src/graph/organisation.ts';
import { graphRoleHolders } from '../../src/graph/role-holders.ts';
import roles from '../../src/people/roles.json' with { type: 'json' };
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import type { Ports, Store } from '../../src/workflows/ports.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { currencyOf } from '../money/builders.ts';
import { now } from './tenant-under-test.ts';

/** Graph lets one tenant in, as it does where only that tenant consented. */
export function startDirectory(tenant: TenantId): Promise<GraphDouble> {
  return startGraph({ tenant: { ...sandboxTenant, id: tenant }, expectedToken: tokenOf(tenant) });
}

export function portsOf(
  store: Store,
  graph: Pick<GraphDouble, 'baseUrl'>,
  clock: Ports['clock'] = { now: () => now },
): Ports {
  const client = graphClient({
    baseUrl: graph.baseUrl,
    tokens: { token: async (tenant) => tokenOf(tenant) },
    now: clock.now,
    sleep: async () => {},
    random: () => 0.5,
  });
  return {
    store,
    shortMemory: { recalled: async () => null, remember: async () => {} },
    directory: graphDirectory(client, clock.now),
    roleDirectory: graphRoleHolders(client, clock.now),
    licenceDirectory: graphLicences(client, clock.now),
    organisationDirectory: graphOrganisation(client, clock.now),
    usageSource: { page: neverAsked },
    betaReports: null,
    storeHealth: { facts: neverAsked },
    graphHealth: { facts: neverAsked },
    leases: { whileHeld: (_tenant, _name, work) => work() },
    clock,
    peopleFreshMs: 15 * 60_000,
    defaultCurrency: currencyOf('USD'),
  };
}

function tokenOf(tenant: TenantId): string {
  return `token-of-${tenant}`;
}

function neverAsked(): never {
  throw new Error('No test here asks for this.');
}

export function askerOf(
  person: Pick<SandboxPerson, 'id' | 'displayName' | 'locale' | 'timeZone'>,
  where: { readonly tenant: TenantId; readonly scope?: Asker['scope'] },
): Asker {
  const { displayName: name, locale, timeZone } = person;
  return { person: person.id, name, locale, timeZone, scope: 'personal', ...where };
}

/** What the sandbox's directory says of a person, read from the file of people and not from the code under test. */
export function mayAsk({ roles: held, via }: SandboxPerson): boolean {
  const eligible = new Set(roles.map(({ roleTemplateId }) => roleTemplateId));
  // Left out until a tenant chooses it: Microsoft Entra Joined Device Local Administrator.
  eligible.delete('9f06204d-73c1-4d4c-880a-6edb90606fd8');
  return (via === undefined || via === 'group') && held.some((role) => eligible.has(role));
}

/** A Billing Administrator. */
export const administratorPerson = sandboxPeople[0] ?? assert.fail('the sandbox has nobody');

/** Whether any form of the rendered answer shows an amount of these digits, however it is grouped. */
export function shows(answer: Answer, digits: string): boolean {
  return (['en', 'ko'] as const).some((language) => {
    const reader = { language, locale: language === 'en' ? 'en-US' : 'ko-KR', timeZone: 'UTC', now };
    const { card, text, speak } = render(answer, reader);
    const said = [JSON.stringify(answer, bigintAsText), JSON.stringify(card), text, speak].join('\n');
    return said.replace(/(?<=\d)[,.\s\u00a0\u202f](?=\d)/g, '').includes(digits);
  });
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
