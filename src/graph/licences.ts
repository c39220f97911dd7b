import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { creditsLicence, type LicensedPerson, type Licensing } from '../people/licensed-person.ts';
import { DirectoryUnavailable, type LicenceDirectory } from '../workflows/ports.ts';
import type { GraphClient } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { readCollection } from './graph-json.ts';
import { Kept } from './kept.ts';

/** What a tenant's users have of licences, by what was bought and what is assigned; kept for five minutes. */
export function graphLicences(client: GraphClient, now: () => Instant): LicenceDirectory {
  const kept = new Kept<Licensing>(now);
  return { licensing: (tenant) => kept.get(tenant, () => readLicensing(client, tenant)) };
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
  mail: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
  usageLocation: z.string().nullish(),
  assignedLicenses: z
    .array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()).nullish() }))
    .nullish(),
});
type User = z.infer<typeof userSchema>;

const usersPath =
  '/v1.0/users?$select=id,displayName,userPrincipalName,mail,accountEnabled,userType,usageLocation,assignedLicenses&$top=999';

async function readLicensing(client: GraphClient, tenant: TenantId): Promise<Licensing> {
  try {
    const [skus, users] = await Promise.all([
      readCollection(client, tenant, { path: '/v1.0/subscribedSkus', item: skuSchema }),
      readCollection(client, tenant, { path: usersPath, item: userSchema }),
    ]);
    const byId = new Map(skus.map((sku) => [sku.skuId.toLowerCase(), sku]));
    return {
      credits: creditsOf(skus),
      bought: boughtByPlan(skus),
      people: users.map((user) => licensed(user, byId)),
    };
  } catch (cause) {
    throw cause instanceof GraphFailed ? new DirectoryUnavailable(cause) : cause;
  }
}

function creditsOf(skus: readonly Sku[]): Licensing['credits'] {
  const credits = skus.find(({ skuPartNumber }) => skuPartNumber === creditsLicence);
  if (credits === undefined) return null;
  return { bought: credits.prepaidUnits?.enabled ?? 0, assigned: credits.consumedUnits ?? 0 };
}

function boughtByPlan(skus: readonly Sku[]): Licensing['bought'] {
  const bought = new Map<string, number | null>();
  for (const { servicePlans, prepaidUnits } of skus) {
    for (const plan of new Set(servicePlans.map(({ servicePlanName }) => servicePlanName))) {
      const own = prepaidUnits?.enabled ?? null;
      const others = bought.has(plan) ? (bought.get(plan) ?? null) : 0;
      bought.set(plan, own === null || others === null ? null : others + own);
    }
  }
  return bought;
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
    mail: user.mail || null,
    enabled: user.accountEnabled ?? true,
    guest: user.userType?.toLowerCase() === 'guest',
    servicePlans: new Set(plans),
    usageLocation: user.usageLocation?.toUpperCase() || null,
  };
}
