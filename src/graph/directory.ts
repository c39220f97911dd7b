import { z } from 'zod';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import { type Instant, minuteMs } from '../decision/time.ts';
import type { DirectoryPerson } from '../people/directory-person.ts';
import { type Directory, DirectoryUnavailable } from '../workflows/ports.ts';
import { type GraphClient, whileSomebodyWaits } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readGraphJson } from './graph-json.ts';

/** A directory that can be told to look anew. */
export interface GraphDirectory extends Directory {
  /**
   * Null where the tenant has no such person. What was learned within the last minute counts, unless `live`: before
   * an act that needs a right, the right is looked up at that moment.
   * @throws {DirectoryUnavailable}
   */
  person(
    tenant: TenantId,
    id: PersonId,
    options?: { readonly live: boolean },
  ): Promise<DirectoryPerson | null>;
}

/** People and the roles that are active for them, directly or through groups, by Graph. */
export function graphDirectory(client: GraphClient, now: () => Instant): GraphDirectory {
  const learned = new Map<string, Learned>();
  return {
    person: async (tenant, id, options) => {
      const key = `${tenant}/${id}`;
      const known = learned.get(key);
      if (known !== undefined && options?.live !== true && now() - known.at < freshMs) return known.person;

      const person = lookUp(client, tenant, id);
      remember(learned, key, { at: now(), person });
      // What failed is not remembered: the next question asks again.
      person.catch(() => learned.get(key)?.person === person && learned.delete(key));
      return person;
    },
  };
}

/** The promise, so that questions that come together are one question. */
interface Learned {
  readonly at: Instant;
  readonly person: Promise<DirectoryPerson | null>;
}

const freshMs = minuteMs;
/** Enough for everybody who asks within a minute, and a bound for the memory of a large tenant. */
const maxLearned = 10_000;

function remember(learned: Map<string, Learned>, key: string, what: Learned): void {
  learned.delete(key);
  learned.set(key, what);
  const [oldest] = learned.keys();
  if (learned.size > maxLearned && oldest !== undefined) learned.delete(oldest);
}

async function lookUp(client: GraphClient, tenant: TenantId, id: PersonId): Promise<DirectoryPerson | null> {
  try {
    const [user, roles] = await Promise.all([readUser(client, tenant, id), readRoles(client, tenant, id)]);
    return user === null ? null : { ...user, roles };
  } catch (cause) {
    throw cause instanceof GraphFailed ? new DirectoryUnavailable(cause) : cause;
  }
}

const userSchema = z.object({
  id: z.string(),
  displayName: z.string().nullable(),
  userPrincipalName: z.string(),
  accountEnabled: z.boolean(),
  // Accounts from before the field existed have null, and are members.
  userType: z.string().nullable(),
  preferredLanguage: z.string().nullish(),
});

async function readUser(
  client: GraphClient,
  tenant: TenantId,
  id: PersonId,
): Promise<Omit<DirectoryPerson, 'roles'> | null> {
  const select = 'id,displayName,userPrincipalName,accountEnabled,userType,preferredLanguage';
  const text = await orNullWhereAbsent(
    client.get(tenant, `/v1.0/users/${id}?$select=${select}`, whileSomebodyWaits),
  );
  if (text === null) return null;
  const user = readGraphJson(text, userSchema);
  if (personId(user.id) !== id) throw new GraphFailed({ kind: 'unreadable' });
  return {
    id,
    displayName: user.displayName ?? user.userPrincipalName,
    userPrincipalName: user.userPrincipalName,
    enabled: user.accountEnabled,
    guest: user.userType?.toLowerCase() === 'guest',
    ...(user.preferredLanguage ? { preferredLanguage: user.preferredLanguage } : {}),
  };
}

const rolesSchema = z.object({
  value: z.array(z.object({ roleTemplateId: z.string() })),
  '@odata.nextLink': z.string().optional(),
});

/** A role for an administrative unit is no membership of the role: Graph has those apart, as scoped members. */
async function readRoles(client: GraphClient, tenant: TenantId, id: PersonId): Promise<readonly string[]> {
  const path = `/v1.0/users/${id}/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId`;
  const roles = new Set<string>();
  let text = await orNullWhereAbsent(client.get(tenant, path, whileSomebodyWaits));
  for (let pages = 0; text !== null; pages += 1) {
    // A person holds at most some dozens of roles.
    if (pages === maxRolePages) throw new GraphFailed({ kind: 'circular-links' });
    const page: z.infer<typeof rolesSchema> = readGraphJson(text, rolesSchema);
    for (const role of page.value) roles.add(role.roleTemplateId.toLowerCase());
    const nextLink = page['@odata.nextLink'];
    text = nextLink === undefined ? null : await client.follow(tenant, nextLink, whileSomebodyWaits);
  }
  return [...roles];
}

const maxRolePages = 20;

async function orNullWhereAbsent(answer: Promise<string>): Promise<string | null> {
  try {
    return await answer;
  } catch (cause) {
    const isAbsent =
      cause instanceof GraphFailed && cause.problem.kind === 'refused' && cause.problem.status === 404;
    if (isAbsent) return null;
    throw cause;
  }
}
