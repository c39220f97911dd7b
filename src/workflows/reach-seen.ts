import { z } from 'zod';
import type { RecordChange } from '../decision/commit.ts';
import { personId, type TenantId } from '../decision/ids.ts';
import type { ReachSeen } from '../people/reach.ts';
import type { Store } from './ports.ts';

const table = 'reach';
const id = 'seen';

const person = z.object({
  person: z.string().transform((text, context) => {
    const known = personId(text);
    if (known !== null) return known;
    context.addIssue({ code: z.ZodIssueCode.custom, message: 'is not a directory id' });
    return z.NEVER;
  }),
  displayName: z.string(),
  state: z.string(),
  told: z.boolean(),
  mailed: z.boolean(),
  mailbox: z.boolean().nullable(),
});
const stored = z.object({
  v: z.literal(1),
  at: z.number().int(),
  people: z.array(person),
  unheld: z.array(z.string()),
});

/** Who could be told when it was last looked at; null before the first time. @throws {StoreUnavailable} */
export async function reachSeen(store: Pick<Store, 'records'>, tenant: TenantId): Promise<ReachSeen | null> {
  const found = (await store.records(tenant, table, [id])).get(id);
  if (found === undefined) return null;
  const { v: _, ...seen } = stored.parse(found);
  return seen;
}

export function reachSeenRecord({ at, people, unheld }: ReachSeen): RecordChange {
  const value = { v: 1, at, people: people.map((one) => ({ ...one })), unheld };
  return { table, id, value };
}
