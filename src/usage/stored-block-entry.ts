import { digest } from '../decision/digest.ts';
import type { JsonValue } from '../decision/json.ts';
import type { BlockEntry } from './beta-reports.ts';

/** The table of the entries of Microsoft's log of blocked users. */
export const blockedUsersTable = 'blocked-users';

/** The same line of the log is the same entry, however often it is read. */
export function blockEntryId({ remediationId, userId, at, blocked }: BlockEntry): string {
  return digest(remediationId, userId, String(at), String(blocked)).slice(0, 32);
}

/** The stored shape of an entry, version 1. */
export function storeBlockEntry(entry: BlockEntry): JsonValue {
  return { v: 1, ...entry };
}
