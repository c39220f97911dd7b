import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import type { UsageRow } from './usage-row.ts';

/** Whose calls they are, in words: the read models know a user by id alone. */
export interface Caller {
  readonly displayName: string;
}

/** The table of callers, by the user that a row's record has. */
export const callersTable = 'callers';

const storedCaller = z.object({ v: z.literal(1), displayName: z.string() });

export function storeCaller({ displayName }: Caller): JsonValue {
  return { v: 1, displayName };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeCaller} writes */
export function readCaller(stored: unknown): Caller {
  return { displayName: storedCaller.parse(stored).displayName };
}

/** The user as the records and the read models name them; null for a bot's call. */
export function userOf(row: Pick<UsageRow, 'userId' | 'userPrincipalName'>): string | null {
  return row.userId ?? row.userPrincipalName;
}

/** The callers that a batch of rows names, each by the name that its latest row has. */
export function callersIn(rows: readonly UsageRow[]): ReadonlyMap<string, Caller> {
  const callers = new Map<string, Caller>();
  for (const row of [...rows].sort((left, right) => left.startedAt - right.startedAt)) {
    const user = userOf(row);
    const displayName = row.userDisplayName?.trim() || row.userPrincipalName;
    if (user !== null && displayName) callers.set(user, { displayName });
  }
  return callers;
}
