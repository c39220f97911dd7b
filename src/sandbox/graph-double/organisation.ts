import type { SandboxTenant } from '../people.ts';
import { found, type GraphPart, select } from './graph-answer.ts';

/** `/organization`: the one organisation that a tenant is. */
export function organisation({ id, displayName, countryCode }: SandboxTenant): GraphPart {
  return ({ path, query, versionUrl }) =>
    path === '/organization'
      ? found({
          '@odata.context': `${versionUrl}/$metadata#organization`,
          value: [select({ id, displayName, countryLetterCode: countryCode }, query)],
        })
      : null;
}
