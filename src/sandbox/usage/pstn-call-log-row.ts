/** One row of Graph's `getPstnCalls`, as it stands on the wire (`microsoft.graph.callRecords.pstnCallLogRow`, v1.0). */
export interface PstnCallLogRow {
  readonly id: string;
  readonly callId: string;
  readonly userId: string | null;
  readonly userPrincipalName: string | null;
  readonly userDisplayName: string | null;
  /** UTC with seven fraction digits. */
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly duration: number;
  readonly charge: number;
  readonly callType: string;
  readonly currency: string;
  readonly calleeNumber: string;
  readonly usageCountryCode: string;
  readonly tenantCountryCode: string;
  readonly connectionCharge: number;
  readonly callerNumber: string;
  readonly destinationContext: string | null;
  readonly destinationName: string | null;
  readonly conferenceId: string | null;
  readonly licenseCapability: string;
  readonly inventoryType: string;
  readonly operator: string;
  readonly callDurationSource: string;
}
