import { z } from 'zod';
import { personId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { RoleHolder, RoleHoldings } from './role-holder.ts';

export function storeHoldings({ readAt, eligibleKnown, holders }: RoleHoldings): JsonValue {
  const roles = Object.fromEntries([...holders].map(([role, held]) => [role, held.map(storeHolder)]));
  return { v: 1, readAt, eligibleKnown, roles };
}

/** @throws where what is stored has not the shape that this version knows */
export function readHoldings(value: JsonValue): RoleHoldings {
  const { readAt, eligibleKnown, roles } = stored.parse(value);
  return { readAt, eligibleKnown, holders: new Map(Object.entries(roles)) };
}

function storeHolder({ person, ...holder }: RoleHolder): JsonValue {
  return { person, ...holder };
}

const storedPerson = z.string().transform((text, context) => {
  const person = personId(text);
  if (person !== null) return person;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'is not a directory id' });
  return z.NEVER;
});

const storedHolder = z.object({
  person: storedPerson,
  displayName: z.string(),
  enabled: z.boolean(),
  guest: z.boolean(),
  how: z.enum(['direct', 'group', 'activated', 'eligible']),
  scope: z.string(),
  until: z.number().int().nullable(),
});

const stored = z.object({
  v: z.literal(1),
  readAt: z.number().int(),
  eligibleKnown: z.boolean(),
  roles: z.record(z.array(storedHolder)),
});
