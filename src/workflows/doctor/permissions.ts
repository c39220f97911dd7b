import type { Probed } from './facts.ts';

/** One application permission of Microsoft Graph that the product makes use of. */
export interface Permission {
  readonly name: string;
  /** Without an optional one the product works and does less. */
  readonly optional: boolean;
  /** What it is for, and what is lost without it. */
  readonly purpose: string;
  /** The question to Graph that only it lets through; null where asking would change something. */
  readonly probe: Probed | null;
  /** Wider permissions that let the same questions through (Graph's reference, "Permissions" of each page). */
  readonly wider: readonly string[];
}

/** The least that the product needs, each the least privileged that Graph's reference names for what is asked. */
export const permissions: readonly Permission[] = [
  {
    name: 'CallRecord-PstnCalls.Read.All',
    optional: false,
    purpose: 'the charged calls, which the balance is made of',
    probe: 'calls',
    wider: ['CallRecords.Read.All'],
  },
  {
    name: 'User.Read.All',
    optional: false,
    purpose: 'who somebody is and which licences are assigned',
    probe: 'users',
    wider: ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'RoleManagement.Read.Directory',
    optional: false,
    purpose: 'who may see amounts and who is told of trouble',
    probe: 'roles',
    wider: ['RoleManagement.ReadWrite.Directory', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'LicenseAssignment.Read.All',
    optional: true,
    purpose: 'which licences were bought',
    probe: 'licences',
    wider: [
      'LicenseAssignment.ReadWrite.All',
      'Organization.Read.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
  },
  {
    name: 'GroupMember.Read.All',
    optional: true,
    purpose: 'who holds a role through a group',
    probe: null,
    wider: ['Group.Read.All', 'GroupMember.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  },
  {
    name: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
    optional: true,
    purpose: 'a message to somebody who never opened the bot',
    probe: null,
    wider: ['TeamsAppInstallation.ReadWriteForUser.All'],
  },
  {
    name: 'Mail.Send',
    optional: true,
    purpose: 'an e-mail to somebody whom Teams does not reach',
    probe: null,
    wider: [],
  },
];

/** Tells when the bot's own secrets end; nothing else needs it, and nothing is lost without it but the warning. */
const expiryPermission = 'Application.Read.All';

const used: ReadonlySet<string> = new Set([...permissions.map(({ name }) => name), expiryPermission]);

/** Permissions that were granted and that nothing of the product needs. */
export function notNeeded(roles: readonly string[]): readonly string[] {
  return roles.filter((role) => !used.has(role));
}

/** Whether a permission lets the bot change things, or read far more than one kind of them. */
export function isTooBroad(role: string): boolean {
  return /Write|FullControl|Manage|^(?:CallRecords|Directory|Files|Mail|Sites|Chat|Calendars)\./.test(role);
}
