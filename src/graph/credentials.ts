import type { TokenCredential } from '@azure/identity';
import type { TenantId } from '../decision/ids.ts';

/** As whom the product asks Graph; always as an application, never as a person. */
export type GraphCredentials =
  | {
      readonly kind: 'secret';
      readonly homeTenant: TenantId;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly kind: 'certificate';
      readonly homeTenant: TenantId;
      readonly clientId: string;
      /** A PEM file with the certificate and its private key. */
      readonly certificatePath: string;
    }
  /** Null is the machine's own identity, otherwise a user-assigned one. */
  | { readonly kind: 'managed-identity'; readonly clientId: string | null }
  /** Without a token, as the sandbox's Graph double allows. */
  | { readonly kind: 'anonymous' };

/** Gives an app-only token for one tenant, or null where none is to be sent. */
export interface TokenSource {
  /** @throws {Error} where the identity platform gives none. */
  token(tenant: TenantId): Promise<string | null>;
}

/** Tokens for Graph at this host. Nothing is asked of the identity platform before the first token is needed. */
export function tokenSource(credentials: GraphCredentials, graphUrl: string): TokenSource {
  if (credentials.kind === 'anonymous') return { token: async () => null };
  let credential: Promise<TokenCredential> | null = null;
  return tokensOf(() => {
    credential ??= credentialOf(credentials);
    return credential;
  }, graphUrl);
}

/** Tokens of a credential, which keeps them until they are about to expire. */
export function tokensOf(
  credential: () => Promise<Pick<TokenCredential, 'getToken'>>,
  graphUrl: string,
): TokenSource {
  const scope = `${new URL(graphUrl).origin}/.default`;
  return {
    token: async (tenant) => {
      const access = await (await credential()).getToken(scope, { tenantId: tenant });
      if (access === null) throw new Error('The identity platform gave no token.');
      return access.token;
    },
  };
}

async function credentialOf(
  credentials: Exclude<GraphCredentials, { kind: 'anonymous' }>,
): Promise<TokenCredential> {
  // The library is large; the sandbox starts without it.
  const identity = await import('@azure/identity');
  const anyTenant = { additionallyAllowedTenants: ['*'] };
  switch (credentials.kind) {
    case 'secret': {
      const { homeTenant, clientId, clientSecret } = credentials;
      return new identity.ClientSecretCredential(homeTenant, clientId, clientSecret, anyTenant);
    }
    case 'certificate': {
      const { homeTenant, clientId, certificatePath } = credentials;
      return new identity.ClientCertificateCredential(homeTenant, clientId, { certificatePath }, anyTenant);
    }
    case 'managed-identity': {
      const { clientId } = credentials;
      return clientId === null
        ? new identity.ManagedIdentityCredential()
        : new identity.ManagedIdentityCredential({ clientId });
    }
  }
}
