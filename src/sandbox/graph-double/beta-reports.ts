import type { JsonValue } from '../../decision/json.ts';
import { dayMs, type Instant } from '../../decision/time.ts';
import { microUnitsToDecimal } from '../../money/money.ts';
import type { Employee } from '../usage/offices.ts';
import type { CallHistory, SandboxCall } from '../usage-maker.ts';
import { found, type GraphPart } from './graph-answer.ts';

interface BetaOptions {
  readonly calls: CallHistory;
  readonly employees: readonly Employee[];
  readonly now: () => Instant;
  readonly pageSize: number;
}

/**
 * `getPstnOnlineMeetingDialoutReport` from the calls that meetings made, and `getPstnBlockedUsersLog` with one user who
 * was blocked ten days ago and unblocked a day later; in the beta alone, as documented.
 */
export function betaReports(options: BetaOptions): GraphPart {
  return ({ path, query, versionUrl }) => {
    const groups = functionCall.exec(path)?.groups;
    if (groups === undefined || !versionUrl.endsWith('/beta')) return null;
    const { name = '', from = '', to = '' } = groups;
    const span = { from: Date.parse(from), to: Date.parse(to) };
    const isLog = name === 'getPstnBlockedUsersLog';
    const rows = isLog ? blockedUsers(options, span) : dialOut(options, span);
    const skip = Number(query.get('$skip') ?? 0);
    const next = skip + options.pageSize;
    const page = rows.slice(skip, next);
    const nextLink = `${versionUrl}/communications/callRecords/${name}(fromDateTime=${from},toDateTime=${to})?$skip=${next}`;
    const type = isLog ? 'pstnBlockedUsersLogRow' : 'pstnOnlineMeetingDialoutReport';
    return found({
      '@odata.context': `${versionUrl}/$metadata#Collection(microsoft.graph.callRecords.${type})`,
      '@odata.count': page.length,
      ...(next < rows.length ? { '@odata.nextLink': nextLink } : {}),
      value: page,
    });
  };
}

const functionCall =
  /^\/communications\/callRecords\/(?:microsoft\.graph\.callRecords\.)?(?<name>getPstnOnlineMeetingDialoutReport|getPstnBlockedUsersLog)\(fromDateTime=(?<from>[^,]+),toDateTime=(?<to>[^)]+)\)$/;

interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

const dialOutTypes: ReadonlySet<string> = new Set(['conf_out', 'user_out_conf']);

function dialOut({ calls, now }: BetaOptions, range: Range): readonly JsonValue[] {
  const groups = new Map<string, SandboxCall[]>();
  for (const call of calls(range)) {
    const { callType, userId, usageCountryCode, destinationContext, currency } = call.row;
    if (call.reportedAt > now() || call.chargeMicroUnits === 0n || !dialOutTypes.has(callType)) continue;
    const key = [userId, usageCountryCode, destinationContext, currency].join('|');
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [sumOf(first, others)] : []));
}

function sumOf(first: SandboxCall, others: readonly SandboxCall[]): JsonValue {
  const all = [first, ...others];
  const charge = all.reduce((sum, { chargeMicroUnits }) => sum + chargeMicroUnits, 0n);
  const { userId, userPrincipalName, userDisplayName, usageCountryCode } = first.row;
  return {
    userId,
    userPrincipalName,
    userDisplayName,
    usageLocation: usageCountryCode,
    destinationContext: first.row.destinationContext,
    currency: first.row.currency,
    totalCalls: all.length,
    totalCallCharge: Number(microUnitsToDecimal(charge, 0)),
    totalCallSeconds: all.reduce((sum, { row }) => sum + row.duration, 0),
  };
}

function blockedUsers({ employees, now }: BetaOptions, { from, to }: Range): readonly JsonValue[] {
  const [user] = employees;
  if (user === undefined) return [];
  const blockedAt = Math.floor(now() / dayMs) * dayMs - 10 * dayMs;
  const entry = (at: Instant, userBlockMode: string, blockReason: string) => ({
    userId: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    blockDateTime: new Date(at).toISOString(),
    userTelephoneNumber: user.number,
    userBlockMode,
    blockReason,
    remediationId: 'c98e1515-a937-4b81-b8a8-3992afde64e0',
  });
  return [
    entry(blockedAt, 'Blocked', 'High Overall Usage'),
    entry(blockedAt + dayMs, 'Unblocked', 'Tenant Requested'),
  ].filter(({ blockDateTime }) => Date.parse(blockDateTime) >= from && Date.parse(blockDateTime) <= to);
}
