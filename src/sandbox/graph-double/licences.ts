import type { TenantId } from '../../decision/ids.ts';
import { type GraphUser, noSuchResource } from './directory-users.ts';
import { found, type GraphPart } from './graph-answer.ts';
import subscribedSkus from './subscribed-skus.json' with { type: 'json' };

/** `/subscribedSkus` and `/users/{id}/licenseDetails`: everybody may draw on the credits but the guests. */
export function licences(tenant: TenantId, users: ReadonlyMap<string, GraphUser>): GraphPart {
  return ({ path, versionUrl }) => {
    if (path === '/subscribedSkus') {
      return found({
        '@odata.context': `${versionUrl}/$metadata#subscribedSkus`,
        value: subscribedSkus.map((sku) => ({ id: `${tenant}_${sku.skuId}`, ...sku })),
      });
    }
    const key = licenceDetailsPath.exec(path)?.[1];
    if (key === undefined) return null;
    const user = users.get(key.toLowerCase());
    if (user === undefined) return noSuchResource(key);
    const held =
      user.userType === 'Guest' ? [] : subscribedSkus.filter((sku) => heldByMembers.has(sku.skuPartNumber));
    return found({
      '@odata.context': `${versionUrl}/$metadata#users('${user.id}')/licenseDetails`,
      value: held.map(({ skuId, skuPartNumber, servicePlans }) => ({
        id: skuId,
        skuId,
        skuPartNumber,
        servicePlans,
      })),
    });
  };
}

const licenceDetailsPath = /^\/users\/([^/]+)\/licenseDetails$/;
const heldByMembers: ReadonlySet<string> = new Set(['MCOPSTNC', 'MCOEV', 'MCOMEETADV']);
