import { lastPeople } from './people.ts';
import { DirectoryUnavailable, type RoleDirectory, type Store } from './ports.ts';

/**
 * Who holds which role at the time of sending. While the directory does not answer, those it named last are told:
 * what is urgent cannot wait for the directory, and is often about its being away.
 */
export function holdersAtSending(ports: {
  readonly store: Pick<Store, 'records'>;
  readonly roleDirectory: RoleDirectory;
}): RoleDirectory {
  return {
    roleHoldings: async (tenant, roles, patience) => {
      try {
        return await ports.roleDirectory.roleHoldings(tenant, roles, patience);
      } catch (error) {
        if (!(error instanceof DirectoryUnavailable)) throw error;
        const last = await lastPeople(ports.store, tenant);
        if (last === null) throw error;
        return last;
      }
    },
  };
}
