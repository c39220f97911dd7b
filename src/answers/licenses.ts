import {
  creditsLicence,
  type LicensedPerson,
  type Licensing,
  plansBesideCredits,
} from '../people/licensed-person.ts';
import type { IncludedMinutes } from './included-minutes.ts';

/**
 * Who needs the Communications Credits licence and lacks it, and how many minutes the other licences include; shown in a personal chat to an eligible
 * role.
 */
export interface LicensesAnswer {
  readonly kind: 'licenses';
  /** What was asked for; the other is told below it. */
  readonly about: 'people' | 'minutes';
  /** The UTC days up to now whose calls are counted. */
  readonly days: number;
  /** People who lack the licence, those that are not named among them. */
  readonly lacking: number;
  /** Ten of them, most calls first. */
  readonly people: readonly LackingPerson[];
  /** Those who lack it and are not named. */
  readonly more: number;
  /** Null where the tenant has no such licence at all. */
  readonly credits: Licensing['credits'];
  readonly minutes: IncludedMinutes;
}

export interface LackingPerson {
  readonly displayName: string;
  /** Calls that credits paid for. */
  readonly calls: number;
  /** The service plan beside which the licence is wanted; null where the person has none. */
  readonly beside: string | null;
}

const mostRows = 10;

interface LicensesToTell extends Pick<LicensesAnswer, 'about' | 'days' | 'minutes'> {
  readonly calls: ReadonlyMap<string, number>;
}

/** Calls are by the user as the usage report names them, by an id or a principal name. */
export function licenses({ credits, people }: Licensing, { calls, ...told }: LicensesToTell): LicensesAnswer {
  const callsByUser = new Map([...calls].map(([user, count]) => [user.toLowerCase(), count]));
  const lacking = people
    .filter((person) => person.enabled && !person.guest && !person.servicePlans.has(creditsLicence))
    .map((person) => lackingPerson(person, callsByUser))
    .filter((person) => person.calls > 0 || person.beside !== null)
    .sort(byCalls);
  return {
    kind: 'licenses',
    ...told,
    lacking: lacking.length,
    people: lacking.slice(0, mostRows),
    more: Math.max(0, lacking.length - mostRows),
    credits,
  };
}

function lackingPerson(person: LicensedPerson, calls: ReadonlyMap<string, number>): LackingPerson {
  const byId = calls.get(person.id.toLowerCase()) ?? 0;
  const byName = calls.get(person.userPrincipalName.toLowerCase()) ?? 0;
  return {
    displayName: person.displayName,
    calls: byId + byName,
    beside: plansBesideCredits.find((plan) => person.servicePlans.has(plan)) ?? null,
  };
}

function byCalls(left: LackingPerson, right: LackingPerson): number {
  return right.calls - left.calls || left.displayName.localeCompare(right.displayName, 'en');
}
