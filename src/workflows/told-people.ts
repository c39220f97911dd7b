import type { TenantId } from '../decision/ids.ts';
import { recipients } from '../people/recipients.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { people } from './people.ts';
import type { Ports } from './ports.ts';
import { chosenRoles } from './role-choice.ts';

/** How many people a new incident would be told to. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export async function toldPeople(
  ports: Pick<Ports, 'store' | 'roleDirectory' | 'clock' | 'peopleFreshMs'>,
  tenant: TenantId,
): Promise<number> {
  const [{ roles }, chosen, holdings] = await Promise.all([
    alertSettingsOf(ports, tenant),
    chosenRoles(ports.store, tenant),
    people(ports, tenant),
  ]);
  return recipients(holdings, roles === null ? chosen : new Set(roles)).length;
}
