import type { Fixes } from './doctor-fix.ts';

const entra = 'Microsoft Entra admin centre (https://entra.microsoft.com)';
const apiPermissions = `${entra} > App registrations > Credits Bot > API permissions`;
const secrets = `${entra} > App registrations > Credits Bot > Certificates & secrets`;
const consent = 'Grant admin consent';
const newSecret = `Make a new secret: ${secrets} > Client secrets > New client secret (or: az ad app credential reset --id "$CLIENT_ID" --append). Set CLIENT_SECRET to its value, not to its id, and start the bot again.`;
const newCertificate = `Make a new one: openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=credits-bot" -keyout bot.pem -out bot.crt && cat bot.crt >> bot.pem. Upload bot.crt: ${secrets} > Certificates. Set CLIENT_CERTIFICATE_PATH to bot.pem and start the bot again.`;

export const microsoftFixes = {
  'secret-expired': () => `The client secret has expired, and the bot is mute. ${newSecret}`,
  'secret-wrong': () => `The client secret is not one of the application's. ${newSecret}`,
  'secret-expires': ({ daysLeft, expiresAt }) =>
    `The client secret expires in ${daysLeft} days, at ${expiresAt}; the bot is then mute. ${newSecret}`,
  'certificate-expired': () => `The certificate has expired, and the bot is mute. ${newCertificate}`,
  'certificate-expires': ({ daysLeft, expiresAt }) =>
    `The certificate expires in ${daysLeft} days, at ${expiresAt}; the bot is then mute. ${newCertificate}`,
  'certificate-unreadable': () =>
    'The file of CLIENT_CERTIFICATE_PATH holds no certificate that can be read. It must be PEM, with a BEGIN CERTIFICATE and a BEGIN PRIVATE KEY part, and readable by the user that runs the bot.',
  'certificate-not-registered': () =>
    `The application does not know this certificate. Upload it: ${secrets} > Certificates > Upload certificate.`,
  'expiry-unseen': () =>
    `When the secret or certificate expires cannot be seen from here. Look at ${secrets} and note the day. To be warned by this command, add the application permission Application.Read.All at ${apiPermissions}, then ${consent}.`,
  'tenant-unknown': ({ tenant }) =>
    `Microsoft knows no tenant ${tenant}. Take the directory (tenant) id from ${entra} > Overview, for TENANT_ID and for --tenant.`,
  'app-not-in-tenant': ({ tenant }) =>
    `The application is not in tenant ${tenant}. See that CLIENT_ID is the application (client) id, and let an administrator of that tenant consent: https://login.microsoftonline.com/${tenant}/adminconsent?client_id=CLIENT_ID.`,
  'app-disabled': () =>
    `The application is switched off. Switch it on: ${entra} > Enterprise applications > Credits Bot > Properties > Enabled for users to sign-in: Yes.`,
  'tenant-without-consent': () =>
    `Nobody has consented in this tenant. An administrator does it: ${apiPermissions} > ${consent}.`,
  'assertion-out-of-time': () =>
    "Microsoft refuses the proof of identity for its time: this machine's clock is off. Set it: sudo timedatectl set-ntp true.",
  'token-refused': ({ aadsts }) =>
    `Microsoft gives no token${aadsts === undefined ? '' : ` (AADSTS${aadsts}: see https://login.microsoftonline.com/error?code=${aadsts})`}. See that CLIENT_ID, TENANT_ID and the secret or certificate belong to one application: ${secrets}.`,
  'token-of-another-tenant': ({ tenant, issuedFor }) =>
    `The token is for tenant ${issuedFor}, and ${tenant} was asked for. Set TENANT_ID, or --tenant, to the tenant whose credits are kept.`,
  'token-opaque': ({ unseen }) =>
    `The token cannot be read here, so the questions put to Graph decide. Not to be asked without effect, and so unseen: ${unseen}. Look at ${apiPermissions}: each must be there, with a green tick in the column Status.`,
  'managed-identity-absent': () =>
    'This machine has no managed identity. Assign one: Azure portal > the machine or app > Identity > On. Elsewhere leave MANAGED_IDENTITY empty and set CLIENT_SECRET or CLIENT_CERTIFICATE_PATH.',
  'identity-unreachable': () =>
    'The identity platform cannot be reached. Let this machine through to login.microsoftonline.com, port 443 (login.microsoftonline.us for gcc-high and dod), and see that its DNS works.',
  'graph-down': ({ status }) =>
    `Microsoft Graph gives no answer${status === undefined ? '' : ` (status ${status})`}. Let this machine through to graph.microsoft.com, port 443, see that GRAPH_BASE_URL is right, and look at https://status.cloud.microsoft. Until then the bot answers from its ledger.`,
  'graph-throttled': () =>
    'Microsoft Graph asks to be asked less often (429). Wait some minutes and run this again; if it stays, set USAGE_POLL_MINUTES higher.',
  'graph-token-not-taken': ({ tenant }) =>
    `Microsoft Graph does not take the token (401). See that --tenant ${tenant} is the tenant that consented, that GRAPH_BASE_URL and CLOUD belong to one cloud, and that this machine's clock is right.`,
  'graph-endpoint-absent': ({ purpose, status }) =>
    `Graph does not know the question (${status}) that tells ${purpose}. See that GRAPH_BASE_URL is that of the tenant's cloud, and that no proxy answers in its place; some national clouds lack it.`,
  'permission-missing': ({ permission, purpose }) =>
    `Without ${permission} the product does not learn ${purpose}. Add it: ${apiPermissions} > Add a permission > Microsoft Graph > Application permissions > ${permission}, then ${consent}.`,
  'permission-optional-missing': ({ permission, purpose }) =>
    `Without ${permission} this is left out: ${purpose}. If it is wanted: ${apiPermissions} > Add a permission > Microsoft Graph > Application permissions > ${permission}, then ${consent}.`,
  'consent-missing': ({ permission }) =>
    `Graph refuses (403): nobody has consented to ${permission}. See that it is listed as an application permission, and consent: ${apiPermissions} > ${consent}.`,
  'permission-refused': ({ permission, status }) =>
    `The token has what ${permission} is for, and Graph refuses all the same (${status}). Consent anew: ${apiPermissions} > ${consent}; then see ${entra} > Protection > Conditional Access > Policies for a policy that stops the application.`,
  'permission-too-broad': ({ permission, instead }) => surplus('far too much', permission, instead),
  'permission-unused': ({ permission, instead }) => surplus('more than is needed', permission, instead),
  'clock-off': ({ aheadSeconds }) =>
    `This machine's clock is ${aheadSeconds} seconds ahead of Microsoft's (behind, where negative); beyond 300 tokens are refused. Set it: sudo timedatectl set-ntp true.`,
  'nobody-holds-a-role': () =>
    `Nobody in this tenant actively holds a role that may see amounts, so nobody is told. Assign one: ${entra} > Roles & admins > Billing Administrator > Add assignments.`,
  'holders-only-eligible': ({ eligibleOnly }) =>
    `${eligibleOnly} people may activate a role and nobody holds one now, so that at night nobody is told. Make one active: ${entra} > Roles & admins > Billing Administrator > Add assignments > Active.`,
} satisfies Fixes;

function surplus(how: string, permission = '', instead = ''): string {
  const first = instead === '' ? '' : `First add ${instead} and ${consent}. `;
  return `${permission} lets the bot do ${how}. ${first}Remove it: ${apiPermissions} > ${permission} > … > Remove permission, then ${entra} > Enterprise applications > Credits Bot > Permissions > Revoke permission.`;
}
