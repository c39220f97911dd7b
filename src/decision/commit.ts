import type { TenantId } from './ids.ts';
import type { JsonValue } from './json.ts';

/**
 * All that one decision makes true, in one atomic step: new states, log events, read models, records and what is
 * to be said. Nothing is sent that was not first committed; nothing committed is left unsent.
 */
export interface Change {
  readonly tenantId: TenantId;
  /** Absent where the facts themselves are idempotent, as usage rows are by their ids. */
  readonly idempotency?: Idempotency;
  readonly heads: readonly HeadChange[];
  readonly events: readonly LogEvent[];
  readonly counts: readonly Count[];
  readonly records: readonly RecordChange[];
  readonly members: readonly IndexMember[];
  readonly messages: readonly OutboxMessage[];
}

export interface Idempotency {
  /** From the cause: an activity id, an event id, an action id. */
  readonly key: string;
  /** Of the request. The same key with another digest is another request, and is refused. */
  readonly digest: string;
  /** What a repetition is answered with. */
  readonly outcome: JsonValue;
}

/** A state and the version at which it was read; version 0 is a state that was never written. */
export interface HeadChange {
  readonly head: string;
  readonly expectedVersion: number;
  /** Where a head is brought back as it was; else it is one more than expected. */
  readonly version?: number;
  readonly state: JsonValue;
  /** Where the head is to go: the same change keeps elsewhere what it says. */
  readonly removed?: true;
}

/** Appends to a log of the tenant, which is never rewritten. */
export interface LogEvent {
  readonly log: string;
  readonly event: JsonValue;
}

/** Adds to one number of a read model; exact to 64 bits. */
export interface Count {
  readonly model: string;
  readonly field: string;
  readonly by: bigint;
}

/** Writes one record of a table. */
export interface RecordChange {
  readonly table: string;
  readonly id: string;
  readonly value: JsonValue;
  /** The record as it was read, null where there was none; any other by now is a conflict. Absent: whatever it is. */
  readonly expected?: JsonValue;
}

/** Puts a member into an index ordered by score; the same member again only moves. */
export interface IndexMember {
  readonly index: string;
  readonly score: number;
  readonly member: string;
}

export interface OutboxMessage {
  /** Also the id of the job that sends it, so that it is sent once. */
  readonly key: string;
  readonly body: JsonValue;
}

export type CommitReply =
  | { readonly kind: 'committed' }
  | { readonly kind: 'repeated'; readonly outcome: JsonValue }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'conflict' };

/**
 * Most records that one change may carry, a thousand calls with a thousand callers: a script holds up everybody else
 * on the server while it runs.
 */
export const maxRecordsPerChange = 2_000;
/** Most messages that one change may carry. */
export const maxMessagesPerChange = 500;

/** A head as it was read. */
export interface Head {
  readonly version: number;
  readonly state: JsonValue;
}
