import { z } from 'zod';
import { currency } from '../money/currency.ts';
import { maxMicroUnits } from '../money/money.ts';
import { digestFrequency } from './digest.ts';
import { defaultChain, escalationChain } from './escalation.ts';
import { quietHours } from './quiet-hours.ts';

const knownCurrency = z.string().transform((text, context) => {
  const known = currency(text);
  if (known !== null) return known;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a currency' });
  return z.NEVER;
});

/** Micro-units as decimal text, above zero. */
const positiveMicroUnits = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .transform(BigInt)
  .refine((microUnits) => microUnits <= maxMicroUnits, { message: 'too much' });

const level = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('money'), currency: knownCurrency, microUnits: positiveMicroUnits }),
  z.object({ unit: z.literal('percent'), percent: z.number().int().min(1).max(100) }),
  z.object({ unit: z.literal('days'), days: z.number().int().min(1).max(365) }),
]);

const autoRecharge = z.object({ trigger: positiveMicroUnits, amount: positiveMicroUnits.nullable() });
const minutes = z.number().int().min(5).max(10_080);

/** An IANA name that this runtime's calendar knows, as it writes it itself. */
const timeZone = z
  .string()
  .max(64)
  .transform((name, context) => {
    const known = canonicalTimeZone(name);
    if (known !== null) return known;
    context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a time zone' });
    return z.NEVER;
  });

/** What an admin may set about alerts, version 1; amounts are decimal text of micro-units. */
export const alertSettings = z.object({
  /** Where the balance is low. */
  levels: z.array(level).max(10),
  /** As it is set in the admin centre, by currency: nothing tells it but a person. */
  autoRecharge: z.record(autoRecharge),
  /** How long a recharge may take to be seen after the balance fell below the trigger. */
  overdueAfterHours: z.number().int().min(1).max(168),
  /** Of the threshold, or of a usual day's spend where that is more: how far above it all is well again. */
  marginPercent: z.number().int().min(0).max(50),
  holdMinutes: z.number().int().min(0).max(1_440),
  /** Firing again so soon belongs to the incident before. */
  coolDownMinutes: z.object({ critical: minutes, warning: minutes }),
  repeatMinutes: z.object({ critical: minutes.nullable(), warning: minutes.nullable() }),
  /** How likely a shortfall must be, in percent. */
  runwayPercent: z.number().int().min(1).max(99),
  expiryDays: z.array(z.number().int().min(1).max(365)).max(5),
  feedBlindAfterHours: z.number().int().min(1).max(168),
  /** More recharges than this in 24 hours run away; or more money, by currency. */
  runawayRecharges: z.number().int().min(1).max(100),
  runawayAmount: z.record(positiveMicroUnits),
  chain: escalationChain,
  /** Role template ids; null for the roles that Microsoft tells itself. */
  roles: z.array(z.string().uuid()).min(1).nullable(),
  /** The conversation of the channel that is turned to; null where none was chosen. */
  channel: z.string().max(500).nullable(),
  /** For people who chose none of their own; null for none. */
  quietHours: quietHours.nullable(),
  /** By whose clock people are told whose client never named one; null for UTC. Absent in what earlier releases wrote. */
  timeZone: timeZone.nullable().default(null),
  /** For people who chose nothing else; absent in what earlier releases wrote. */
  digest: digestFrequency.default('weekly'),
});
export type AlertSettings = z.infer<typeof alertSettings>;

export const defaultSettings: AlertSettings = {
  levels: [
    { unit: 'days', days: 7 },
    { unit: 'days', days: 3 },
    { unit: 'percent', percent: 10 },
  ],
  autoRecharge: {},
  overdueAfterHours: 6,
  marginPercent: 5,
  holdMinutes: 10,
  coolDownMinutes: { critical: 10, warning: 360 },
  repeatMinutes: { critical: 60, warning: 1_440 },
  runwayPercent: 20,
  expiryDays: [60, 30, 7],
  feedBlindAfterHours: 3,
  runawayRecharges: 3,
  runawayAmount: {},
  chain: defaultChain,
  roles: null,
  channel: null,
  quietHours: null,
  timeZone: null,
  // What is urgent comes by itself; a week is what a budget is looked at by, and seven times fewer messages.
  digest: 'weekly',
};

function canonicalTimeZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
