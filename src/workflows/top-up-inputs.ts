import { z } from 'zod';
import type { Asker } from '../answers/asker.ts';
import { hasCardNumber, readOrderNumber, readText } from '../approvals/request-text.ts';
import type { BoughtNow } from '../approvals/top-up-events.ts';
import type { TopUp, Wish } from '../approvals/top-up-state.ts';
import type { Refusal } from '../decision/decider.ts';
import { type Day, dayMs, hourMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { dateIn, toIsoDate } from '../language/calendar.ts';
import { currency } from '../money/currency.ts';
import { parseAmount } from '../money/parse-amount.ts';

const requestNumber = z.union([
  z.number().int().positive(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
const typedAmount = z.union([z.string().max(100), z.number().transform(String)]);
const typedText = z.string().max(10_000);
/** What a date input gives: a day, or nothing where none was chosen. */
const typedDay = z.union([
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
    .transform((text) => text as Day),
  z.literal('').transform(() => null),
]);
const version = z.number().int().nonnegative();

export const openInputs = z.object({
  request: requestNumber.optional(),
  amount: typedAmount.optional(),
  currency: z.string().max(10).optional(),
  /** The incident on whose card it was asked for. */
  episode: z.string().min(1).max(200).optional(),
});
export const submitInputs = z.object({
  form: z.string().min(1).max(64),
  amount: typedAmount,
  currency: z.string().max(10),
  reason: typedText.optional(),
  neededBy: typedDay.optional(),
  request: requestNumber.optional(),
  revision: version.optional(),
  despite: requestNumber.optional(),
});
export const decideInputs = z.object({
  request: requestNumber,
  revision: version,
  version,
  comment: typedText.optional(),
});
export const purchaseInputs = z.object({
  request: requestNumber,
  version,
  orderNumber: z.string().max(200),
  amount: typedAmount.optional(),
  currency: z.string().max(10).optional(),
  purchasedOn: typedDay.optional(),
});
export const viewInputs = z.object({ request: requestNumber });

type Read<Name extends string, Value> =
  | ({ readonly kind: 'read' } & { readonly [key in Name]: Value })
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function readWish(
  typed: {
    readonly amount: string;
    readonly of: string;
    readonly reason: string;
    readonly neededBy: Day | null;
  },
  now: Instant,
): Read<'wish', Wish> {
  const { amount, neededBy } = typed;
  const of = currency(typed.of);
  if (of === null) return refusedBy('unknown-currency');
  if (hasCardNumber(amount)) return refusedBy('text-has-card-number');
  const parsed = parseAmount(amount, of);
  if (!parsed.ok) return { kind: 'refused', refusal: toAdd(parsed.refusal) };
  const reason = readText(typed.reason);
  if (reason.kind === 'refused') return reason;
  if (neededBy !== null && !isNeededBy(neededBy, now)) return refusedBy('needed-by-unreadable');
  return { kind: 'read', wish: { amount: parsed.amount, reason: reason.text || null, neededBy } };
}

/** Without an amount, what was approved was bought. */
export function readPurchase(
  { orderNumber, amount, currency: named }: z.infer<typeof purchaseInputs>,
  { wish }: TopUp,
): Read<'purchase', Omit<BoughtNow, 'boughtAt'>> {
  const order = readOrderNumber(orderNumber);
  if (order.kind === 'refused') return order;
  const of = named === undefined ? wish.amount.currency : currency(named);
  if (of === null) return refusedBy('unknown-currency');
  if (amount === undefined || amount.trim() === '') {
    return { kind: 'read', purchase: { orderNumber: order.text, amount: wish.amount } };
  }
  if (hasCardNumber(amount)) return refusedBy('text-has-card-number');
  const parsed = parseAmount(amount, of);
  if (!parsed.ok) return { kind: 'refused', refusal: toAdd(parsed.refusal) };
  return { kind: 'read', purchase: { orderNumber: order.text, amount: parsed.amount } };
}

/** A balance may be below zero, and is told otherwise; what is to be added never is. */
function toAdd(refusal: Refusal): Refusal {
  return refusal.code === 'amount-negative' ? { code: 'topup-not-positive' } : refusal;
}

const noon = 12 * hourMs;

/** Today is this moment; another day is its noon, and never before the request or after now. */
export function boughtOn(
  day: Day | null,
  {
    at,
    asker,
    state,
  }: { readonly at: Instant; readonly asker: Pick<Asker, 'timeZone'>; readonly state: TopUp },
): Instant {
  const today = toIsoDate(dateIn(asker.timeZone, at));
  if (day === null || day === today) return at;
  const middle = startOfDay(day) + noon;
  if (day > today) return middle;
  const isDayOfRequest = day === utcDay(state.requestedAt);
  return Math.min(at, isDayOfRequest ? Math.max(middle, state.requestedAt) : middle);
}

/** The furthest day on which money may be needed, from today. */
const longestAheadDays = 366;

function isNeededBy(day: Day, now: Instant): boolean {
  // A day of grace, for the asker's date may be another than that of UTC.
  const ahead = startOfDay(day) - startOfDay(utcDay(now));
  return ahead >= -dayMs && ahead <= longestAheadDays * dayMs;
}

function refusedBy(code: string): { readonly kind: 'refused'; readonly refusal: Refusal } {
  return { kind: 'refused', refusal: { code } };
}
