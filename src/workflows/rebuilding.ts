import { z } from 'zod';
import type { Head } from '../decision/commit.ts';
import type { JsonValue } from '../decision/json.ts';

/** How far a tenant is rebuilt from a journal; kept when it is done, for it tells where the facts came from. */
export interface Rebuilding {
  /** The journal's digest: another journal does not go on where this one stopped. */
  readonly journal: string;
  /** Lines whose content is in the store. */
  readonly lines: number;
  /** Numbers of the read models that are in the store. */
  readonly counts: number;
  readonly done: boolean;
}

export const rebuildHead = 'rebuild';

const stored = z.object({
  v: z.literal(1),
  journal: z.string(),
  lines: z.number().int(),
  counts: z.number().int(),
  done: z.boolean(),
});

export function storeRebuilding(rebuilding: Rebuilding): JsonValue {
  return { v: 1, ...rebuilding };
}

/** Null for a tenant that no journal was ever read into. */
export function rebuildingIn(heads: ReadonlyMap<string, Head>): Rebuilding | null {
  const head = heads.get(rebuildHead);
  if (head === undefined) return null;
  const { v, ...rebuilding } = stored.parse(head.state);
  return rebuilding;
}

/** Half of a tenant's facts are no basis for an answer, and nothing may be written between them. */
export class TenantBeingRebuilt extends Error {
  constructor() {
    super(
      'The tenant is being rebuilt from a journal. Wait for its end; where it was broken off, run "credits rebuild" with the same file again.',
    );
    this.name = 'TenantBeingRebuilt';
  }
}
