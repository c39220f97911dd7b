import type { GraphCredentials } from '../graph/credentials.ts';
import type { BotCredentials } from './production-config.ts';

/** The bot asks Graph as the application that it is in Teams. */
export function graphAccess(credentials: BotCredentials): GraphCredentials {
  const { clientId, homeTenant } = credentials;
  switch (credentials.kind) {
    case 'secret':
      return { kind: 'secret', clientId, homeTenant, clientSecret: credentials.clientSecret };
    case 'certificate':
      return { kind: 'certificate', clientId, homeTenant, certificatePath: credentials.certificatePath };
    case 'managed-identity':
      return { kind: 'managed-identity', clientId };
  }
}
