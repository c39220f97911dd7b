import type { Refusal } from '../decision/decider.ts';
import type { TenantId } from '../decision/ids.ts';
import { checkJournal } from './check-journal.ts';
import type { JournalRefusal } from './journal-lines.ts';
import type { Store } from './ports.ts';
import { rebuildHead, rebuildingIn } from './rebuilding.ts';
import { Restoring } from './restoring.ts';
import { type Verified, verifyTenant } from './verify-tenant.ts';

/** A journal that can be read from its start as often as it is needed. */
export interface JournalToRebuild {
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Where it is to go; the tenant that it tells of, unless another is named. */
  readonly tenant?: TenantId;
}

export interface RebuildRefusal extends Refusal {
  readonly code: JournalRefusal['code'] | 'tenant-not-empty' | 'rebuild-of-another-journal';
}

export type Rebuilt =
  | {
      readonly kind: 'rebuilt';
      readonly tenant: TenantId;
      /** What the journal says that the facts come to. */
      readonly expected: string;
      readonly verified: Verified;
    }
  | { readonly kind: 'refused'; readonly refusal: RebuildRefusal };

/**
 * Reads a tenant back from a journal. First the whole journal is checked, and nothing is written of one that is not
 * whole. Then its facts are committed piece by piece, each with how far it is; until the last piece, which has all
 * heads, nobody else may read or write the tenant. Broken off, the same journal again goes on where it was.
 * Refuses as {@link checkJournal} does, then `tenant-not-empty`, `rebuild-of-another-journal`.
 * @throws {RebuiltMeanwhile} where another rebuilds the same tenant @throws {JournalChanged}
 */
export async function rebuild(store: Store, journal: JournalToRebuild): Promise<Rebuilt> {
  const restored = await restore(store, journal);
  if (restored.kind === 'refused') return restored;
  const { tenant, expected } = restored;
  return { kind: 'rebuilt', tenant, expected, verified: await verifyTenant(store, tenant) };
}

type Restored =
  | Omit<Extract<Rebuilt, { readonly kind: 'rebuilt' }>, 'verified'>
  | Extract<Rebuilt, { readonly kind: 'refused' }>;

/** By itself, so that what was concluded from the journal is forgotten before all is concluded from the store. */
async function restore(store: Store, { open, tenant: named }: JournalToRebuild): Promise<Restored> {
  const journal = await checkJournal(open());
  if (journal.kind === 'refused') return journal;
  const tenant = named ?? journal.tenant;
  const heads = await store.heads(tenant);
  const begun = rebuildingIn(heads);
  if (begun === null ? heads.size > 0 : begun.done) return refused('tenant-not-empty');
  if (begun !== null && begun.journal !== journal.digest) return refused('rebuild-of-another-journal');

  const restoring = new Restoring(store, tenant, {
    version: heads.get(rebuildHead)?.version ?? 0,
    state: begun ?? { journal: journal.digest, lines: 0, counts: 0, done: false },
  });
  await restoring.all(journal, open());
  return { kind: 'rebuilt', tenant, expected: journal.stateHash };
}

function refused(code: RebuildRefusal['code']): Restored {
  return { kind: 'refused', refusal: { code } };
}
