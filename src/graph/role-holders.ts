import { z } from 'zod';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { RoleHolder, RoleHoldings } from '../people/role-holder.ts';
import { DirectoryUnavailable, type RoleDirectory } from '../workflows/ports.ts';
import type { GraphClient } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readCollection } from './graph-json.ts';
import { Kept } from './kept.ts';

/** Who holds a role, directly, through a group, or as one who may activate it; kept for five minutes. */
export function graphRoleHolders(client: GraphClient, now: () => Instant): RoleDirectory {
  const kept = new Kept<RoleHoldings>(now);
  return {
    roleHoldings: (tenant, roles) =>
      kept.get([tenant, ...roles].join(' '), () => readHoldings(client, tenant, roles)),
  };
}

/** Graph takes one role a question, and not all questions of a tenant at once. */
const rolesAtATime = 4;

async function readHoldings(
  client: GraphClient,
  tenant: TenantId,
  roles: readonly string[],
): Promise<RoleHoldings> {
  const reader = new HoldingsReader(client, tenant);
  try {
    const holders = new Map<string, readonly RoleHolder[]>();
    for (let first = 0; first < roles.length; first += rolesAtATime) {
      const some = roles.slice(first, first + rolesAtATime);
      const found = await Promise.all(some.map((role) => reader.holdersOf(role)));
      for (const [index, role] of some.entries()) holders.set(role, found[index] ?? []);
    }
    return { holders, eligibleKnown: reader.eligibleKnown };
  } catch (cause) {
    throw cause instanceof GraphFailed ? new DirectoryUnavailable(cause) : cause;
  }
}

const principalSchema = z.object({
  '@odata.type': z.string().optional(),
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
});
const assignmentSchema = z.object({
  directoryScopeId: z.string().nullish(),
  principal: principalSchema.nullish(),
});
type Principal = z.infer<typeof principalSchema>;

const wholeTenant = '/';
const userFields = 'id,displayName,userPrincipalName,accountEnabled,userType';

/** One reading of a tenant: a group that holds several roles is asked for its members once. */
class HoldingsReader {
  readonly #client: GraphClient;
  readonly #tenant: TenantId;
  readonly #members = new Map<string, Promise<readonly Principal[]>>();
  #eligibleKnown = true;

  constructor(client: GraphClient, tenant: TenantId) {
    this.#client = client;
    this.#tenant = tenant;
  }

  get eligibleKnown(): boolean {
    return this.#eligibleKnown;
  }

  async holdersOf(role: string): Promise<readonly RoleHolder[]> {
    const [active, eligible] = await Promise.all([
      this.#principals('roleAssignments', role),
      this.#eligible(role),
    ]);
    const holders = new Map<PersonId, RoleHolder>();
    for (const principal of [...active, ...eligible.map((each) => ({ ...each, isEligible: true }))]) {
      for (const holder of await this.#people(principal)) {
        // Who holds a role actively and is eligible too, or holds it twice, is one holder of it.
        if (!holders.has(holder.person)) holders.set(holder.person, holder);
      }
    }
    return [...holders.values()];
  }

  /** A tenant without Privileged Identity Management refuses the question, and has nobody who is eligible. */
  async #eligible(role: string): Promise<readonly Principal[]> {
    try {
      return await this.#principals('roleEligibilityScheduleInstances', role);
    } catch (cause) {
      if (!(cause instanceof GraphFailed) || cause.problem.kind !== 'refused') throw cause;
      this.#eligibleKnown = false;
      return [];
    }
  }

  async #principals(collection: string, role: string): Promise<readonly Principal[]> {
    const filter = encodeURIComponent(`roleDefinitionId eq '${role}'`);
    const assignments = await readCollection(this.#client, this.#tenant, {
      path: `/v1.0/roleManagement/directory/${collection}?$filter=${filter}&$expand=principal`,
      item: assignmentSchema,
    });
    return assignments
      .filter(({ directoryScopeId }) => (directoryScopeId ?? wholeTenant) === wholeTenant)
      .flatMap(({ principal }) => (principal ? [principal] : []));
  }

  /** Whom a principal stands for: a user, the members of a group, nobody for an application. */
  async #people(principal: Principal & { readonly isEligible?: boolean }): Promise<readonly RoleHolder[]> {
    const type = principal['@odata.type'] ?? '';
    if (type.endsWith('.group')) {
      const members = await this.#membersOf(principal.id);
      return members.flatMap((member) => holder(member, principal.isEligible ? 'eligible' : 'group'));
    }
    return type.endsWith('.user') ? holder(principal, principal.isEligible ? 'eligible' : 'direct') : [];
  }

  #membersOf(group: string): Promise<readonly Principal[]> {
    const known = this.#members.get(group);
    if (known !== undefined) return known;
    const members = readCollection(this.#client, this.#tenant, {
      path: `/v1.0/groups/${encodeURIComponent(group)}/transitiveMembers/microsoft.graph.user?$select=${userFields}`,
      item: principalSchema,
    });
    this.#members.set(group, members);
    return members;
  }
}

function holder(user: Principal, how: RoleHolder['how']): readonly RoleHolder[] {
  const person = personId(user.id);
  if (person === null) return [];
  const guestName = user.userPrincipalName?.includes('#EXT#') ?? false;
  return [
    {
      person,
      displayName: user.displayName || user.userPrincipalName || person,
      enabled: user.accountEnabled ?? true,
      guest: user.userType ? user.userType.toLowerCase() === 'guest' : guestName,
      how,
    },
  ];
}
