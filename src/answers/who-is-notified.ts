import { isOnByDefault, notifiedRoles, type RoleHolder, type RoleHoldings } from '../people/role-holder.ts';

/** Who holds the roles that Microsoft tells of low balances; shown in a personal chat to an eligible role. */
export interface WhoIsNotifiedAnswer {
  readonly kind: 'who-is-notified';
  /** People who hold one of the roles actively and are enabled members, each once; roles off by default apart. */
  readonly people: number;
  /** Those with holders, most holders last, so that the few who decide come first. */
  readonly roles: readonly NotifiedRole[];
  /** Roles that nobody holds. */
  readonly unheld: readonly string[];
  /** False where the tenant does not tell who is eligible. */
  readonly eligibleKnown: boolean;
}

export interface NotifiedRole {
  /** Role template id. */
  readonly role: string;
  /** False for a role that the product leaves out unless an admin chooses otherwise. */
  readonly onByDefault: boolean;
  readonly holders: readonly Holder[];
  /** Holders that are not named, for there are too many. */
  readonly more: number;
}

export interface Holder extends Pick<RoleHolder, 'displayName' | 'how'> {
  /** What keeps a message from this holder; null where nothing is known to. */
  readonly obstacle: 'disabled' | 'guest' | null;
}

/** More names than this make a list that nobody reads, and a card too large. */
const mostNames = 6;

export function whoIsNotified({ holders, eligibleKnown }: RoleHoldings): WhoIsNotifiedAnswer {
  const held = notifiedRoles.map((role) => ({ role, holders: holders.get(role) ?? [] }));
  const reached = held
    .filter(({ role }) => isOnByDefault(role))
    .flatMap((each) =>
      each.holders.filter((holder) => holder.how !== 'eligible' && obstacle(holder) === null),
    );
  return {
    kind: 'who-is-notified',
    people: new Set(reached.map(({ person }) => person)).size,
    roles: held
      .filter((each) => each.holders.length > 0)
      .sort((left, right) => left.holders.length - right.holders.length)
      .map((each) => ({
        role: each.role,
        onByDefault: isOnByDefault(each.role),
        holders: [...each.holders].sort(activeFirst).slice(0, mostNames).map(shown),
        more: Math.max(0, each.holders.length - mostNames),
      })),
    unheld: held.filter((each) => each.holders.length === 0).map(({ role }) => role),
    eligibleKnown,
  };
}

function shown(holder: RoleHolder): Holder {
  return { displayName: holder.displayName, how: holder.how, obstacle: obstacle(holder) };
}

function obstacle({ enabled, guest }: RoleHolder): Holder['obstacle'] {
  if (!enabled) return 'disabled';
  return guest ? 'guest' : null;
}

function activeFirst(left: RoleHolder, right: RoleHolder): number {
  const isLess = (holder: RoleHolder) => Number(holder.how === 'eligible' || obstacle(holder) !== null);
  return isLess(left) - isLess(right) || left.displayName.localeCompare(right.displayName, 'en');
}
