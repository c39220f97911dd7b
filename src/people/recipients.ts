import type { RoleChoice } from './role-choice.ts';
import { onePerPerson, type RoleHolder, type RoleHoldings, standing } from './role-holder.ts';

/** Whom a message to the chosen roles goes to: who holds one of them actively, each once, in the order of the roles. */
export function recipients({ holders }: RoleHoldings, chosen: RoleChoice): readonly RoleHolder[] {
  const held = [...holders].flatMap(([role, holdersOfRole]) => (chosen.has(role) ? holdersOfRole : []));
  return onePerPerson(held.filter((holder) => standing(holder) === 'active'));
}
