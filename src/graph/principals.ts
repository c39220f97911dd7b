import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { GraphClient, GraphPatience } from './client.ts';
import { readCollection } from './graph-json.ts';

/** Who, or what, a role is given to. With few permissions Graph tells the id and the type alone. */
export const principalSchema = z.object({
  '@odata.type': z.string().optional(),
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
});
export type Principal = z.infer<typeof principalSchema>;

/** One reading of a tenant, and how long its answers are waited for. */
export interface Reading {
  readonly client: GraphClient;
  readonly tenant: TenantId;
  readonly patience: GraphPatience;
}

const userFields = 'id,displayName,userPrincipalName,accountEnabled,userType';

/** The users that principals stand for; a group that holds several roles is asked for its members once. */
export class PrincipalUsers {
  readonly #reading: Reading;
  readonly #members = new Map<string, Promise<readonly Principal[]>>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** A user, the members of a group and of the groups within it, nobody for an application. @throws {GraphFailed} */
  async of(
    principal: Principal,
  ): Promise<{ readonly users: readonly Principal[]; readonly isGroup: boolean }> {
    const type = principal['@odata.type'] ?? '';
    if (type.endsWith('.group')) return { users: await this.#membersOf(principal.id), isGroup: true };
    return { users: type.endsWith('.user') ? [principal] : [], isGroup: false };
  }

  #membersOf(group: string): Promise<readonly Principal[]> {
    const known = this.#members.get(group);
    if (known !== undefined) return known;
    const { client, tenant, patience } = this.#reading;
    const members = readCollection(client, tenant, {
      path: `/v1.0/groups/${encodeURIComponent(group)}/transitiveMembers/microsoft.graph.user?$select=${userFields}&$top=999`,
      item: principalSchema,
      patience,
    });
    this.#members.set(group, members);
    return members;
  }
}
