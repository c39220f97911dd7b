import { microUnitDigits } from '../money/money.ts';
import { ignoredReason } from './credit-funding.ts';
import type { KnownRow } from './known-row.ts';

/**
 * Whether two accounts of one row are the same charge: currency, capability and start agree, and so do the charges,
 * or the finer one rounds to the other. The export has two decimals, Graph more, and both tell of the same call.
 */
export function isSameCharge(left: KnownRow, right: KnownRow): boolean {
  return (
    left.currency === right.currency &&
    left.capability?.toUpperCase() === right.capability?.toUpperCase() &&
    startsAgree(left, right) &&
    chargesAgree(left, right)
  );
}

/**
 * One row out of two accounts of the same charge, whichever came first: the finer charge and the finer start, and
 * else Graph's word before the report's, and of one source the later.
 */
export function merged(known: KnownRow, incoming: KnownRow): KnownRow {
  const [better, other] =
    known.source === 'graph' && incoming.source === 'report' ? [known, incoming] : [incoming, known];
  const finer = better.chargeDecimals >= other.chargeDecimals ? better : other;
  const row: KnownRow = {
    ...better,
    revision: known.revision,
    startedAt: isWholeSecond(better) ? other.startedAt : better.startedAt,
    charge: finer.charge,
    chargeDecimals: finer.chargeDecimals,
    user: better.user ?? other.user,
    callType: better.callType ?? other.callType,
    destination: better.destination ?? other.destination,
    callerNumber: better.callerNumber ?? other.callerNumber,
    calleeNumber: better.calleeNumber ?? other.calleeNumber,
    inventoryType: better.inventoryType ?? other.inventoryType,
    usageCountryCode: better.usageCountryCode ?? other.usageCountryCode,
    tenantCountryCode: better.tenantCountryCode ?? other.tenantCountryCode,
    extra: { ...other.extra, ...better.extra },
  };
  return { ...row, ignored: ignoredReason(row) };
}

/** A source that writes whole seconds tells of the same start as one that writes their fractions. */
function startsAgree(left: KnownRow, right: KnownRow): boolean {
  if (left.startedAt === right.startedAt) return true;
  if (isWholeSecond(left) === isWholeSecond(right)) return false;
  return Math.abs(left.startedAt - right.startedAt) < 1_000;
}

function isWholeSecond(row: KnownRow): boolean {
  return row.startedAt % 1_000 === 0;
}

function chargesAgree(left: KnownRow, right: KnownRow): boolean {
  if (left.charge === right.charge) return true;
  if (left.chargeDecimals === right.chargeDecimals) return false;
  const difference = left.charge > right.charge ? left.charge - right.charge : right.charge - left.charge;
  return 2n * difference <= coarserUnit(left, right);
}

function coarserUnit(left: KnownRow, right: KnownRow): bigint {
  return 10n ** BigInt(microUnitDigits - Math.min(left.chargeDecimals, right.chargeDecimals));
}
