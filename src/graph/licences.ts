import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import { creditsLicence, type LicensedPerson, type Licensing } from '../people/licensed-person.ts';
import { DirectoryUnavailable, type LicenceDirectory } from '../workflows/ports.ts';
import type { GraphClient } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readCollection } from './graph-json.ts';

/** What a tenant's users have of licences, from the licences that were bought and those that are assigned. */
export function graphLicences(client: GraphClient): LicenceDirectory {
  return {
    licensing: async (tenant) => {
      try {
        return await readLicensing(client, tenant);
      } catch (cause) {
        throw cause instanceof GraphFailed ? new DirectoryUnavailable(cause) : cause;
      }
    },
  };
}

const skuSchema = z.object({
  skuId: z.string(),
  skuPartNumber: z.string(),
  consumedUnits: z.number().int().nullish(),
  prepaidUnits: z.object({ enabled: z.number().int().nullish() }).nullish(),
  servicePlans: z.array(z.object({ servicePlanId: z.string(), servicePlanName: z.string() })),
});
type Sku = z.infer<typeof skuSchema>;

const userSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
  assignedLicenses: z
    .array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()).nullish() }))
    .nullish(),
});
type User = z.infer<typeof userSchema>;

const userFields = 'id,displayName,userPrincipalName,accountEnabled,userType,assignedLicenses';

async function readLicensing(client: GraphClient, tenant: TenantId): Promise<Licensing> {
  const [skus, users] = await Promise.all([
    readCollection(client, tenant, { path: '/v1.0/subscribedSkus', item: skuSchema }),
    readCollection(client, tenant, { path: `/v1.0/users?$select=${userFields}&$top=999`, item: userSchema }),
  ]);
  const byId = new Map(skus.map((sku) => [sku.skuId.toLowerCase(), sku]));
  const credits = skus.find(({ skuPartNumber }) => skuPartNumber === creditsLicence);
  return {
    credits:
      credits === undefined
        ? null
        : { bought: credits.prepaidUnits?.enabled ?? 0, assigned: credits.consumedUnits ?? 0 },
    people: users.map((user) => licensed(user, byId)),
  };
}

function licensed(user: User, skus: ReadonlyMap<string, Sku>): LicensedPerson {
  const plans = (user.assignedLicenses ?? []).flatMap(({ skuId, disabledPlans }) => {
    const off = new Set((disabledPlans ?? []).map((plan) => plan.toLowerCase()));
    const held = skus.get(skuId.toLowerCase())?.servicePlans ?? [];
    return held
      .filter(({ servicePlanId }) => !off.has(servicePlanId.toLowerCase()))
      .map(({ servicePlanName }) => servicePlanName);
  });
  return {
    id: user.id,
    displayName: user.displayName || user.userPrincipalName || user.id,
    userPrincipalName: user.userPrincipalName ?? '',
    enabled: user.accountEnabled ?? true,
    guest: user.userType?.toLowerCase() === 'guest',
    servicePlans: new Set(plans),
  };
}
