import type { PersonId } from '../decision/ids.ts';
import { type RoleHoldings, type Standing, standing } from './role-holder.ts';

/** What became of one person's hold on one role; null stands for none. */
export interface HoldingChange {
  readonly role: string;
  readonly person: PersonId;
  readonly before: Standing | null;
  readonly after: Standing | null;
}

/**
 * Who gained and who lost which role between two readings, by role and then person. Where one of the two could not
 * tell who is eligible, nobody counts as having become or ceased to be so; a role that one did not read is no change.
 */
export function holdingChanges(before: RoleHoldings, after: RoleHoldings): readonly HoldingChange[] {
  const withEligible = before.eligibleKnown && after.eligibleKnown;
  const roles = [...after.holders.keys()].filter((role) => before.holders.has(role));
  return roles.sort().flatMap((role) => {
    const was = standings(before, role, withEligible);
    const is = standings(after, role, withEligible);
    return [...new Set([...was.keys(), ...is.keys()])]
      .sort()
      .map((person) => ({ role, person, before: was.get(person) ?? null, after: is.get(person) ?? null }))
      .filter((change) => change.before !== change.after);
  });
}

function standings(
  { holders }: RoleHoldings,
  role: string,
  withEligible: boolean,
): ReadonlyMap<PersonId, Standing> {
  const held = (holders.get(role) ?? []).filter(({ how }) => withEligible || how !== 'eligible');
  return new Map(held.map((holder) => [holder.person, standing(holder)]));
}
