import roles from './roles.json' with { type: 'json' };

/**
 * The sixteen roles whose holders Microsoft tells of recharges and low balances ("What are Communications
 * Credits?"), by their template ids and in the order of its list.
 */
export const notifiedRoles: readonly string[] = roles.map(({ roleTemplateId }) => roleTemplateId);

/** Not on Microsoft's list, but what most people hold who look after telephony. */
const teamsTelephony = {
  roleTemplateId: 'aa38014f-0993-46e9-9b45-30501a20909d',
  displayName: 'Teams Telephony Administrator',
};

/** Often many people, local administrators of computers, who have little to do with money. */
const joinedDeviceLocal = '9f06204d-73c1-4d4c-880a-6edb90606fd8';

const names: ReadonlyMap<string, string> = new Map(
  [...roles, teamsTelephony].map(({ roleTemplateId, displayName }) => [roleTemplateId, displayName]),
);

/** All roles that a tenant may choose, in one order. */
export const selectableRoles: readonly string[] = [...names.keys()];

/** The roles that count until a tenant chooses otherwise. */
export const defaultRoles: readonly string[] = notifiedRoles.filter((role) => role !== joinedDeviceLocal);

/** The name that Microsoft Entra gives a selectable role today; the id of any other. */
export function roleName(role: string): string {
  return names.get(role) ?? role;
}

/** The selectable role of this template id or name; null where there is none. */
export function selectableRole(text: string): string | null {
  const wanted = text.trim().toLowerCase();
  for (const [role, name] of names) if (role === wanted || name.toLowerCase() === wanted) return role;
  return null;
}
