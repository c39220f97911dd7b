import { z } from 'zod';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import type { Handled } from '../decision/handle.ts';
import { type TenantId, tenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { observe } from './follow-incident.ts';
import { rememberMail } from './mail-feed.ts';
import type { Ports } from './ports.ts';
import { reconcile } from './reconcile.ts';
import { recordRise } from './record-funding.ts';

/** Something that a sender outside told of, with its own id, which a repetition has too. */
export interface ReportedEvent {
  readonly id: string;
  readonly payload: unknown;
}

/** What a billing event may say; amounts are decimal text. */
const billingEvent = z.object({
  type: z.enum(['recharge.failed', 'recharge.succeeded', 'balance.observed']),
  timestamp: z.string().datetime({ offset: true }).transform(Date.parse),
  data: z.object({
    tenantId: z.string().transform((text, context) => tenantId(text) ?? invalid(context, 'not a tenant')),
    currency: z.string().transform((text, context) => currency(text) ?? invalid(context, 'not a currency')),
    amount: z.string().max(100).optional(),
    reference: z.string().trim().min(1).max(200).optional(),
    reason: z.string().trim().min(1).max(500).optional(),
  }),
});

function invalid(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: z.ZodIssueCode.custom, message });
  return z.NEVER;
}

/** Who recorded what came so. */
const actor = 'event-feed';

/**
 * Takes a billing event in, once for its id. Its time is the sender's, whose clock may be ahead of ours.
 * Refuses `event-unreadable`, `tenant-unknown`, `amount-missing`, the codes of an amount that cannot be read, and what
 * the ledger refuses.
 */
export async function reportEvent(
  ports: Pick<Ports, 'store' | 'clock'>,
  reported: ReportedEvent,
): Promise<Handled<{ readonly tenant: TenantId }, Refusal>> {
  const parsed = billingEvent.safeParse(reported.payload);
  if (!parsed.success) return { kind: 'refused', refusal: { code: 'event-unreadable' } };
  const { type, timestamp, data } = parsed.data;
  const tenant = data.tenantId;
  if (!(await ports.store.knowsTenant(tenant)))
    return { kind: 'refused', refusal: { code: 'tenant-unknown' } };

  const amount = data.amount === undefined ? null : parseAmount(data.amount, data.currency);
  if (amount !== null && !amount.ok) return { kind: 'refused', refusal: amount.refusal };
  const told: Told = {
    ...data,
    tenant,
    type,
    id: reported.id,
    at: timestamp,
    amount: amount?.amount ?? null,
    reference: data.reference ?? null,
    reason: data.reason ?? null,
  };
  // That the mails come is known, whatever comes of this one.
  await rememberMail(ports.store, tenant, mailOf(told, ports.clock.now()));
  const done = await takeIn(ports, told);
  return done.kind === 'refused' ? done : { ...done, outcome: { tenant } };
}

interface Told {
  readonly tenant: TenantId;
  readonly type: z.infer<typeof billingEvent>['type'];
  readonly id: string;
  readonly at: Instant;
  readonly currency: z.infer<typeof billingEvent>['data']['currency'];
  readonly amount: Money | null;
  readonly reference: string | null;
  readonly reason: string | null;
}

function mailOf({ type, currency: of, at }: Told, now: Instant): Parameters<typeof rememberMail>[2] {
  return { at: now, failure: type === 'recharge.failed' ? { of, at: Math.min(at, now) } : null };
}

function takeIn(ports: Pick<Ports, 'store' | 'clock'>, told: Told): Promise<Handled<unknown, Refusal>> {
  const { tenant, type, id, at, amount, reference, currency: of } = told;
  if (type === 'balance.observed') return observed(ports, told);
  if (type === 'recharge.succeeded' && amount !== null) {
    // The order number is the same whoever tells of it; without one the event stands for itself.
    const funding = {
      id: `event:${reference ?? id}`,
      kind: 'recharge',
      amount,
      at,
      recordedBy: actor,
      reference,
    } as const;
    return recordRise(ports.store, { tenant, funding, at: ports.clock.now() });
  }
  const now = Math.min(at, ports.clock.now());
  const signal =
    type === 'recharge.failed'
      ? ({
          type: 'rechargeFailed',
          currency: of,
          failedAt: now,
          reason: told.reason,
          reference,
          by: null,
        } as const)
      : ({
          type: 'rechargeSucceeded',
          currency: of,
          id: `event:${reference ?? id}`,
          succeededAt: now,
        } as const);
  return observe(ports, tenant, { signals: [signal], actor, request: requestOf(told) });
}

async function observed(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  told: Told,
): Promise<Handled<unknown, Refusal>> {
  const { tenant, at, amount, reason } = told;
  if (amount === null) return { kind: 'refused', refusal: { code: 'amount-missing' } };
  return reconcile(store, {
    tenant,
    observed: amount,
    reason,
    by: actor,
    byName: actor,
    observedAt: Math.min(at, clock.now()),
    at: clock.now(),
    idempotencyKey: requestOf(told).key,
  });
}

function requestOf({ id, type, at, currency: of, reference, reason }: Told) {
  return { key: `event:${digest(id)}`, digest: digest(type, String(at), of, reference ?? '', reason ?? '') };
}
