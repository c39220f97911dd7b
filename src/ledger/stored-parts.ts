import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import type { Day } from '../decision/time.ts';
import { currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';
import { entryKinds, ledgerAccounts } from './entry.ts';
import type { Funding, Observation } from './facts.ts';
import type { PostedSettlement } from './settlement.ts';

const decimalInteger = /^-?\d{1,30}$/;
const dayText = /^\d{4}-\d{2}-\d{2}$/;

/** Micro-units are stored as decimal text, for a JSON number keeps only 53 bits. */
export const storedMicroUnits = z.string().regex(decimalInteger).transform(BigInt);

export const storedInstant = z.number().int();

export const storedDay = z
  .string()
  .regex(dayText)
  .transform((text) => text as Day);

/** Checked in one pass: a schema per day and amount takes milliseconds for a year, on the way of every question. */
export const storedUsageByDay = z.record(z.string()).transform((stored, context) => {
  const usageByDay = new Map<Day, bigint>();
  for (const [day, microUnits] of Object.entries(stored)) {
    if (!dayText.test(day) || !decimalInteger.test(microUnits)) {
      context.addIssue({ code: 'custom', path: [day], message: 'not micro-units of a UTC day' });
      return z.NEVER;
    }
    usageByDay.set(day as Day, BigInt(microUnits));
  }
  return usageByDay;
});

export const storedCurrency = z.string().transform((text, context) => {
  const known = currency(text);
  if (known !== null) return known;
  context.addIssue({ code: 'custom', message: 'not the code of a currency' });
  return z.NEVER;
});

const storedMoney = z
  .object({ currency: storedCurrency, microUnits: storedMicroUnits })
  .transform(({ currency, microUnits }) => money(microUnits, currency));

export const storedFunding = z.object({
  id: z.string(),
  kind: z.enum(['purchase', 'recharge']),
  amount: storedMoney,
  at: storedInstant,
  recordedBy: z.string(),
  reference: z.string().nullable(),
});

export const storedObservation = z.object({
  id: z.string(),
  amount: storedMoney,
  at: storedInstant,
  usageBefore: storedMicroUnits,
  reason: z.string().nullable(),
  by: z.string(),
});

export const storedSettlement = z.object({
  kind: z.enum(['opening', 'adjustment', 'expiry']),
  at: storedInstant,
  microUnits: storedMicroUnits,
  revision: z.number().int(),
});

export const storedEntry = z.object({
  id: z.string(),
  kind: z.enum(entryKinds),
  currency: storedCurrency,
  at: storedInstant,
  recordedAt: storedInstant,
  postings: z.array(z.object({ account: z.enum(ledgerAccounts), microUnits: storedMicroUnits })),
  cause: z.string(),
  reason: z.string().nullable(),
  actor: z.string().nullable(),
  reverses: z.string().nullable(),
  corrects: z.string().nullable(),
});

function storeMoney({ currency, microUnits }: Money): JsonValue {
  return { currency, microUnits: microUnits.toString() };
}

export function storeFunding(funding: Funding): JsonValue {
  return { ...funding, amount: storeMoney(funding.amount) };
}

export function storeObservation(observation: Observation): JsonValue {
  return {
    ...observation,
    amount: storeMoney(observation.amount),
    usageBefore: observation.usageBefore.toString(),
  };
}

export function storeSettlement(posted: PostedSettlement): JsonValue {
  return { ...posted, microUnits: posted.microUnits.toString() };
}
