import type { Refusal } from '../decision/decider.ts';
import { hourMs } from '../decision/time.ts';
import { type Currency, minorUnitDigits } from '../money/currency.ts';
import type { Money } from '../money/money.ts';

/** One approval that a rule asks for: by a person who is named, or who holds one of the roles. */
export interface Seat {
  /** Role template ids. */
  readonly roles: readonly string[];
  /** Directory object ids. */
  readonly people: readonly string[];
}

/** Amounts up to a limit, and the approvals that they need, each by another person. */
export interface Band {
  /** Micro-units, the limit itself included. */
  readonly upTo: bigint;
  readonly seats: readonly Seat[];
}

/** Who must agree to a top-up in one currency, and in what time; data, and a request keeps the one it was born with. */
export interface Policy {
  readonly version: number;
  readonly currency: Currency;
  /** From the smallest limit to the largest, which is the most that may be asked for. */
  readonly bands: readonly Band[];
  /** How long a request waits for its approvals. */
  readonly pendingMs: number;
  /** How long an approved request waits for the purchase. */
  readonly executeMs: number;
  /** How long a recorded purchase waits for the balance to show it. */
  readonly proofMs: number;
  readonly reminders: Reminders;
  /** Roles that take a seat for which nobody else is left. */
  readonly standIns: readonly string[];
  /** Roles that can buy in the admin centre, and so record a purchase. */
  readonly buyers: readonly string[];
  readonly breakGlass: BreakGlass;
}

export interface Reminders {
  readonly everyMs: number;
  /** Where the money is needed within {@link urgentWithinMs}. */
  readonly urgentEveryMs: number;
  readonly urgentWithinMs: number;
  readonly most: number;
}

/** One person goes alone once the balance is used up; the others look at it afterwards. */
export interface BreakGlass {
  /** Micro-units. */
  readonly cap: bigint;
  readonly reviewMs: number;
}

/** A band by its policy's version and its place from 1, as entries of the log name it. */
export interface RuleName {
  readonly policy: number;
  readonly band: number;
}

export interface AmountOverLimit extends Refusal {
  readonly code: 'topup-over-limit' | 'topup-not-positive';
}

export const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

/** More approvals than this for one amount stop the work and make it no safer. */
export const mostSeats = 5;

/** What holds until a tenant sets its own: 200 and 2,000 US dollars part the bands, and their like elsewhere. */
export function defaultPolicy(currency: Currency): Policy {
  const major = unitOf(currency) * 1_000_000n;
  const billing: Seat = { roles: [billingAdministrator], people: [] };
  const billingOrGlobal: Seat = { roles: [billingAdministrator, globalAdministrator], people: [] };
  return {
    version: 1,
    currency,
    bands: [
      { upTo: 200n * major, seats: [billingOrGlobal] },
      { upTo: 2_000n * major, seats: [billing] },
      { upTo: 50_000n * major, seats: [billing, billingOrGlobal] },
    ],
    pendingMs: 72 * hourMs,
    executeMs: 48 * hourMs,
    proofMs: 24 * hourMs,
    reminders: {
      everyMs: 24 * hourMs,
      urgentEveryMs: 4 * hourMs,
      urgentWithinMs: 24 * hourMs,
      most: 3,
    },
    standIns: [globalAdministrator],
    buyers: [billingAdministrator, globalAdministrator],
    breakGlass: { cap: 500n * major, reviewMs: 72 * hourMs },
  };
}

/**
 * The unit that stands for a dollar. Where a currency is not named, its own unit does: that is at most a stricter
 * rule for most of them.
 */
function unitOf(currency: Currency): bigint {
  const known = { KRW: 1_000n, JPY: 100n }[currency as string];
  return known ?? (minorUnitDigits(currency) === 0 ? 100n : 1n);
}

/** The band of an amount. Refuses what is not above zero, and what is above the last band. */
export function bandOf(
  policy: Policy,
  { microUnits, currency }: Money,
): { readonly kind: 'band'; readonly band: Band; readonly rule: RuleName } | AmountRefused {
  if (microUnits <= 0n) return { kind: 'refused', refusal: { code: 'topup-not-positive' } };
  const index = policy.bands.findIndex(({ upTo }) => microUnits <= upTo);
  const band = policy.bands[index];
  if (band !== undefined) return { kind: 'band', band, rule: { policy: policy.version, band: index + 1 } };
  const limit = (policy.bands.at(-1)?.upTo ?? 0n) / 1_000_000n;
  return { kind: 'refused', refusal: { code: 'topup-over-limit', data: { limit: `${limit}`, currency } } };
}

interface AmountRefused {
  readonly kind: 'refused';
  readonly refusal: AmountOverLimit;
}
