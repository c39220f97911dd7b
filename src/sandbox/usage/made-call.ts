import { type Day, hourMs, type Instant, startOfDay } from '../../decision/time.ts';
import { microUnitsToDecimal } from '../../money/money.ts';
import type { PriceCall } from '../price-call.ts';
import type { CallKind } from './call-kinds.ts';
import { type Destination, type Employee, employees, type Office } from './offices.ts';
import type { PstnCallLogRow } from './pstn-call-log-row.ts';
import type { Random } from './random.ts';

/** A made-up call, and when the usage report first shows it: 24 to 48 hours after its end. */
export interface SandboxCall {
  readonly row: PstnCallLogRow;
  readonly startedAt: Instant;
  readonly reportedAt: Instant;
  readonly chargeMicroUnits: bigint;
}

export interface UsageMaking {
  readonly seed: number;
  readonly currency: string;
  readonly price: PriceCall;
}

/** One call of a kind on a UTC day, drawn from the random numbers. */
export function makeCall(
  kind: CallKind,
  { day, random, making }: { readonly day: Day; readonly random: Random; readonly making: UsageMaking },
): SandboxCall {
  const employee = random.pick(employees);
  const { office } = employee;
  const durationSeconds = duration(kind, random);
  const startedAt = startOfDay(day) + millisecondOfDay(office, random);
  const endedAt = startedAt + durationSeconds * 1_000;
  const numbers = numbersOf(kind, employee, random);
  const priced = making.price({
    direction: kind.inventoryType === 'TollFree' ? 'inbound-toll-free' : 'outbound',
    number: kind.direction === 'in' ? numbers.own : numbers.other,
    durationSeconds,
  });
  const isCharged = kind.licenseCapability === 'MCOPSTNPP' && priced !== null;
  const chargeMicroUnits = isCharged ? priced.chargeMicroUnits : 0n;
  const connectionMicroUnits = isCharged ? priced.connectionMicroUnits : 0n;
  const other = masked(numbers.other, office.maskedDigits);
  const row: PstnCallLogRow = {
    id: random.guid(),
    callId: `${random.integer(1_835_000_000, 1_835_999_999)}_${random.integer(112_000_000, 113_999_999)}@61.221.3.${random.integer(1, 254)}`,
    userId: kind.person ? employee.id : null,
    userPrincipalName: kind.person ? employee.userPrincipalName : null,
    userDisplayName: kind.person ? employee.displayName : null,
    ...dateTimes({ startedAt, endedAt }, random),
    duration: durationSeconds,
    charge: wireNumber(chargeMicroUnits),
    callType: kind.callType,
    currency: making.currency,
    calleeNumber: kind.direction === 'in' ? numbers.own : other,
    usageCountryCode: office.countryCode,
    tenantCountryCode: office.tenantCountryCode,
    connectionCharge: wireNumber(connectionMicroUnits),
    callerNumber: kind.direction === 'in' ? other : numbers.own,
    destinationContext: context(kind),
    destinationName: priced?.destinationName ?? null,
    conferenceId: kind.conference ? String(random.integer(100_000_000, 999_999_999)) : null,
    licenseCapability: kind.licenseCapability === 'pool' ? office.poolCapability : kind.licenseCapability,
    inventoryType: kind.inventoryType,
    operator: 'Microsoft',
    callDurationSource: 'microsoft',
  };
  return { row, startedAt, reportedAt: endedAt + lateness(random), chargeMicroUnits };
}

/** Most calls are near the median, a few are very long. */
function duration(kind: CallKind, random: Random): number {
  if (kind.medianMinutes === null) return 0;
  const seconds = kind.medianMinutes * 60 * Math.exp(0.6 * random.normal());
  return Math.round(Math.max(5, Math.min(3 * 3_600, seconds)));
}

/** Around half past ten and around three by the office's clock. */
function millisecondOfDay(office: Office, random: Random): number {
  const peakHour = random.next() < 0.55 ? 10.5 : 15;
  const localHour = Math.max(7, Math.min(20, peakHour + 1.4 * random.normal()));
  const utcHour = (localHour - office.hoursFromUtc + 24) % 24;
  return Math.floor(utcHour * hourMs);
}

function numbersOf(kind: CallKind, { office, number }: Employee, random: Random) {
  const other =
    kind.otherSide === 'abroad' ? numberAbroad(office, random) : numberIn(office.domestic, random);
  if (kind.inventoryType === 'TollFree') return { own: office.tollFreeNumber, other };
  return { own: kind.inventoryType === 'Service' ? office.serviceNumber : number, other };
}

function numberAbroad({ abroad: destinations }: Office, random: Random): string {
  const total = destinations.reduce((sum, destination) => sum + destination.weight, 0);
  let left = random.next() * total;
  const chosen = destinations.find((destination) => {
    left -= destination.weight;
    return left < 0;
  });
  return numberIn(chosen ?? random.pick(destinations), random);
}

function numberIn({ prefix, digits }: Pick<Destination, 'prefix' | 'digits'>, random: Random): string {
  return prefix + String(random.integer(0, 10 ** digits - 1)).padStart(digits, '0');
}

/** Privacy law of some countries hides the other side's last digits, in Graph too. */
function masked(number: string, digits: number): string {
  return number.slice(0, number.length - digits) + '*'.repeat(digits);
}

function context(kind: CallKind): string | null {
  if (kind.direction === 'in') return null;
  return kind.otherSide === 'abroad' ? 'International' : 'Domestic';
}

/** Both share the four digits beyond the millisecond. */
function dateTimes(times: { readonly startedAt: Instant; readonly endedAt: Instant }, random: Random) {
  const beyond = String(random.integer(0, 9_999)).padStart(4, '0');
  const text = (at: Instant) => `${new Date(at).toISOString().slice(0, -1)}${beyond}Z`;
  return { startDateTime: text(times.startedAt), endDateTime: text(times.endedAt) };
}

/** Half of the calls are shown within 30 hours, the last after 48. */
function lateness(random: Random): number {
  return Math.round((24 + 24 * random.next() ** 2) * hourMs);
}

/** Graph's charges are doubles, so ours go over the wire as such. */
function wireNumber(microUnits: bigint): number {
  return Number(microUnitsToDecimal(microUnits, 0));
}
