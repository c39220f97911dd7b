import { parse } from 'lossless-json';
import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import { currency } from '../money/currency.ts';
import { readDecimal } from '../money/read-decimal.ts';
import type { BetaAnswer, BetaUnavailable, BlockEntry, DialOutSpend } from '../usage/beta-reports.ts';
import type { Span } from '../usage/span.ts';
import { readTime } from '../usage/time-text.ts';
import type { BetaReports } from '../workflows/ports.ts';
import { type GraphClient, inTheBackground } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readCollection } from './graph-json.ts';

/** Functions of Graph's beta, which Microsoft may change or take away: what fails is told, and nothing rests on it. */
export function graphBetaReports(client: GraphClient): BetaReports {
  return {
    dialOut: (tenant, span) =>
      answer(client, tenant, {
        path: pathOf('getPstnOnlineMeetingDialoutReport', span),
        item: dialOutItem,
      }),
    blockedUsers: (tenant, span) =>
      answer(client, tenant, { path: pathOf('getPstnBlockedUsersLog', span), item: blockItem }),
  };
}

/** Graph includes both ends. */
function pathOf(name: string, { from, to }: Span): string {
  const [first, last] = [new Date(from).toISOString(), new Date(to - 1).toISOString()];
  return `/beta/communications/callRecords/${name}(fromDateTime=${first},toDateTime=${last})`;
}

async function answer<Row>(
  client: GraphClient,
  tenant: TenantId,
  asked: { readonly path: string; readonly item: z.ZodType<Row, z.ZodTypeDef, unknown> },
): Promise<BetaAnswer<Row>> {
  const wanted = { ...asked, patience: inTheBackground, parse: losslessly };
  try {
    return { kind: 'rows', rows: await readCollection(client, tenant, wanted) };
  } catch (cause) {
    if (cause instanceof GraphFailed) return { kind: 'unavailable', reason: reasonOf(cause) };
    throw cause;
  }
}

function reasonOf({ problem }: GraphFailed): BetaUnavailable {
  if (problem.kind === 'no-answer') return 'busy';
  return problem.kind === 'refused' || problem.kind === 'no-token' ? 'refused' : 'unreadable';
}

/** A number stays the text it is, so that money is never a float. */
function losslessly(text: string): unknown {
  return parse(text, null, (number) => number);
}

function orIssue<Value>(value: Value | null, context: z.RefinementCtx): Value {
  if (value !== null) return value;
  context.addIssue({ code: z.ZodIssueCode.custom, message: 'not as documented' });
  return z.NEVER;
}

const dialOutItem = z
  .object({
    currency: z.string().transform((text, context) => orIssue(currency(text), context)),
    totalCallCharge: z.string().transform((text, context) => orIssue(readDecimal(text), context)),
  })
  .transform((row): DialOutSpend => ({ currency: row.currency, charge: row.totalCallCharge.microUnits }));

const blockItem = z
  .object({
    userId: z.string(),
    userPrincipalName: z.string().nullish(),
    userDisplayName: z.string().nullish(),
    blockDateTime: z.string().transform((text, context) => orIssue(readTime(text), context)),
    userBlockMode: z.string(),
    blockReason: z.string().nullish(),
    remediationId: z.string().nullish(),
  })
  .transform(
    (row): BlockEntry => ({
      remediationId: row.remediationId ?? '',
      userId: row.userId,
      displayName: row.userDisplayName || row.userPrincipalName || row.userId,
      at: row.blockDateTime,
      blocked: row.userBlockMode.toLowerCase() === 'blocked',
      reason: row.blockReason ?? null,
    }),
  );
