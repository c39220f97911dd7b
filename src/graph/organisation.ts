import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Organisation } from '../people/organisation.ts';
import { DirectoryUnavailable, type OrganisationDirectory } from '../workflows/ports.ts';
import type { GraphClient } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readCollection } from './graph-json.ts';
import { Kept } from './kept.ts';

/** What Graph tells of a tenant itself; kept for five minutes. */
export function graphOrganisation(client: GraphClient, now: () => Instant): OrganisationDirectory {
  const kept = new Kept<Organisation>(now);
  return { organisation: (tenant) => kept.get(tenant, () => readOrganisation(client, tenant)) };
}

const path = '/v1.0/organization?$select=id,displayName,countryLetterCode';

const item = z.object({ id: z.string(), countryLetterCode: z.string().nullish() });

async function readOrganisation(client: GraphClient, tenant: TenantId): Promise<Organisation> {
  try {
    const found = await readCollection(client, tenant, { path, item });
    const own = found.find(({ id }) => id.toLowerCase() === tenant.toLowerCase());
    const country = own?.countryLetterCode?.toUpperCase() ?? '';
    return { country: /^[A-Z]{2}$/.test(country) ? country : null };
  } catch (cause) {
    throw cause instanceof GraphFailed ? new DirectoryUnavailable(cause) : cause;
  }
}
