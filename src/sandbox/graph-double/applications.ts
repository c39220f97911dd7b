import type { JsonValue } from '../../decision/json.ts';
import { dayMs, type Instant } from '../../decision/time.ts';
import { sandboxClientId } from '../sandbox-token.ts';
import { noSuchResource } from './directory-users.ts';
import { found, type GraphPart, select } from './graph-answer.ts';

/** What an application proves itself with, as Graph tells it; never the secret itself. */
export interface AppRegistration {
  readonly appId: string;
  readonly passwordCredentials: readonly AppCredential[];
  readonly keyCredentials: readonly AppCredential[];
}

export interface AppCredential {
  readonly displayName: string | null;
  /** ISO 8601. */
  readonly endDateTime: string;
  readonly hint?: string;
}

/** `/applications(appId='…')`. */
export function applications(registration: AppRegistration): GraphPart {
  return ({ path, query, versionUrl }) => {
    const appId = applicationPath.exec(path)?.[1];
    if (appId === undefined) return null;
    if (appId.toLowerCase() !== registration.appId) return noSuchResource(appId);
    const { passwordCredentials, keyCredentials } = registration;
    return found({
      '@odata.context': `${versionUrl}/$metadata#applications/$entity`,
      ...select(
        {
          appId,
          displayName: 'Credits Bot',
          passwordCredentials: passwordCredentials.map(asJson),
          keyCredentials: keyCredentials.map(asJson),
        },
        query,
      ),
    });
  };
}

/** The sandbox's own: one secret, which was made a moment ago. */
export function registrationOf(now: Instant): AppRegistration {
  const endDateTime = new Date(now + secretDays * dayMs).toISOString();
  return {
    appId: sandboxClientId,
    passwordCredentials: [{ displayName: 'sandbox', endDateTime }],
    keyCredentials: [],
  };
}

/** Microsoft recommends that a secret lasts half a year. */
const secretDays = 180;

const applicationPath = /^\/applications\(appId='([^']+)'\)$/;

function asJson(credential: AppCredential): JsonValue {
  return { ...credential };
}
