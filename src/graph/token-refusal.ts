import type { CredentialFacts, TokenFacts } from '../workflows/doctor/facts.ts';

/** Why the identity platform gave no token, by the number or the name that its library puts into the message. */
export function tokenRefusal(error: unknown, kind: CredentialFacts['kind']): TokenFacts {
  const messages = messagesOf(error);
  const aadsts = /AADSTS(\d{4,8})/.exec(messages)?.[1];
  if (aadsts !== undefined) return { kind: 'refused', aadsts: Number(aadsts) };
  // It is asked of the machine itself, so that silence means that there is none.
  if (kind === 'managed-identity') return { kind: 'no-identity' };
  if (unreachable.test(messages)) return { kind: 'unreachable' };
  return kind === 'certificate' ? { kind: 'certificate-unreadable' } : { kind: 'refused', aadsts: null };
}

const unreachable = /network_error|endpoints_resolution|openid_config|ENOTFOUND|ECONN|EAI_AGAIN|timed? ?out/i;

/** The error and its causes, on as many lines; they go no further than this file, for they may name the tenant. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return [`${error.name}: ${error.message}`, messagesOf(error.cause)].join('\n');
}
