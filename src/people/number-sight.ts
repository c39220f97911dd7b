import type { DirectoryPerson } from './directory-person.ts';

/**
 * The roles whose work needs whole telephone numbers: Global, Billing, Teams, Teams Communications Administrator and
 * Teams Communications Support Engineer. In Teams, too, the Support Specialist sees numbers without their last digits.
 */
const rolesWithNumbers: ReadonlySet<string> = new Set([
  '62e90394-69f5-4237-9190-012177145e10',
  'b0f54661-2d74-4c50-afa3-1ec803f12efe',
  '69091246-20e8-4a56-aa4d-066075b2a7a8',
  'baf37b3a-610e-45da-9e62-d9d1e5e8914b',
  'f70938a0-fc10-4177-9e90-2178f8765737',
]);

/** Whether a person who may see amounts sees telephone numbers whole. */
export function maySeeNumbers({ roles }: Pick<DirectoryPerson, 'roles'>): boolean {
  return roles.some((role) => rolesWithNumbers.has(role));
}

const hiddenDigits = 4;

/** The number with its last four digits hidden; what is no telephone number, or hidden already, stays as it is. */
export function maskedNumber(number: string): string {
  return /^\+?\d{5,}$/.test(number) ? `${number.slice(0, -hiddenDigits)}${'*'.repeat(hiddenDigits)}` : number;
}
