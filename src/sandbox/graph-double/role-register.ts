import type { PersonId } from '../../decision/ids.ts';
import type { SandboxPerson } from '../people.ts';

export type RoleHolding = 'direct' | 'group' | 'eligible';

/** Who holds which role and how; it can change while the double runs. */
export class RoleRegister {
  readonly #holdings = new Map<PersonId, { readonly roles: readonly string[]; readonly how: RoleHolding }>();
  /** Roles that were ever assigned: Graph knows no others as directory roles. */
  readonly #activated = new Set<string>();

  constructor(people: readonly SandboxPerson[]) {
    for (const { id, roles, via } of people) {
      this.set(id, roles, via === 'group' || via === 'eligible' ? via : 'direct');
    }
  }

  set(person: PersonId, roles: readonly string[], how: RoleHolding): void {
    this.#holdings.set(person, { roles, how });
    if (how !== 'eligible') for (const role of roles) this.#activated.add(role);
  }

  /** Active roles, direct or through the group, and no eligible ones. */
  active(person: PersonId): readonly string[] {
    const holding = this.#holdings.get(person);
    return holding === undefined || holding.how === 'eligible' ? [] : holding.roles;
  }

  holders(how: RoleHolding): readonly { readonly person: PersonId; readonly role: string }[] {
    return [...this.#holdings].flatMap(([person, holding]) =>
      holding.how === how ? holding.roles.map((role) => ({ person, role })) : [],
    );
  }

  isActivated(role: string): boolean {
    return this.#activated.has(role);
  }
}
