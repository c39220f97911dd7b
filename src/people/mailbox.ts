import type { LicensedPerson } from './licensed-person.ts';

/**
 * Service plans that come with a mailbox (Microsoft, "Product names and service plan identifiers for licensing").
 * `EXCHANGE_S_FOUNDATION`, archives and analytics come without.
 */
const mailboxPlan = /^EXCHANGE_(?:S_(?:STANDARD|ENTERPRISE|DESKLESS|ESSENTIALS)|B_STANDARD|L_STANDARD)/;

/** Whether a mail can come to somebody of the tenant; a guest's mailbox is elsewhere, and nobody knows. */
export function hasMailbox({ guest, mail, servicePlans }: LicensedPerson): boolean | null {
  if (guest) return null;
  return mail !== null && [...servicePlans].some((plan) => mailboxPlan.test(plan));
}
