import { z } from 'zod';
import type { Instant } from '../decision/time.ts';
import { GraphFailed } from './graph-failed.ts';
import { readCollection } from './graph-json.ts';
import { type Principal, principalSchema, type Reading } from './principals.ts';

/** How a principal holds a role. */
export interface Assignment {
  readonly principal: Principal;
  /** `group`: told of a user whose group has the role. */
  readonly how: 'direct' | 'group' | 'activated' | 'eligible';
  /** `/` for the whole tenant, or an administrative unit. */
  readonly scope: string;
  /** When it ends by itself. */
  readonly until: Instant | null;
}

/**
 * The assignments of roles in one tenant. Privileged Identity Management tells who is active for how long and who is
 * eligible; a tenant without it refuses these questions, and then tells its plain assignments. Where those may not be
 * read either, the members of the directory role are what is left.
 */
export class RoleAssignments {
  readonly #reading: Reading;
  #sources = activeSources;
  #eligibleKnown = true;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** False after the tenant refused to tell who is eligible. */
  get eligibleKnown(): boolean {
    return this.#eligibleKnown;
  }

  /** Graph takes one role a question. @throws {GraphFailed} */
  async of(role: string): Promise<readonly Assignment[]> {
    const [active, eligible] = await Promise.all([this.#active(role), this.#eligible(role)]);
    return [...active, ...eligible];
  }

  /** What is refused for one role would be refused for the others too. */
  async #active(role: string): Promise<readonly Assignment[]> {
    const [read, next, ...rest] = this.#sources;
    try {
      return await read(this.#reading, role);
    } catch (cause) {
      if (!isRefusal(cause) || next === undefined) throw cause;
      this.#sources = [next, ...rest];
      return this.#active(role);
    }
  }

  async #eligible(role: string): Promise<readonly Assignment[]> {
    if (!this.#eligibleKnown) return [];
    try {
      const rows = await assignmentsIn('roleEligibilityScheduleInstances', this.#reading, role);
      return rows.map((row) => ({ ...row, how: 'eligible' }));
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      this.#eligibleKnown = false;
      return [];
    }
  }
}

type Source = (reading: Reading, role: string) => Promise<readonly Assignment[]>;

const activeSources: readonly [Source, ...Source[]] = [
  (reading, role) => assignmentsIn('roleAssignmentScheduleInstances', reading, role),
  (reading, role) => assignmentsIn('roleAssignments', reading, role),
  membersOfRole,
];

const rowSchema = z.object({
  directoryScopeId: z.string().nullish(),
  appScopeId: z.string().nullish(),
  assignmentType: z.string().nullish(),
  memberType: z.string().nullish(),
  endDateTime: z.string().nullish(),
  principal: principalSchema.nullish(),
});

const wholeTenant = '/';

async function assignmentsIn(
  collection: string,
  { client, tenant, patience }: Reading,
  role: string,
): Promise<readonly Assignment[]> {
  const filter = encodeURIComponent(`roleDefinitionId eq '${role}'`);
  const rows = await readCollection(client, tenant, {
    path: `/v1.0/roleManagement/directory/${collection}?$filter=${filter}&$expand=principal`,
    item: rowSchema,
    patience,
  });
  return rows.flatMap(({ principal, ...row }) =>
    principal
      ? [
          {
            principal,
            how: howOf(row),
            scope: row.directoryScopeId ?? row.appScopeId ?? wholeTenant,
            until: instantOf(row.endDateTime),
          },
        ]
      : [],
  );
}

function howOf({
  assignmentType,
  memberType,
}: Pick<z.infer<typeof rowSchema>, 'assignmentType' | 'memberType'>): Assignment['how'] {
  if (assignmentType?.toLowerCase() === 'activated') return 'activated';
  return memberType?.toLowerCase() === 'group' ? 'group' : 'direct';
}

function instantOf(text: string | null | undefined): Instant | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}

/** Graph knows a role as a directory role once it was assigned for the first time; before, it has no members. */
async function membersOfRole(
  { client, tenant, patience }: Reading,
  role: string,
): Promise<readonly Assignment[]> {
  try {
    const principals = await readCollection(client, tenant, {
      path: `/v1.0/directoryRoles/roleTemplateId=${role}/members`,
      item: principalSchema,
      patience,
    });
    return principals.map((principal) => ({ principal, how: 'direct', scope: wholeTenant, until: null }));
  } catch (cause) {
    if (isRefusal(cause) && cause.problem.status === 404) return [];
    throw cause;
  }
}

type Refused = GraphFailed & { readonly problem: { readonly kind: 'refused'; readonly status: number } };

/** A "no" of Graph that the tenant or its consent brings about, and not a breakdown. */
function isRefusal(cause: unknown): cause is Refused {
  return cause instanceof GraphFailed && cause.problem.kind === 'refused' && cause.problem.status < 500;
}
