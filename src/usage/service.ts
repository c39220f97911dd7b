import { isDomestic } from './domestic.ts';
import type { KnownRow } from './known-row.ts';

/**
 * What credits pay for, as people speak of it: calls to the tenant's toll-free numbers, dial-out from meetings,
 * calls abroad, and domestic calls that no plan covers ("What are Communications Credits?").
 */
export const services = ['toll-free', 'dial-out', 'international', 'domestic'] as const;
export type Service = (typeof services)[number];

/** A service, and the tenant's own number where the service is one's own toll-free number. */
export interface ServiceUse {
  readonly service: Service;
  readonly number: string | null;
}

/** What a call paid from credits was: by its type, and by whether it left the country that its user is in. */
export function serviceOf(
  row: Pick<KnownRow, 'callType' | 'calleeNumber' | 'destination' | 'usageCountryCode'>,
): ServiceUse {
  const callType = row.callType?.toLowerCase() ?? '';
  // An incoming call that credits pay for came to a toll-free number: others are free, or in a plan.
  if (callType.endsWith('_in')) return { service: 'toll-free', number: row.calleeNumber };
  if (callType === 'conf_out') return { service: 'dial-out', number: null };
  return { service: isDomestic(row) ? 'domestic' : 'international', number: null };
}

/** How a read model writes it. */
export function serviceText({ service, number }: ServiceUse): string {
  return number === null ? service : `${service} ${number}`;
}

/** Null where no service of ours is called so. */
export function readService(text: string): ServiceUse | null {
  const space = text.indexOf(' ');
  const name = space === -1 ? text : text.slice(0, space);
  const service = services.find((known) => known === name);
  if (service === undefined) return null;
  return { service, number: space === -1 ? null : text.slice(space + 1) };
}
