import type { TenantId } from '../decision/ids.ts';

/** The application id of the sandbox's bot; any GUID. */
export const sandboxClientId = '9c0f5a1e-5c35-4f0b-a8a8-7c3f7e0cc3ed';

/** What an administrator of the sandbox's tenant consented to: the least that the product needs. */
export const sandboxRoles: readonly string[] = [
  'CallRecord-PstnCalls.Read.All',
  'User.Read.All',
  'RoleManagement.Read.Directory',
  'LicenseAssignment.Read.All',
  'GroupMember.Read.All',
  'TeamsAppInstallation.ReadWriteSelfForUser.All',
  'Mail.Send',
  'Application.Read.All',
];

/** A token for one tenant, with the claims that one of Entra has and signed by nobody. */
export function sandboxToken(tenant: TenantId, roles: readonly string[] = sandboxRoles): string {
  const claims = { aud: 'https://graph.microsoft.com', tid: tenant, appid: sandboxClientId, roles };
  return `${[{ typ: 'JWT', alg: 'none' }, claims].map(encoded).join('.')}.`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
