import { setTimeout as wait } from 'node:timers/promises';
import { type GraphClient, graphClient } from '../../src/graph/client.ts';
import {
  type GraphDouble,
  type GraphDoubleOptions,
  startGraphDouble,
} from '../../src/sandbox/graph-double.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { employees } from '../../src/sandbox/usage/offices.ts';

export const token = 'a-token-for-tests';

/** A Graph double that expects the token, with no calls unless told. */
export function startGraph(options: Partial<GraphDoubleOptions> = {}): Promise<GraphDouble> {
  return startGraphDouble({
    tenant: sandboxTenant,
    people: sandboxPeople,
    employees,
    calls: () => [],
    now: () => 0,
    pageSize: 1_000,
    port: 0,
    expectedToken: token,
    ...options,
  });
}

/** A client of the double whose waits take no time and are written down. */
export function clientOf(graph: Pick<GraphDouble, 'baseUrl'>): {
  readonly client: GraphClient;
  readonly waits: readonly number[];
} {
  const waits: number[] = [];
  const client = graphClient({
    baseUrl: graph.baseUrl,
    tokens: { token: async () => token },
    now: () => Date.parse('2026-11-24T12:00:00Z'),
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      await wait(0);
    },
    random: () => 0.5,
  });
  return { client, waits };
}
