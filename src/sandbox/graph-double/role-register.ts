import type { SandboxPerson } from '../people.ts';

/** One hold on one role. */
export interface HeldRole {
  readonly role: string;
  /** `activated` and `eligible` are of Privileged Identity Management: active for some hours, and not active. */
  readonly standing: 'assigned' | 'activated' | 'eligible';
  readonly through: 'direct' | 'group';
  /** `/` for the whole tenant, or an administrative unit. */
  readonly scope: string;
}

/** The usual holds, each in the whole tenant. */
export type RoleHolding = keyof typeof usualHolds;

const usualHolds = {
  direct: { standing: 'assigned', through: 'direct' },
  group: { standing: 'assigned', through: 'group' },
  activated: { standing: 'activated', through: 'direct' },
  eligible: { standing: 'eligible', through: 'direct' },
} as const satisfies Record<string, Pick<HeldRole, 'standing' | 'through'>>;

export const wholeTenant = '/';

export function heldRole(role: string, how: RoleHolding): HeldRole {
  return { role, ...usualHolds[how], scope: wholeTenant };
}

/** Who, or which application, holds what. */
export interface Holding {
  readonly principal: string;
  readonly held: HeldRole;
}

/** Who holds which role and how; it can change while the double runs. */
export class RoleRegister {
  readonly #held = new Map<string, readonly HeldRole[]>();
  /** Roles that were ever assigned: Graph knows no others as directory roles. */
  readonly #activated = new Set<string>();

  constructor(people: readonly SandboxPerson[], others: readonly Holding[]) {
    for (const { id, roles, via } of people) {
      const how = via === 'group' || via === 'eligible' ? via : 'direct';
      this.set(
        id,
        roles.map((role) => heldRole(role, how)),
      );
    }
    for (const { principal, held } of others) {
      this.set(principal, [...(this.#held.get(principal) ?? []), held]);
    }
  }

  /** Takes the place of all that the principal held. */
  set(principal: string, held: readonly HeldRole[]): void {
    this.#held.set(principal, held);
    for (const { role, standing } of held) if (standing !== 'eligible') this.#activated.add(role);
  }

  /** Roles that are active in the whole tenant, direct or through a group. */
  active(principal: string): readonly string[] {
    const held = (this.#held.get(principal) ?? []).filter(isActiveEverywhere);
    return [...new Set(held.map(({ role }) => role))];
  }

  holdings(): readonly Holding[] {
    return [...this.#held].flatMap(([principal, held]) => held.map((each) => ({ principal, held: each })));
  }

  isActivated(role: string): boolean {
    return this.#activated.has(role);
  }
}

export function isActiveEverywhere({ standing, scope }: HeldRole): boolean {
  return standing !== 'eligible' && scope === wholeTenant;
}
