import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TeamsAdapter } from '@microsoft/teams-ai';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import {
  AuthenticationConstants,
  AuthenticationError,
  CertificateServiceClientCredentialsFactory,
  type Claim,
  GovernmentConstants,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { ProductionConfig } from '../src/config/config.ts';
import type { BotCredentials } from '../src/config/production-config.ts';
import { StrictAdapter } from './strict-adapter.ts';

/** Without an app id nothing is signed and nothing is checked: for the sandbox, which listens on loopback alone. */
export function sandboxAdapter(): TeamsAdapter {
  return new TeamsAdapter({}, new ConfigurationServiceClientCredentialFactory({}));
}

/** Checks the signature, issuer and audience of every activity, and signs every reply. */
export function productionAdapter(config: ProductionConfig): TeamsAdapter {
  const government = config.cloud === 'gcc-high' || config.cloud === 'dod';
  const constants = government ? GovernmentConstants : AuthenticationConstants;
  const issuer = constants.ToBotFromChannelTokenIssuer;
  const metadataUrl = config.openIdMetadataUrl ?? constants.ToBotFromChannelOpenIdMetadataUrl;
  // The SDK takes all of these or none: naming one alone would leave the others empty.
  const endpoints = {
    ToChannelFromBotLoginUrl: constants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: constants.ToChannelFromBotOAuthScope,
    ToBotFromChannelTokenIssuer: issuer,
    OAuthUrl: constants.OAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
    // Emulators and other bots sign with keys of Entra: where only the channel's are known, none of theirs is.
    ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
  };
  return new StrictAdapter(endpoints, credentialsFactory(config.credentials), {
    // Teams signs with a key that is endorsed for its channel; a key of another channel does not speak for it.
    requiredEndorsements: ['msteams'],
    validateClaims: async (claims) => issuedByChannel(claims, issuer),
  });
}

/** The SDK also takes tokens of emulators and of other bots, which are bound to no serviceUrl. */
function issuedByChannel(claims: readonly Claim[], issuer: string): void {
  const { IssuerClaim } = AuthenticationConstants;
  if (claims.some((claim) => claim.type === IssuerClaim && claim.value === issuer)) return;
  throw new AuthenticationError('The token is not one of the channel.', 401);
}

function credentialsFactory(credentials: BotCredentials): ServiceClientCredentialsFactory {
  const { clientId, homeTenant } = credentials;
  switch (credentials.kind) {
    case 'secret':
      return new ConfigurationServiceClientCredentialFactory({
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppId: clientId,
        MicrosoftAppPassword: credentials.clientSecret,
        MicrosoftAppTenantId: homeTenant,
      });
    case 'certificate': {
      const pem = readFileSync(credentials.certificatePath, 'utf8');
      const thumbprint = new X509Certificate(pem).fingerprint.replaceAll(':', '');
      return new CertificateServiceClientCredentialsFactory(clientId, thumbprint, pem, homeTenant);
    }
    case 'managed-identity':
      return new ConfigurationServiceClientCredentialFactory({
        MicrosoftAppType: 'UserAssignedMsi',
        MicrosoftAppId: clientId,
        MicrosoftAppTenantId: homeTenant,
      });
  }
}
