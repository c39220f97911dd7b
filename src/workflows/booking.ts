import { type AuditFact, appendAudit } from '../decision/audit.ts';
import type { Change, HeadChange, LogEvent } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { AccountState } from '../ledger/account.ts';
import { type AccountEvent, account } from '../ledger/account.ts';
import { storeEvent } from '../ledger/stored-account.ts';
import { accountHead, auditHeadChange, type TenantBooks, type Versioned } from './tenant-books.ts';

/** A part of a change: some heads, with the log events that led to them. */
export interface Booked {
  readonly heads: readonly HeadChange[];
  readonly events: readonly LogEvent[];
}

/** What an account's events come to. Nothing is written where nothing happened: a repetition leaves no trace. */
export function bookAccount(before: Versioned<AccountState>, events: readonly AccountEvent[]): Booked {
  if (events.length === 0) return { heads: [], events: [] };
  const next = events.reduce(account.evolve, before.state);
  const log = `ledger:${next.currency}`;
  return {
    heads: [accountHead(before, next)],
    events: events.map((event) => ({ log, event: storeEvent(event) })),
  };
}

/** The audit entries of a change, mostly one, in the same commit as what they tell of. */
export function bookAudit(books: TenantBooks, ...facts: readonly AuditFact[]): Booked {
  if (facts.length === 0) return { heads: [], events: [] };
  let last = books.audit.state;
  const events = facts.map((fact) => {
    const entry = appendAudit(last, fact);
    last = { seq: entry.seq, hash: entry.hash };
    const event: JsonValue = { v: 1, ...entry };
    return { log: 'audit', event };
  });
  return { heads: [auditHeadChange(books.audit, last)], events };
}

/** One change of all the parts; what a change need not carry is left empty. */
export function changeOf(
  tenantId: TenantId,
  parts: readonly Booked[],
  rest: Partial<Omit<Change, 'tenantId' | 'heads' | 'events'>> = {},
): Change {
  return {
    tenantId,
    heads: parts.flatMap((part) => part.heads),
    events: parts.flatMap((part) => part.events),
    counts: [],
    records: [],
    members: [],
    messages: [],
    ...rest,
  };
}
