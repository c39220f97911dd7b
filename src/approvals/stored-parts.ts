import { z } from 'zod';
import { type PersonId, personId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Day } from '../decision/time.ts';
import { currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';
import type { Policy, Seat } from './policy.ts';
import type { Approval, Purchase, Review, Wish } from './top-up-state.ts';

export const storedInstant = z.number().int();
const storedMicroUnits = z
  .string()
  .regex(/^-?\d{1,30}$/)
  .transform(BigInt);

const storedDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((text) => text as Day);

const storedCurrency = z.string().transform((text, context) => {
  const known = currency(text);
  if (known !== null) return known;
  context.addIssue({ code: 'custom', message: 'not the code of a currency' });
  return z.NEVER;
});

const storedPersonId = z.string().transform((text, context): PersonId => {
  const known = personId(text);
  if (known !== null) return known;
  context.addIssue({ code: 'custom', message: 'not the id of a person' });
  return z.NEVER;
});

const storedMoney = z
  .object({ currency: storedCurrency, microUnits: storedMicroUnits })
  .transform(({ currency: of, microUnits }) => money(microUnits, of));

export const storedPerson = z.object({ id: storedPersonId, name: z.string() });

const storedSeat = z.object({ roles: z.array(z.string()), people: z.array(z.string()) });
export const storedSeats = z.array(storedSeat);

export const storedRule = z.object({ policy: z.number().int(), band: z.number().int() });

export const storedWish = z.object({
  amount: storedMoney,
  reason: z.string().nullable(),
  neededBy: storedDay.nullable(),
});

export const storedApproval = z.object({
  person: storedPerson,
  rights: z.array(z.object({ of: storedPerson, roles: z.array(z.string()) })),
  at: storedInstant,
  comment: z.string().nullable(),
  actsFor: storedPerson.nullable(),
});

export const storedPurchase = z.object({
  orderNumber: z.string(),
  amount: storedMoney,
  boughtAt: storedInstant,
  recordedAt: storedInstant,
  by: storedPerson,
});

export const storedReview = z.object({
  why: z.enum(['break-glass', 'difference']),
  rule: storedRule,
  seats: storedSeats,
  approvals: z.array(storedApproval),
  excluded: z.array(storedPersonId),
  dueAt: storedInstant,
  outcome: z.enum(['open', 'overdue', 'approved', 'objected']),
});

export const storedPolicyParts = z.object({
  version: z.number().int().positive(),
  currency: storedCurrency,
  bands: z.array(z.object({ upTo: storedMicroUnits, seats: storedSeats })),
  pendingMs: z.number().int().positive(),
  executeMs: z.number().int().positive(),
  proofMs: z.number().int().positive(),
  reminders: z.object({
    everyMs: z.number().int().positive(),
    urgentEveryMs: z.number().int().positive(),
    urgentWithinMs: z.number().int().nonnegative(),
    most: z.number().int().nonnegative(),
  }),
  standIns: z.array(z.string()),
  buyers: z.array(z.string()),
  breakGlass: z.object({ cap: storedMicroUnits, reviewMs: z.number().int().positive() }),
});

export function storePolicyParts(policy: Policy): { readonly [key: string]: JsonValue } {
  const { bands, breakGlass, reminders, standIns, buyers } = policy;
  return {
    ...policy,
    bands: bands.map(({ upTo, seats }) => ({ upTo: `${upTo}`, seats: storeSeats(seats) })),
    breakGlass: { ...breakGlass, cap: `${breakGlass.cap}` },
    reminders: { ...reminders },
    standIns: [...standIns],
    buyers: [...buyers],
  };
}

export function storeSeats(seats: readonly Seat[]): JsonValue {
  return seats.map(({ roles, people }) => ({ roles: [...roles], people: [...people] }));
}

export function storeWish({ amount, reason, neededBy }: Wish): JsonValue {
  return { amount: storeMoney(amount), reason, neededBy };
}

export function storeApproval({ person, rights, at, comment, actsFor }: Approval): JsonValue {
  return {
    person: { ...person },
    rights: rights.map(({ of, roles }) => ({ of: { ...of }, roles: [...roles] })),
    at,
    comment,
    actsFor: actsFor === null ? null : { ...actsFor },
  };
}

export function storePurchase(purchase: Purchase): JsonValue {
  return { ...purchase, amount: storeMoney(purchase.amount), by: { ...purchase.by } };
}

export function storeReview(review: Review): JsonValue {
  return {
    ...review,
    rule: { ...review.rule },
    seats: storeSeats(review.seats),
    approvals: review.approvals.map(storeApproval),
    excluded: [...review.excluded],
  };
}

function storeMoney({ currency: of, microUnits }: Money): JsonValue {
  return { currency: of, microUnits: `${microUnits}` };
}
