import type { RowId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';

/**
 * One call of the PSTN usage report, from Graph (`pstnCallLogRow`) or from the exported file; the field names are
 * Graph's. Call types, capabilities, inventory types and columns are open sets: unknown values are kept.
 */
export interface UsageRow {
  readonly id: RowId;
  readonly source: 'graph' | 'report';
  /** Not unique; never a key. */
  readonly callId: string | null;
  readonly userId: string | null;
  readonly userPrincipalName: string | null;
  readonly userDisplayName: string | null;
  readonly startedAt: Instant;
  /** As written, with its up to seven fraction digits. */
  readonly startText: string;
  readonly endedAt: Instant;
  readonly durationSeconds: number;
  /** In micro-units of {@link currency}. */
  readonly charge: bigint;
  /** How finely the source knows the charge: the export two decimals, Graph six. */
  readonly chargeDecimals: number;
  readonly connectionCharge: bigint;
  readonly currency: Currency | null;
  readonly callType: string | null;
  readonly licenseCapability: string | null;
  readonly inventoryType: string | null;
  readonly operator: string | null;
  readonly destinationContext: string | null;
  readonly destinationName: string | null;
  /** E.164, or masked with asterisks at its end, or (operators' rows) any text. */
  readonly callerNumber: string | null;
  readonly calleeNumber: string | null;
  readonly usageCountryCode: string | null;
  readonly tenantCountryCode: string | null;
  readonly conferenceId: string | null;
  readonly callDurationSource: string | null;
  /** Columns that are not documented, by their name. */
  readonly extra: Readonly<Record<string, string>>;
}
