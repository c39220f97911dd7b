import { createHash } from 'node:crypto';
import type { JsonValue } from './json.ts';
import type { Instant } from './time.ts';

/** What happened, who did it and to what; types are `<capability>.<past participle>`. */
export interface AuditFact {
  readonly at: Instant;
  /** A person's id, or the name of the part that acted, such as `credits import`. */
  readonly actor: string;
  readonly type: `${string}.${string}`;
  readonly subject: string;
  readonly data: { readonly [key: string]: JsonValue };
}

export interface AuditEntry extends AuditFact {
  /** From 1, without gaps, one chain a tenant. */
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Where the chain stands. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

export const emptyAudit: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** Appends to the chain: each entry carries the hash of the one before, so that no entry can be altered unseen. */
export function appendAudit(head: AuditHead, fact: AuditFact): AuditEntry {
  const seq = head.seq + 1;
  return { ...fact, seq, previousHash: head.hash, hash: auditHash(seq, head.hash, fact) };
}

/**
 * The contract of the hash: SHA-256 in hex over the JSON array
 * `[seq, previousHash, at, actor, type, subject, data]`, `data` with its keys in order.
 */
export function auditHash(seq: number, previousHash: string, fact: AuditFact): string {
  const content = [seq, previousHash, fact.at, fact.actor, fact.type, fact.subject, inKeyOrder(fact.data)];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function inKeyOrder(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map(inKeyOrder);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKeyOrder(inner)]));
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
