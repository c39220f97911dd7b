import type { Instant } from '../decision/time.ts';
import type { TokenSource } from '../graph/credentials.ts';
import { employeeRoles } from './graph-double/employee-roles.ts';
import { type GraphDouble, startGraphDouble } from './graph-double.ts';
import { sandboxPeople, sandboxTenant } from './people.ts';
import { sandboxToken } from './sandbox-token.ts';
import { employees } from './usage/offices.ts';
import type { CallHistory } from './usage-maker.ts';

const graphPageSize = 1_000;

/** Lets the sandbox's tenant in and no other, as a Graph does to which only that tenant consented. */
export const sandboxGraphAccess: TokenSource = { token: async (tenant) => sandboxToken(tenant) };

/** Microsoft Graph for the made-up tenant, with these calls. */
export function startSandboxGraph(calls: CallHistory, now: () => Instant): Promise<GraphDouble> {
  return startGraphDouble({
    tenant: sandboxTenant,
    people: sandboxPeople,
    employees,
    holdings: employeeRoles,
    calls,
    now,
    pageSize: graphPageSize,
    port: 0,
    expectedToken: sandboxToken(sandboxTenant.id),
  });
}
