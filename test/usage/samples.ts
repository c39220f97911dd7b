import { readFileSync } from 'node:fs';
import { type RowId, rowId } from '../../src/decision/ids.ts';
import type { Currency } from '../../src/money/currency.ts';
import { readGraphPage } from '../../src/usage/graph-rows.ts';
import { decideIntake } from '../../src/usage/intake.ts';
import type { KnownRow, KnownRows } from '../../src/usage/known-row.ts';
import type { ReadRow } from '../../src/usage/read-row.ts';
import { readUsageFile } from '../../src/usage/usage-file.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';

export const usd = 'USD' as Currency;
export const eur = 'EUR' as Currency;

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

/** The bytes in pieces of the given sizes, the last size over and over. */
export async function* bytesOf(
  content: string | Uint8Array,
  sizes: readonly number[] = [65_536],
): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  let start = 0;
  for (let piece = 0; start < bytes.length; piece += 1) {
    const end = start + (sizes[Math.min(piece, sizes.length - 1)] ?? bytes.length);
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** All that a file holds; the test fails where it is refused. */
export async function readAll(
  content: string | Uint8Array,
  sizes?: readonly number[],
): Promise<readonly ReadRow[]> {
  const file = await readUsageFile(bytesOf(content, sizes));
  if (file.kind === 'refused') throw new Error(`refused: ${JSON.stringify(file.refusal)}`);
  const rows: ReadRow[] = [];
  for await (const batch of file.batches) rows.push(...batch);
  return rows;
}

export function usages(rows: readonly ReadRow[]): readonly UsageRow[] {
  return rows.flatMap((read) => (read.kind === 'row' ? [read.usage] : []));
}

export function rejections(
  rows: readonly ReadRow[],
): readonly { readonly row: number; readonly reason: string }[] {
  return rows.flatMap((read) => (read.kind === 'rejected' ? [{ row: read.row, reason: read.reason }] : []));
}

export async function usagesIn(name: string): Promise<readonly UsageRow[]> {
  return usages(await readAll(fixture(name)));
}

/** The rows of a page that holds just these. */
export function graphRows(...items: readonly unknown[]): readonly ReadRow[] {
  const page = readGraphPage(JSON.stringify({ value: items }));
  if (page.kind === 'refused') throw new Error(`refused: ${JSON.stringify(page.refusal)}`);
  return page.rows;
}

/** A row paid from credits, told by the report; say what the case is about. */
export function usageRow(differing: Partial<UsageRow> = {}): UsageRow {
  return {
    id: idOf(1),
    source: 'report',
    callId: null,
    userId: 'someone',
    userPrincipalName: null,
    userDisplayName: null,
    startedAt: Date.parse('2026-10-01T09:00:00.123Z'),
    startText: '2026-10-01T09:00:00.1234567Z',
    endedAt: Date.parse('2026-10-01T09:01:00.123Z'),
    durationSeconds: 60,
    charge: 130_000n,
    chargeDecimals: 2,
    connectionCharge: 0n,
    currency: usd,
    callType: 'user_out',
    licenseCapability: 'MCOPSTNPP',
    inventoryType: 'Subscriber',
    operator: null,
    destinationContext: 'International',
    destinationName: 'Germany',
    callerNumber: '+14255550142',
    calleeNumber: '+4930555012',
    usageCountryCode: 'US',
    tenantCountryCode: null,
    conferenceId: null,
    callDurationSource: null,
    extra: {},
    ...differing,
  };
}

export function idOf(number: number): RowId {
  const id = rowId(`00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
  if (id === null) throw new Error('not a GUID');
  return id;
}

/** What is known after batches were taken in one after the other. */
export function knownAfter(...batches: readonly (readonly UsageRow[])[]): KnownRows {
  const known = new Map<RowId, KnownRow>();
  for (const batch of batches) {
    for (const [id, row] of decideIntake(batch, known).records) known.set(id, row);
  }
  return known;
}

/** What the known rows come to, by currency. */
export function spent(known: KnownRows): Readonly<Record<string, { calls: number; microUnits: bigint }>> {
  const sums: Record<string, { calls: number; microUnits: bigint }> = {};
  for (const row of known.values()) {
    if (row.ignored !== null || row.currency === null) continue;
    const sum = sums[row.currency] ?? { calls: 0, microUnits: 0n };
    sums[row.currency] = { calls: sum.calls + 1, microUnits: sum.microUnits + row.charge };
  }
  return sums;
}

/** Rows by id without their revisions, which are history and not content. */
export function contentOf(known: KnownRows): readonly (readonly [RowId, Omit<KnownRow, 'revision'>])[] {
  return [...known]
    .map(([id, { revision: _, ...content }]) => [id, content] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}
