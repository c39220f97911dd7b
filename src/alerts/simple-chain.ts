import type { EscalationTarget } from './escalation.ts';
import type { AlertSettings } from './settings.ts';

type Steps = AlertSettings['chain']['critical'];

export const simpleTargets = [
  'roles',
  'channel',
  'mail',
] as const satisfies readonly EscalationTarget['kind'][];

/** After how many minutes each is turned to; null for never. */
export type SimpleChain = Readonly<Record<(typeof simpleTargets)[number], number | null>>;

/** Null where there is more to a chain than one step for each: other roles in turn, or the same again. */
export function simpleChain(steps: Steps): SimpleChain | null {
  const kinds = steps.map(({ to }) => to.kind);
  if (new Set(kinds).size < kinds.length) return null;
  const after = (kind: EscalationTarget['kind']) => steps.find(({ to }) => to.kind === kind)?.afterMinutes;
  return { roles: after('roles') ?? null, channel: after('channel') ?? null, mail: after('mail') ?? null };
}

/** The steps in the order of their times; null where two of them have the same. */
export function stepsOf(chain: SimpleChain, moreRoles: readonly string[]): Steps | null {
  const steps = simpleTargets.flatMap((kind) => {
    const afterMinutes = chain[kind];
    if (afterMinutes === null) return [];
    return [{ afterMinutes, to: kind === 'roles' ? { kind, roles: [...moreRoles] } : { kind } }];
  });
  steps.sort((left, right) => left.afterMinutes - right.afterMinutes);
  return new Set(steps.map(({ afterMinutes }) => afterMinutes)).size < steps.length ? null : steps;
}

/** The roles of the step that turns to more of them; null where there is none. */
export function rolesInChain(steps: Steps): readonly string[] | null {
  for (const { to } of steps) if (to.kind === 'roles') return to.roles;
  return null;
}
