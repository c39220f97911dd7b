import { z } from 'zod';
import { hourMs } from '../decision/time.ts';
import { microUnitsToDecimal } from '../money/money.ts';
import { readDecimal } from '../money/read-decimal.ts';
import { mostSeats, type Policy } from './policy.ts';

const guid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'not an id of the directory')
  .transform((id) => id.toLowerCase());

const amount = z.string().transform((text, context) => {
  const read = readDecimal(text);
  if (read !== null && read.microUnits > 0n) return read.microUnits;
  context.addIssue({ code: 'custom', message: 'not an amount above zero in decimal text' });
  return z.NEVER;
});

/** At most a quarter of a year. */
const hours = z
  .number()
  .int()
  .positive()
  .max(92 * 24)
  .transform((count) => count * hourMs);

const approval = z
  .object({ roles: z.array(guid).max(20).default([]), people: z.array(guid).max(50).default([]) })
  .strict()
  .refine(({ roles, people }) => roles.length + people.length > 0, 'an approval that nobody could give');

const policyFile = z
  .object({
    bands: z
      .array(z.object({ upTo: amount, approvals: z.array(approval).min(1).max(mostSeats) }).strict())
      .min(1)
      .max(20)
      .refine(
        (bands) => bands.every(({ upTo }, index) => upTo > (bands[index - 1]?.upTo ?? 0n)),
        'bands that do not rise',
      ),
    hoursToDecide: hours.optional(),
    hoursToBuy: hours.optional(),
    hoursToConfirm: hours.optional(),
    reminders: z
      .object({
        everyHours: hours,
        urgentEveryHours: hours,
        urgentWithinHours: hours,
        most: z.number().int().min(0).max(20),
      })
      .strict()
      .optional(),
    standIns: z.array(guid).max(20).optional(),
    buyers: z.array(guid).min(1).max(20).optional(),
    alone: z.object({ upTo: amount, reviewHours: hours }).strict().optional(),
  })
  .strict();

type ReadPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  /** Where in the file, and what is wrong there. */
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

/** The policy that a file tells, as the next version of the one before; what it leaves out stays as it was. */
export function readPolicyFile(json: unknown, before: Policy): ReadPolicy {
  const read = policyFile.safeParse(json);
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
    );
    return { kind: 'faults', faults };
  }
  const { bands, reminders, alone, hoursToDecide, hoursToBuy, hoursToConfirm, standIns, buyers } = read.data;
  return {
    kind: 'policy',
    policy: {
      version: before.version + 1,
      currency: before.currency,
      bands: bands.map(({ upTo, approvals }) => ({ upTo, seats: approvals })),
      pendingMs: hoursToDecide ?? before.pendingMs,
      executeMs: hoursToBuy ?? before.executeMs,
      proofMs: hoursToConfirm ?? before.proofMs,
      reminders:
        reminders === undefined
          ? before.reminders
          : {
              everyMs: reminders.everyHours,
              urgentEveryMs: reminders.urgentEveryHours,
              urgentWithinMs: reminders.urgentWithinHours,
              most: reminders.most,
            },
      standIns: standIns ?? before.standIns,
      buyers: buyers ?? before.buyers,
      breakGlass: alone === undefined ? before.breakGlass : { cap: alone.upTo, reviewMs: alone.reviewHours },
    },
  };
}

/** A policy as a file tells it, to be changed and read again. */
export function policyAsFile(policy: Policy) {
  const { bands, reminders, breakGlass } = policy;
  return {
    bands: bands.map(({ upTo, seats }) => ({
      upTo: microUnitsToDecimal(upTo, 0),
      approvals: seats.map(({ roles, people }) => ({ roles: [...roles], people: [...people] })),
    })),
    hoursToDecide: policy.pendingMs / hourMs,
    hoursToBuy: policy.executeMs / hourMs,
    hoursToConfirm: policy.proofMs / hourMs,
    reminders: {
      everyHours: reminders.everyMs / hourMs,
      urgentEveryHours: reminders.urgentEveryMs / hourMs,
      urgentWithinHours: reminders.urgentWithinMs / hourMs,
      most: reminders.most,
    },
    standIns: [...policy.standIns],
    buyers: [...policy.buyers],
    alone: { upTo: microUnitsToDecimal(breakGlass.cap, 0), reviewHours: breakGlass.reviewMs / hourMs },
  };
}
