import { auditHash, emptyAudit } from '../decision/audit.ts';
import type { TenantId } from '../decision/ids.ts';
import { readAuditEntry } from './audit-log.ts';
import type { Store } from './ports.ts';
import type { TenantBooks } from './tenant-books.ts';
import type { TenantViolation } from './verify-rows.ts';

/**
 * Follows the chain from its first entry; the first that does not fit is named, for all after it hang on it. An entry
 * that cannot be read at all is named by its place, which is its number.
 */
export async function brokenAuditChain(
  store: Store,
  tenant: TenantId,
  books: TenantBooks,
): Promise<readonly TenantViolation[]> {
  let last = emptyAudit;
  for await (const batch of store.log(tenant, 'audit')) {
    for (const stored of batch) {
      const seq = last.seq + 1;
      const hash = hashOfNext(stored, { seq, previousHash: last.hash });
      if (hash === null) return [{ code: 'audit-chain-broken', data: { seq } }];
      last = { seq, hash };
    }
  }
  const head = books.audit.state;
  if (head.seq === last.seq && head.hash === last.hash) return [];
  return [{ code: 'audit-head-differs', data: { kept: head.seq, found: last.seq } }];
}

/** The entry's own hash where it is the next of the chain, else null. */
function hashOfNext(
  stored: Parameters<typeof readAuditEntry>[0],
  { seq, previousHash }: { readonly seq: number; readonly previousHash: string },
): string | null {
  try {
    const entry = readAuditEntry(stored);
    const isNext = entry.seq === seq && entry.previousHash === previousHash;
    return isNext && entry.hash === auditHash(seq, previousHash, entry) ? entry.hash : null;
  } catch {
    return null;
  }
}
