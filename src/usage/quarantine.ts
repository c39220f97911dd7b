import { type Decision, type Refusal, refused } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import type { Instant } from '../decision/time.ts';
import type { RejectionReason } from './read-row.ts';
import type { UsageRow } from './usage-row.ts';

/** A row, or a whole page of Graph, that could not be read, kept until somebody decides upon it. */
export interface QuarantinedItem {
  /** From source, kind and content, so that the same trouble met again is the same item. */
  readonly id: string;
  readonly kind: 'row' | 'page';
  readonly source: UsageRow['source'];
  readonly cause: QuarantineCause;
  /** As it came; empty once the item is closed, for it holds names and numbers. */
  readonly content: string;
  /** The content is longer than is kept, so that it cannot be read again. */
  readonly cut: boolean;
  readonly firstSeenAt: Instant;
  /** How often it was met while it was open. */
  readonly seen: number;
  readonly state: QuarantineState;
  /** Who closed it, when and why; null while it is open. */
  readonly closed: Closing | null;
  /** What a page was asked for; null for a row. */
  readonly range: AskedRange | null;
}

export type QuarantineCause = RejectionReason | 'page-unreadable';

/** `resolved` was read after all and is booked; `discarded` will never be. */
export const quarantineStates = ['open', 'resolved', 'discarded'] as const;
export type QuarantineState = (typeof quarantineStates)[number];

interface Closing {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
}

export interface AskedRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** The table of the items, and the index of their ids by when they were first met. */
export const quarantineTable = 'quarantine';
export const quarantineIndex = 'quarantine';

/** What was met and cannot be read. */
export type Met = Pick<QuarantinedItem, 'kind' | 'source' | 'cause' | 'content' | 'range'>;

export function quarantineId({ kind, source, content }: Pick<Met, 'kind' | 'source' | 'content'>): string {
  return digest(source, kind, content).slice(0, 32);
}

/** Characters of one item that are kept; a row of Graph has about 900. */
export const maxContentLength = 64 * 1_024;

/** How much a tenant's open items take, and how often one was met for which there was no room. */
export interface QuarantineRoom {
  readonly open: number;
  readonly characters: number;
  readonly turnedAway: number;
}

export const emptyRoom: QuarantineRoom = { open: 0, characters: 0, turnedAway: 0 };

/** A source that is wrong throughout is not to fill the store; what is beyond is counted only. */
export const maxOpenItems = 1_000;
export const maxOpenCharacters = 16 * 1_024 ** 2;

/** What meeting some items comes to. */
export interface PutIn {
  readonly room: QuarantineRoom;
  /** Items that are new or were met once more. */
  readonly items: ReadonlyMap<string, QuarantinedItem>;
  readonly added: readonly QuarantinedItem[];
}

/**
 * Puts in what is new and counts what is known. A closed item stays as it is: what was decided upon is not asked
 * again.
 */
export function putIn(
  before: { readonly room: QuarantineRoom; readonly known: ReadonlyMap<string, QuarantinedItem> },
  met: readonly Met[],
  at: Instant,
): PutIn {
  let { room } = before;
  const items = new Map<string, QuarantinedItem>();
  const added = new Set<string>();
  for (const told of met) {
    const id = quarantineId(told);
    const known = items.get(id) ?? before.known.get(id);
    if (known !== undefined) {
      if (known.state === 'open') items.set(id, { ...known, seen: known.seen + 1 });
      continue;
    }
    const item = firstMet(id, told, at);
    if (!hasRoom(room, item)) {
      room = { ...room, turnedAway: room.turnedAway + 1 };
      continue;
    }
    room = { ...room, open: room.open + 1, characters: room.characters + item.content.length };
    items.set(id, item);
    added.add(id);
  }
  return { room, items, added: [...items.values()].filter(({ id }) => added.has(id)) };
}

function firstMet(id: string, { content, ...told }: Met, at: Instant): QuarantinedItem {
  return {
    id,
    ...told,
    content: content.slice(0, maxContentLength),
    cut: content.length > maxContentLength,
    firstSeenAt: at,
    seen: 1,
    state: 'open',
    closed: null,
  };
}

function hasRoom({ open, characters }: QuarantineRoom, { content }: QuarantinedItem): boolean {
  return open < maxOpenItems && characters + content.length <= maxOpenCharacters;
}

export type QuarantineCommand =
  /** It was read after all, and what it held is booked. */
  | { readonly type: 'resolve'; readonly by: string }
  /** It was tried once more in vain. */
  | { readonly type: 'try'; readonly cause: QuarantineCause }
  | { readonly type: 'discard'; readonly by: string; readonly reason: string };

export interface QuarantineRefusal extends Refusal {
  readonly code:
    | 'quarantine-unknown'
    | 'quarantine-closed'
    | 'quarantine-content-cut'
    | 'quarantine-unreadable'
    | 'quarantine-reason-missing';
}

/**
 * What becomes of an item; the same decision once more is accepted and changes nothing. Refuses, in this order,
 * `quarantine-unknown`, `quarantine-closed` (it was closed otherwise), `quarantine-reason-missing`.
 */
export function decideQuarantine(
  item: QuarantinedItem | null,
  command: QuarantineCommand,
  at: Instant,
): Decision<QuarantinedItem, QuarantineRefusal> {
  if (item === null) return refused({ code: 'quarantine-unknown' });
  if (item.state !== 'open') {
    if (command.type === 'try' || item.state !== closedBy[command.type]) {
      return refused({ code: 'quarantine-closed', data: { state: item.state } });
    }
    return { kind: 'accepted', events: [] };
  }
  switch (command.type) {
    case 'try':
      return { kind: 'accepted', events: [{ ...item, cause: command.cause }] };
    case 'resolve':
      return { kind: 'accepted', events: [closed(item, 'resolved', { at, by: command.by, reason: null })] };
    case 'discard': {
      const reason = command.reason.trim();
      if (reason === '') return refused({ code: 'quarantine-reason-missing' });
      return { kind: 'accepted', events: [closed(item, 'discarded', { at, by: command.by, reason })] };
    }
  }
}

const closedBy = { resolve: 'resolved', discard: 'discarded' } as const;

function closed(item: QuarantinedItem, state: QuarantineState, closing: Closing): QuarantinedItem {
  return { ...item, state, closed: closing, content: '' };
}

/** The room after an item became another. */
export function roomAfter(
  room: QuarantineRoom,
  before: QuarantinedItem,
  after: QuarantinedItem,
): QuarantineRoom {
  if (before.state !== 'open' || after.state === 'open') return room;
  return { ...room, open: room.open - 1, characters: room.characters - before.content.length };
}
