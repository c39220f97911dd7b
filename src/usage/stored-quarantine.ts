import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import { emptyRoom, type QuarantinedItem, type QuarantineRoom, quarantineStates } from './quarantine.ts';
import { rejectionReasons } from './read-row.ts';

const instant = z.number().int();

const storedItem = z.object({
  v: z.literal(1),
  id: z.string(),
  kind: z.enum(['row', 'page']),
  source: z.enum(['graph', 'report']),
  cause: z.enum([...rejectionReasons, 'page-unreadable']),
  content: z.string(),
  cut: z.boolean(),
  firstSeenAt: instant,
  seen: z.number().int(),
  state: z.enum(quarantineStates),
  closed: z.object({ at: instant, by: z.string(), reason: z.string().nullable() }).nullable(),
  range: z.object({ from: instant, to: instant }).nullable(),
});

/** The stored shape of an item, version 1. */
export function storeItem(item: QuarantinedItem): JsonValue {
  const { closed, range } = item;
  return { v: 1, ...item, closed: closed && { ...closed }, range: range && { ...range } };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeItem} writes */
export function readItem(stored: unknown): QuarantinedItem {
  const { v, ...item } = storedItem.parse(stored);
  return item;
}

const whole = z.number().int().nonnegative();
const storedRoom = z.object({ v: z.literal(1), open: whole, characters: whole, turnedAway: whole });

export function storeRoom(room: QuarantineRoom): JsonValue {
  return { v: 1, ...room };
}

/** An empty room where none was ever stored. @throws {z.ZodError} where the shape is foreign */
export function readRoom(stored: unknown): QuarantineRoom {
  if (stored === undefined) return emptyRoom;
  const { v, ...room } = storedRoom.parse(stored);
  return room;
}
