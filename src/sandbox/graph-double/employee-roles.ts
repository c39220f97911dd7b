import type { Holding } from './role-register.ts';

const anjaMueller = '16b3b115-40a4-4e1f-861d-b2e007ea7879';
const larsSchroeder = '630fffd0-d7f1-4750-8293-44b6ded9876b';
const directorySync = 'c3a4e9d2-58b1-4f0c-9a67-21d8e5f40b93';
const hamburgOffice = '/administrativeUnits/7f2b9c14-d06e-4b85-93a1-5e8d40c7f612';

/**
 * The holds that none of the people has: for a part of the organisation only, activated for some hours, and by an
 * application.
 */
export const employeeRoles: readonly Holding[] = [
  {
    principal: larsSchroeder,
    // License Administrator.
    held: {
      role: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
      standing: 'assigned',
      through: 'direct',
      scope: hamburgOffice,
    },
  },
  {
    principal: anjaMueller,
    // Teams Communications Support Engineer.
    held: {
      role: 'f70938a0-fc10-4177-9e90-2178f8765737',
      standing: 'activated',
      through: 'direct',
      scope: '/',
    },
  },
  {
    principal: directorySync,
    // User Administrator.
    held: {
      role: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
      standing: 'assigned',
      through: 'direct',
      scope: '/',
    },
  },
];
