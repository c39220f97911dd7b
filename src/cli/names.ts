import type { TenantId } from '../decision/ids.ts';
import type { Product } from '../product.ts';

/** Names of those who hold a role, by the person's id, as the directory was last read. @throws {StoreUnavailable} */
export async function namesIn(
  product: Pick<Product, 'people'>,
  tenant: TenantId,
): Promise<ReadonlyMap<string, string>> {
  const roles = (await product.people(tenant))?.roles ?? [];
  return new Map(
    roles.flatMap(({ holders }) => holders).map(({ person, displayName }) => [person, displayName]),
  );
}
