import type { TenantId } from '../decision/ids.ts';
import { hourMs, type Instant } from '../decision/time.ts';
import type { CredentialFacts, GraphFacts, Probe, TokenFacts } from '../workflows/doctor/facts.ts';
import type { GraphHealth } from '../workflows/ports.ts';
import { certificateEnd } from './certificate-file.ts';
import type { GraphCredentials, TokenSource } from './credentials.ts';
import { probe } from './probe.ts';
import { registeredCredentials } from './registered-credentials.ts';
import { readClaims, type TokenClaims } from './token-claims.ts';
import { tokenRefusal } from './token-refusal.ts';

export interface GraphHealthOptions {
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  /** Null where the tokens come from elsewhere, as in the sandbox. */
  readonly credentials: GraphCredentials | null;
  readonly now: () => Instant;
}

/** What Graph lets the product do, found out by asking for little of everything that the product reads. */
export function graphHealth(options: GraphHealthOptions): GraphHealth {
  return { facts: (tenant) => look(options, tenant) };
}

async function look(options: GraphHealthOptions, tenant: TenantId): Promise<GraphFacts> {
  const found = await askForToken(options, tenant);
  if (found.kind === 'none') {
    const credential = await credentialFacts(options, null);
    return { token: found.why, probes: [], clockAheadMs: null, credential };
  }
  const { token, claims } = found;
  const probes = await Promise.all(
    questions(options.now()).map(async ({ of, path }) => {
      const probed = await probe({ url: urlOf(options, path), token, now: options.now });
      return { of, ...probed };
    }),
  );
  return {
    token:
      claims === null ? { kind: 'opaque' } : { kind: 'readable', tenant: claims.tenant, roles: claims.roles },
    probes: probes.map(({ of, outcome }) => ({ of, outcome })),
    clockAheadMs: probes.map(({ clockAheadMs }) => clockAheadMs).find((ahead) => ahead !== null) ?? null,
    credential: await credentialFacts(options, { token, claims }),
  };
}

interface Token {
  /** Null where none is sent. */
  readonly token: string | null;
  readonly claims: TokenClaims | null;
}

async function askForToken(
  { tokens, credentials }: GraphHealthOptions,
  tenant: TenantId,
): Promise<({ readonly kind: 'given' } & Token) | { readonly kind: 'none'; readonly why: TokenFacts }> {
  try {
    const token = await tokens.token(tenant);
    return { kind: 'given', token, claims: token === null ? null : readClaims(token) };
  } catch (error) {
    return { kind: 'none', why: tokenRefusal(error, kindOf(credentials)) };
  }
}

/** Least of what the product reads: an hour of calls, one user, one role, one licence list. */
function questions(now: Instant): readonly { readonly of: Probe['of']; readonly path: string }[] {
  const [from, to] = [now - hourMs, now].map((at) => new Date(at).toISOString());
  const role = encodeURIComponent(`roleDefinitionId eq '${billingAdministrator}'`);
  return [
    {
      of: 'calls',
      path: `/v1.0/communications/callRecords/getPstnCalls(fromDateTime=${from},toDateTime=${to})`,
    },
    { of: 'users', path: '/v1.0/users?$select=id,assignedLicenses&$top=1' },
    { of: 'roles', path: `/v1.0/roleManagement/directory/roleAssignments?$filter=${role}` },
    { of: 'licences', path: '/v1.0/subscribedSkus?$select=skuId' },
  ];
}

/** Any role would do: its template is the same in every tenant. */
const billingAdministrator = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';

async function credentialFacts(options: GraphHealthOptions, found: Token | null): Promise<CredentialFacts> {
  const { credentials } = options;
  const clientId =
    (credentials && 'clientId' in credentials ? credentials.clientId : null) ?? found?.claims?.clientId;
  const registered =
    found === null || !clientId
      ? null
      : await registeredCredentials({
          url: urlOf(options, registrationPath(clientId)),
          token: found.token,
          now: options.now,
          secret: credentials?.kind === 'secret' ? credentials.clientSecret : null,
        });
  return {
    kind: kindOf(credentials),
    certificateFile:
      credentials?.kind === 'certificate'
        ? { expiresAt: await certificateEnd(credentials.certificatePath) }
        : null,
    registered,
  };
}

function kindOf(credentials: GraphCredentials | null): CredentialFacts['kind'] {
  return credentials === null || credentials.kind === 'anonymous' ? 'unknown' : credentials.kind;
}

function registrationPath(clientId: string): string {
  return `/v1.0/applications(appId='${encodeURIComponent(clientId)}')?$select=passwordCredentials,keyCredentials`;
}

function urlOf({ baseUrl }: GraphHealthOptions, path: string): string {
  return new URL(baseUrl).origin + path;
}
