import type { TenantId } from '../../decision/ids.ts';
import type { GraphFacts, TokenFacts } from './facts.ts';
import { type FaultCode, type Finding, fail, pass, warn } from './finding.ts';
import { permissions } from './permissions.ts';

/** Whether the identity platform lets the bot be somebody in this tenant. */
export function judgeToken({ token, probes }: GraphFacts, tenant: TenantId): readonly Finding[] {
  const check = 'graph.token';
  switch (token.kind) {
    case 'refused':
      return [
        fail(check, refusals.get(token.aadsts ?? 0) ?? 'token-refused', { aadsts: token.aadsts, tenant }),
      ];
    case 'unreachable':
      return [fail(check, 'identity-unreachable')];
    case 'no-identity':
      return [fail(check, 'managed-identity-absent')];
    case 'certificate-unreadable':
      return [fail(check, 'certificate-unreadable')];
    case 'opaque':
      return [
        probes.some(({ outcome }) => outcome.kind === 'refused' && outcome.status === 401)
          ? fail(check, 'graph-token-not-taken', { tenant })
          : warn(check, 'token-opaque', { unseen: unseen() }),
      ];
    case 'readable':
      return [readable(token, { probes, tenant })];
  }
}

/**
 * The identity platform's numbers ("Microsoft Entra authentication error codes"). Microsoft may change them: an
 * unknown one is told as it is.
 */
const refusals: ReadonlyMap<number, FaultCode> = new Map([
  [7000222, 'secret-expired'],
  [7000215, 'secret-wrong'],
  [700027, 'certificate-not-registered'],
  [700024, 'assertion-out-of-time'],
  [90002, 'tenant-unknown'],
  [900023, 'tenant-unknown'],
  [700016, 'app-not-in-tenant'],
  [7000229, 'app-not-in-tenant'],
  [7000112, 'app-disabled'],
  [65001, 'tenant-without-consent'],
]);

/** Permissions that no question to Graph can find out about. */
function unseen(): readonly string[] {
  return permissions.filter(({ probe }) => probe === null).map(({ name }) => name);
}

function readable(
  { tenant: issuedFor }: Extract<TokenFacts, { kind: 'readable' }>,
  { probes, tenant }: Pick<GraphFacts, 'probes'> & { readonly tenant: TenantId },
): Finding {
  const check = 'graph.token';
  if (issuedFor !== null && issuedFor.toLowerCase() !== tenant)
    return fail(check, 'token-of-another-tenant', { tenant, issuedFor });
  const isRefused = probes.some(({ outcome }) => outcome.kind === 'refused' && outcome.status === 401);
  return isRefused
    ? fail(check, 'graph-token-not-taken', { tenant })
    : pass(check, 'token-given', { tenant });
}
