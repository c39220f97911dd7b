import { z } from 'zod';
import { handle } from '../decision/handle.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';

/** What a person chose; it beats what the client says. */
export interface Preferences {
  readonly language: 'en' | 'ko' | null;
}

const stored = z.object({ v: z.literal(1), language: z.enum(['en', 'ko']).nullable() });
const table = 'people';

export async function preferencesOf(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  person: PersonId,
): Promise<Preferences> {
  const found = (await store.records(tenant, table, [person])).get(person);
  return { language: found === undefined ? null : stored.parse(found).language };
}

export async function chooseLanguage(
  store: Store,
  tenant: TenantId,
  person: PersonId,
  language: 'en' | 'ko',
): Promise<void> {
  const value = { v: 1, language };
  await handle<null, never>({
    decide: async () => ({
      kind: 'change',
      outcome: null,
      change: changeOf(tenant, [], { records: [{ table, id: person, value }] }),
    }),
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}
