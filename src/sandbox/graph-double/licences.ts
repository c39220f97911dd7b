import type { TenantId } from '../../decision/ids.ts';
import type { JsonValue } from '../../decision/json.ts';
import { employees } from '../usage/offices.ts';
import { type GraphUser, noSuchResource } from './directory-users.ts';
import { found, type GraphPart, select } from './graph-answer.ts';
import subscribedSkus from './subscribed-skus.json' with { type: 'json' };

/**
 * `/subscribedSkus`, `/users` and `/users/{id}/licenseDetails`: everybody may draw on the credits but the guests and
 * a few who were forgotten. Whoever makes calls has the Calling Plan of the office.
 */
export function licences(tenant: TenantId, users: ReadonlyMap<string, GraphUser>): GraphPart {
  const everybody = [...new Map([...users.values()].map((user) => [user.id, user])).values()];
  return ({ path, query, versionUrl }) => {
    if (path === '/users') {
      const top = Number(query.get('$top') ?? 100);
      const skip = Number(query.get('$skiptoken') ?? 0);
      const next = new URLSearchParams(query);
      next.set('$skiptoken', String(skip + top));
      return found({
        '@odata.context': `${versionUrl}/$metadata#users`,
        ...(skip + top < everybody.length ? { '@odata.nextLink': `${versionUrl}/users?${next}` } : {}),
        value: everybody.slice(skip, skip + top).map((user) => select(withLicences(user), query)),
      });
    }
    if (path === '/subscribedSkus') {
      return found({
        '@odata.context': `${versionUrl}/$metadata#subscribedSkus`,
        value: subscribedSkus.map((sku) => ({
          id: `${tenant}_${sku.skuId}`,
          ...sku,
          consumedUnits: everybody.filter((user) => heldBy(user).includes(sku)).length,
        })),
      });
    }
    const key = licenceDetailsPath.exec(path)?.[1];
    if (key === undefined) return null;
    const user = users.get(key.toLowerCase());
    if (user === undefined) return noSuchResource(key);
    return found({
      '@odata.context': `${versionUrl}/$metadata#users('${user.id}')/licenseDetails`,
      value: heldBy(user).map(({ skuId, skuPartNumber, servicePlans }) => ({
        id: skuId,
        skuId,
        skuPartNumber,
        servicePlans,
      })),
    });
  };
}

const licenceDetailsPath = /^\/users\/([^/]+)\/licenseDetails$/;
const heldByMembers: ReadonlySet<string> = new Set(['MCOEV', 'MCOMEETADV']);

const callingPlans: ReadonlyMap<string, string> = new Map(
  employees.map(({ id, office }) => [id, office.poolCapability]),
);

/** Who was given no Communications Credits licence: one who makes calls abroad, and one who makes none. */
const forgotten: ReadonlySet<string> = new Set([
  'benjamin.castro@harborline.example',
  'amelia.novak@harborline.example',
]);

function mayDraw({ userType, userPrincipalName }: GraphUser): boolean {
  return userType !== 'Guest' && !forgotten.has(userPrincipalName);
}

/** Who looks after telephony with an account for nothing else, which no mail comes to. */
const withoutMailbox: ReadonlySet<string> = new Set(['tomas.herrera@harborline.example']);

function heldBy(user: GraphUser): typeof subscribedSkus {
  if (user.userType === 'Guest') return [];
  return subscribedSkus.filter(({ skuPartNumber, servicePlans }) => {
    if (skuPartNumber === 'MCOPSTNC') return mayDraw(user);
    if (skuPartNumber === 'EXCHANGESTANDARD') return !withoutMailbox.has(user.userPrincipalName);
    if (heldByMembers.has(skuPartNumber)) return true;
    return servicePlans.some(({ servicePlanName }) => servicePlanName === callingPlans.get(user.id));
  });
}

function withLicences(user: GraphUser): Readonly<Record<string, JsonValue>> {
  return { ...user, assignedLicenses: heldBy(user).map(({ skuId }) => ({ skuId, disabledPlans: [] })) };
}
