import type { GraphFacts, Probe, TokenFacts } from './facts.ts';
import { type Finding, fail, pass, warn } from './finding.ts';
import { isTooBroad, notNeeded, type Permission, permissions } from './permissions.ts';

/**
 * Whether Graph answers, and each permission by what the token says of it and what Graph says when asked. Where the
 * token cannot be read, the questions decide.
 */
export function judgePermissions({ token, probes }: GraphFacts): readonly Finding[] {
  if (token.kind !== 'readable' && token.kind !== 'opaque') return [];
  const isDown = probes.every(({ outcome }) => outcome.kind === 'no-answer' && outcome.status !== 429);
  return [
    isDown
      ? fail('graph.reachable', 'graph-down', { status: lastStatus(probes) })
      : pass('graph.reachable', 'graph-answers'),
    ...permissions.flatMap((permission) => judgePermission(permission, { token, probes, isDown })),
    ...(token.kind === 'readable' ? judgeSurplus(token) : []),
  ];
}

type Seen = Pick<GraphFacts, 'token' | 'probes'> & { readonly isDown: boolean };

function judgePermission(permission: Permission, { token, probes, isDown }: Seen): readonly Finding[] {
  const { name, purpose } = permission;
  const check = `permission.${name}`;
  const probe = probes.find(({ of }) => of === permission.probe);
  const granted = grantedBy(permission, token);
  if (granted === null) return [missing(permission)];
  const fault = probe === undefined || isDown ? null : judgeProbe(permission, { probe, granted });
  if (fault !== null) return [fault];
  const isSeen = granted !== 'unread' || probe?.outcome.kind === 'answered';
  return isSeen ? [pass(check, 'permission-granted', { by: granted, purpose })] : [];
}

/** The permission itself or a wider one; null where there is none, `unread` where the token does not tell. */
function grantedBy({ name, wider }: Permission, token: TokenFacts): string | null {
  if (token.kind !== 'readable') return 'unread';
  return [name, ...wider].find((role) => token.roles.includes(role)) ?? null;
}

function missing({ name, optional, purpose }: Permission): Finding {
  const check = `permission.${name}`;
  const data = { permission: name, purpose };
  return optional
    ? warn(check, 'permission-optional-missing', data)
    : fail(check, 'permission-missing', data);
}

function judgeProbe(
  { name, purpose, optional }: Permission,
  { probe: { outcome }, granted }: { readonly probe: Probe; readonly granted: string },
): Finding | null {
  const check = `permission.${name}`;
  if (outcome.kind === 'answered') return null;
  const data = { permission: name, purpose, status: outcome.status };
  const bad = optional ? warn : fail;
  if (outcome.kind === 'no-answer')
    return outcome.status === 429 ? warn(check, 'graph-throttled', data) : bad(check, 'graph-down', data);
  // A token that is not taken is one fault, and is told once.
  if (outcome.status === 401) return null;
  if (outcome.status !== 403) return bad(check, 'graph-endpoint-absent', data);
  return bad(check, granted === 'unread' ? 'consent-missing' : 'permission-refused', data);
}

/** Each is named, so that each can be taken away; one that stands in for a lesser one is to be replaced by it. */
function judgeSurplus(token: Extract<TokenFacts, { kind: 'readable' }>): readonly Finding[] {
  const surplus = notNeeded(token.roles);
  if (surplus.length === 0) return [pass('permissions.surplus', 'permissions-least')];
  return surplus.map((role) => {
    const instead = permissions.filter((permission) => grantedBy(permission, token) === role);
    return warn(`permission.${role}`, isTooBroad(role) ? 'permission-too-broad' : 'permission-unused', {
      permission: role,
      instead: instead.map(({ name }) => name),
    });
  });
}

function lastStatus(probes: readonly Probe[]): number | null {
  const { outcome } = probes.at(-1) ?? {};
  return outcome === undefined || outcome.kind === 'answered' ? null : outcome.status;
}
