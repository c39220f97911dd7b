import { z } from 'zod';
import type { AuditEntry, AuditFact } from '../decision/audit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Store } from './ports.ts';

const storedAudit = z
  .object({
    v: z.literal(1),
    seq: z.number().int(),
    at: z.number().int(),
    actor: z.string(),
    type: z
      .string()
      .regex(/\./)
      .transform((type) => type as AuditFact['type']),
    subject: z.string(),
    data: z.record(z.custom<JsonValue>()),
    previousHash: z.string(),
    hash: z.string(),
  })
  // The hash covers what is named here; anything else was put there by somebody else.
  .strict();

/** @throws {z.ZodError} where the shape is not one that this version writes */
export function readAuditEntry(stored: JsonValue): AuditEntry {
  const { v, ...entry } = storedAudit.parse(stored);
  return entry;
}

/** Somebody changed an entry into what cannot be read. */
export class AuditUnreadable extends Error {
  constructor(place: number) {
    super(`Entry ${place} of the audit cannot be read. "credits verify" says what else was changed.`);
    this.name = 'AuditUnreadable';
  }
}

/** The whole chain from its first entry on, in batches: for the operator. @throws {AuditUnreadable} */
export async function* auditLog(store: Store, tenant: TenantId): AsyncGenerator<readonly AuditEntry[]> {
  let place = 0;
  for await (const batch of store.log(tenant, 'audit')) {
    yield batch.map((stored) => {
      place += 1;
      const read = storedAudit.safeParse(stored);
      if (!read.success) throw new AuditUnreadable(place);
      const { v, ...entry } = read.data;
      return entry;
    });
  }
}
