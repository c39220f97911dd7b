import type { PersonId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';

/** One person's hold on one role. */
export interface RoleHolder {
  readonly person: PersonId;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** `activated`: for some hours, in Privileged Identity Management. `eligible`: not active, to be activated first. */
  readonly how: 'direct' | 'group' | 'activated' | 'eligible';
  /** `/` for the whole tenant, or the administrative unit in which alone the role holds. */
  readonly scope: string;
  /** When the hold ends by itself; null where it does not, or is not known to. */
  readonly until: Instant | null;
}

/** Who holds which role, by role template id, as the directory had it at one time. */
export interface RoleHoldings {
  readonly readAt: Instant;
  readonly holders: ReadonlyMap<string, readonly RoleHolder[]>;
  /** False where the tenant does not tell who is eligible, as without Privileged Identity Management. */
  readonly eligibleKnown: boolean;
}

/** What a hold comes to: only `active` gives rights. */
export type Standing = 'active' | 'eligible' | 'part' | 'guest' | 'disabled';

export function standing({ enabled, guest, how, scope }: RoleHolder): Standing {
  if (!enabled) return 'disabled';
  if (guest) return 'guest';
  if (scope !== '/') return 'part';
  return how === 'eligible' ? 'eligible' : 'active';
}

/**
 * What is left of a reading at a later time: holds that have ended since are none, and who activated a role may do so
 * again.
 */
export function heldAt(holdings: RoleHoldings, at: Instant): RoleHoldings {
  const left = [...holdings.holders].map(
    ([role, holders]) => [role, holders.flatMap((holder) => leftOf(holder, at))] as const,
  );
  return { ...holdings, holders: new Map(left) };
}

function leftOf(holder: RoleHolder, at: Instant): readonly RoleHolder[] {
  if (holder.until === null || holder.until > at) return [holder];
  return holder.how === 'activated' ? [{ ...holder, how: 'eligible', until: null }] : [];
}

/** Who holds a role several times is one holder of it, by the hold that gives most; the first to come stays first. */
export function onePerPerson(holders: readonly RoleHolder[]): readonly RoleHolder[] {
  const best = new Map<PersonId, RoleHolder>();
  for (const holder of holders) {
    const known = best.get(holder.person);
    if (known === undefined || worth(holder) < worth(known)) best.set(holder.person, holder);
  }
  return [...best.values()];
}

const worthOfHow = { direct: 0, group: 1, activated: 2, eligible: 3 } as const;

/** The whole tenant before a part of it, then what lasts before what ends. */
function worth({ how, scope }: RoleHolder): number {
  return worthOfHow[how] + (scope === '/' ? 0 : 4);
}
