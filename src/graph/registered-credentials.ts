import { z } from 'zod';
import type { RegisteredCredential } from '../workflows/doctor/facts.ts';
import { GraphFailed } from './graph-failed.ts';
import { readGraphJson } from './graph-json.ts';
import { type ProbeQuestion, probe } from './probe.ts';

const credentialSchema = z.object({
  displayName: z.string().nullish(),
  endDateTime: z.string().datetime({ offset: true }),
  /** The first characters of a secret, by which people know it again. */
  hint: z.string().nullish(),
});
const applicationSchema = z.object({
  passwordCredentials: z.array(credentialSchema),
  keyCredentials: z.array(credentialSchema),
});
type Credential = z.infer<typeof credentialSchema>;

/**
 * The secrets and certificates that the application has. Where the secret in use is known, those alone that its hint
 * fits. Null where Graph does not tell: most applications may not read even themselves.
 */
export async function registeredCredentials(
  question: ProbeQuestion & { readonly secret: string | null },
): Promise<readonly RegisteredCredential[] | null> {
  const { outcome, text } = await probe(question);
  const application = outcome.kind === 'answered' ? read(text) : null;
  if (application === null) return null;
  const { secret } = question;
  const fitting = application.passwordCredentials.filter(({ hint }) => hint && secret?.startsWith(hint));
  const secrets = fitting.length > 0 ? fitting : application.passwordCredentials;
  return [
    ...secrets.map((each) => registered('secret', each)),
    // Whoever signs in with a secret does not depend on a certificate.
    ...(secret === null ? application.keyCredentials : []).map((each) => registered('certificate', each)),
  ];
}

function read(text: string): z.infer<typeof applicationSchema> | null {
  try {
    return readGraphJson(text, applicationSchema);
  } catch (cause) {
    if (cause instanceof GraphFailed) return null;
    throw cause;
  }
}

function registered(
  kind: RegisteredCredential['kind'],
  { displayName, endDateTime }: Credential,
): RegisteredCredential {
  return { kind, name: displayName ?? null, expiresAt: Date.parse(endDateTime) };
}
