import { dayMs, type Instant } from '../../decision/time.ts';
import type { CredentialFacts, GraphFacts, RegisteredCredential } from './facts.ts';
import { type Finding, fail, pass, warn } from './finding.ts';

/** Days before the end at which it is told, each more urgently than the one before. */
const warningDays: readonly number[] = [30, 7, 1];

/** Whether what the bot proves itself with is about to end: one that ends silences the bot. */
export function judgeCredential({ credential, token }: GraphFacts, now: Instant): readonly Finding[] {
  const { kind, certificateFile } = credential;
  if (kind === 'managed-identity') return [pass('credential', 'credential-without-expiry', { kind })];
  if (certificateFile !== null) return [judgeFile(certificateFile, now)];
  // The identity platform has said it already, and with more certainty.
  if (token.kind === 'refused' && (token.aadsts === 7000222 || token.aadsts === 7000215)) return [];
  return judgeRegistered(credential, now);
}

function judgeFile({ expiresAt }: NonNullable<CredentialFacts['certificateFile']>, now: Instant): Finding {
  return expiresAt === null
    ? fail('credential.certificate', 'certificate-unreadable')
    : judgeEnd({ kind: 'certificate', name: null, expiresAt }, now);
}

/** Where it cannot be known which of several is in use, the one that lives longest is taken for it. */
function judgeRegistered({ kind, registered }: CredentialFacts, now: Instant): readonly Finding[] {
  if (registered === null || registered.length === 0)
    return [warn(`credential.${kind}`, 'expiry-unseen', { kind })];
  const longestFirst = [...registered].sort((left, right) => right.expiresAt - left.expiresAt);
  return (['secret', 'certificate'] as const).flatMap((of) => {
    const longest = longestFirst.find((each) => each.kind === of);
    return longest === undefined ? [] : [judgeEnd(longest, now)];
  });
}

function judgeEnd({ kind, name, expiresAt }: RegisteredCredential, now: Instant): Finding {
  const check = `credential.${kind}`;
  const daysLeft = Math.floor((expiresAt - now) / dayMs);
  const data = { name, expiresAt: new Date(expiresAt).toISOString(), daysLeft };
  if (expiresAt <= now)
    return fail(check, kind === 'secret' ? 'secret-expired' : 'certificate-expired', data);
  const within = warningDays.filter((days) => expiresAt - now <= days * dayMs).at(-1);
  if (within === undefined) return pass(check, 'credential-valid', data);
  return warn(check, kind === 'secret' ? 'secret-expires' : 'certificate-expires', { ...data, within });
}
