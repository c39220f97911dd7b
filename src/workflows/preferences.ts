import { z } from 'zod';
import { digestFrequency } from '../alerts/digest.ts';
import { optionalUrgency, quietHours } from '../alerts/quiet-hours.ts';
import { handle } from '../decision/handle.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';

/** What a person chose; it beats what the client says, and what the tenant has set. */
export type Preferences = z.infer<typeof preferences>;

const preferences = z.object({
  language: z.enum(['en', 'ko']).nullable(),
  /** By the clock of the person's own client; `none` also where the tenant has set some, null for the tenant's. */
  quietHours: z
    .union([quietHours, z.literal('none')])
    .nullable()
    .default(null),
  /** News that the person does without. */
  without: z.array(optionalUrgency).default([]),
  /** How often a digest comes; null for what the tenant has set. */
  digest: digestFrequency.nullable().default(null),
});
const stored = preferences.extend({ v: z.literal(1) });
const table = 'people';

export const noPreferences: Preferences = { language: null, quietHours: null, without: [], digest: null };

export async function preferencesOf(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  person: PersonId,
): Promise<Preferences> {
  return (await preferencesOfAll(store, tenant, [person])).get(person) ?? noPreferences;
}

/** Of those who chose something. */
export async function preferencesOfAll(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<string, Preferences>> {
  const found = await store.records(tenant, table, people);
  return new Map(
    [...found].map(([person, value]) => {
      const { v: _, ...chosen } = stored.parse(value);
      return [person, chosen];
    }),
  );
}

/** What is not named stays as it is. @throws {StoreUnavailable} */
export async function choosePreferences(
  store: Store,
  { tenant, person }: { readonly tenant: TenantId; readonly person: PersonId },
  chosen: Partial<Preferences>,
): Promise<void> {
  await handle<null, never>({
    decide: async () => {
      const value = { v: 1, ...(await preferencesOf(store, tenant, person)), ...chosen };
      return {
        kind: 'change',
        outcome: null,
        change: changeOf(tenant, [], { records: [{ table, id: person, value }] }),
      };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}
