import { z } from 'zod';
import type { EpisodeEvent } from '../alerts/episode-event.ts';
import { type AlertEvent, type AlertsState, episodeOf } from '../alerts/unfolding.ts';
import type { AuditEntry, AuditFact } from '../decision/audit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { receipts } from '../outbox/deliveries.ts';
import { speedOf, type Told, toldOf } from '../outbox/told.ts';
import { auditLog } from './audit-log.ts';
import type { Store } from './ports.ts';

const type = 'drill.completed';
/** An entry is read whole. */
const mostNamed = 1_000;

const person = z.object({
  person: z.string(),
  outcome: z.enum(['sent', 'failed', 'unknown', 'pending']),
  way: z.string().nullable(),
  why: z.string().nullable(),
  /** From the beginning of the drill until the person was told. */
  seconds: z.number().nullable(),
});
const certificate = z.object({
  startedAt: z.number().int(),
  endedAt: z.number().int(),
  of: z.number().int(),
  reached: z.number().int(),
  medianSeconds: z.number().nullable(),
  slowestSeconds: z.number().nullable(),
  people: z.array(person),
  /** People beyond those that are named. */
  more: z.number().int(),
});

/** What a drill came to, with its place in the tenant's audit. */
export interface DrillCertificate extends z.infer<typeof certificate>, Pick<AuditEntry, 'seq' | 'hash'> {
  readonly incident: string;
}

/**
 * The audit entries of drills that end by these events: what was known of each person at that moment, by the records
 * of the deliveries. @throws {StoreUnavailable}
 */
export async function drillsCompleted(
  store: Pick<Store, 'members' | 'records'>,
  tenant: TenantId,
  { events, state }: { readonly events: readonly AlertEvent[]; readonly state: AlertsState },
): Promise<readonly AuditFact[]> {
  const ends = events.flatMap((event) => {
    if (!('episode' in event) || event.type !== 'resolved') return [];
    const episode = episodeOf(state, event.episode);
    return episode?.kind === 'drill' ? [{ event, startedAt: episode.openedAt }] : [];
  });
  return Promise.all(ends.map((end) => completed(store, tenant, end)));
}

async function completed(
  store: Pick<Store, 'members' | 'records'>,
  tenant: TenantId,
  {
    event: { episode: id, by, at },
    startedAt,
  }: { readonly event: Extract<EpisodeEvent, { type: 'resolved' }>; readonly startedAt: Instant },
): Promise<AuditFact> {
  const told = toldOf(await receipts(store, tenant, { kind: 'incident', id }));
  return {
    at,
    actor: by ?? 'alerts',
    type,
    subject: id,
    data: certificateOf(told, { startedAt, endedAt: at }),
  };
}

function certificateOf(
  told: readonly Told[],
  { startedAt, endedAt }: { readonly startedAt: Instant; readonly endedAt: Instant },
): { readonly [key: string]: JsonValue } {
  const speed = speedOf(told, startedAt);
  return {
    startedAt,
    endedAt,
    of: told.length,
    reached: told.filter(({ outcome }) => outcome === 'sent').length,
    medianSeconds: speed === null ? null : speed.medianMs / 1_000,
    slowestSeconds: speed === null ? null : speed.slowestMs / 1_000,
    people: told.slice(0, mostNamed).map(({ recipient, outcome, way, why, toldAt }) => ({
      person: recipient,
      outcome,
      way,
      why,
      seconds: toldAt === null ? null : Math.max(0, toldAt - startedAt) / 1_000,
    })),
    more: Math.max(0, told.length - mostNamed),
  };
}

/**
 * Of the drill of this id, else of the last one; null where no such drill has ended. Reads the audit from its first
 * entry: for an operator, never for an answer. @throws {StoreUnavailable}
 */
export async function drillCertificate(
  store: Store,
  tenant: TenantId,
  id: string | null,
): Promise<DrillCertificate | null> {
  let last: AuditEntry | null = null;
  for await (const batch of auditLog(store, tenant)) {
    last = batch.findLast((entry) => entry.type === type && (id === null || entry.subject === id)) ?? last;
  }
  if (last === null) return null;
  const { seq, hash, subject } = last;
  return { incident: subject, seq, hash, ...certificate.parse(last.data) };
}
