import type { Instant } from '../decision/time.ts';
import { reachState } from '../people/reach.ts';
import { recipients } from '../people/recipients.ts';
import { notifiedRoles, selectableRoles } from '../people/role-catalogue.ts';
import type { RoleChoice } from '../people/role-choice.ts';
import { type RoleHolder, type RoleHoldings, standing } from '../people/role-holder.ts';

/** Who holds the roles that are told of low balances; shown in a personal chat to an eligible role. */
export interface WhoIsNotifiedAnswer {
  readonly kind: 'who-is-notified';
  /** People who hold one of the chosen roles actively in the whole tenant and are enabled members, each once. */
  readonly people: number;
  /** How many of them the bot can write to. */
  readonly reachable: number;
  /** Those with holders, most holders last, so that the few who decide come first. */
  readonly roles: readonly NotifiedRole[];
  /** Roles that nobody holds. */
  readonly unheld: readonly string[];
  /** False where the tenant does not tell who is eligible. */
  readonly eligibleKnown: boolean;
  /** When the directory was read. */
  readonly asOf: Instant;
}

export interface NotifiedRole {
  /** Role template id. */
  readonly role: string;
  /** False for a role of Microsoft's list that the tenant leaves out. */
  readonly chosen: boolean;
  /** False for a role that the tenant chose beside Microsoft's list. */
  readonly mailed: boolean;
  /** Who holds it now, those among them whom a message does not reach with the reason. */
  readonly active: HolderList;
  /** Who may activate it and has not. */
  readonly eligible: HolderList;
  /** Whose hold is of a part of the organisation. */
  readonly part: HolderList;
}

export interface HolderList {
  readonly holders: readonly Holder[];
  /** Holders that are not named, for there are too many. */
  readonly more: number;
}

export interface Holder extends Pick<RoleHolder, 'displayName' | 'how' | 'until'> {
  /** What keeps a message from this holder: `disabled`, `guest`, `no-chat`, `blocked`, …; null where nothing does. */
  readonly obstacle: string | null;
}

/** More names than this make a list that nobody reads, and a card too large. */
const mostNames = 6;
/** Those whose hold does not count are less to the point. */
const mostNamesApart = 3;

type Conversations = ReadonlyMap<string, { readonly refused: { readonly why: string } | null }>;

/** `conversations` are those that the bot knows of, by the person. */
export function whoIsNotified(
  holdings: RoleHoldings,
  chosen: RoleChoice,
  conversations: Conversations,
): WhoIsNotifiedAnswer {
  const { holders, eligibleKnown, readAt } = holdings;
  const held = selectableRoles
    .filter((role) => chosen.has(role) || notifiedRoles.includes(role))
    .map((role) => ({ role, holders: holders.get(role) ?? [] }));
  const told = recipients(holdings, chosen);
  const obstacleOf = (holder: RoleHolder) => obstacle(holder, conversations);
  const listed = (of: readonly RoleHolder[], most: number) => list(of, { most, obstacleOf });
  return {
    kind: 'who-is-notified',
    people: told.length,
    reachable: told.filter((holder) => obstacleOf(holder) === null).length,
    roles: held
      .filter((each) => each.holders.length > 0)
      .sort((left, right) => left.holders.length - right.holders.length)
      .map((each) => ({
        role: each.role,
        chosen: chosen.has(each.role),
        mailed: notifiedRoles.includes(each.role),
        active: listed(
          each.holders.filter((holder) => inWholeTenant(holder) && !isEligible(holder)),
          mostNames,
        ),
        eligible: listed(
          each.holders.filter((holder) => inWholeTenant(holder) && isEligible(holder)),
          mostNamesApart,
        ),
        part: listed(
          each.holders.filter((holder) => !inWholeTenant(holder)),
          mostNamesApart,
        ),
      })),
    unheld: held.filter((each) => each.holders.length === 0).map(({ role }) => role),
    eligibleKnown,
    asOf: readAt,
  };
}

function inWholeTenant({ scope }: RoleHolder): boolean {
  return scope === '/';
}

function isEligible({ how }: RoleHolder): boolean {
  return how === 'eligible';
}

interface Listing {
  readonly most: number;
  readonly obstacleOf: (holder: RoleHolder) => string | null;
}

function list(holders: readonly RoleHolder[], { most, obstacleOf }: Listing): HolderList {
  const isLess = (holder: RoleHolder) => Number(obstacleOf(holder) !== null);
  const reachedFirst = (left: RoleHolder, right: RoleHolder) =>
    isLess(left) - isLess(right) || left.displayName.localeCompare(right.displayName, 'en');
  return {
    holders: [...holders]
      .sort(reachedFirst)
      .slice(0, most)
      .map((holder) => shown(holder, obstacleOf(holder))),
    more: Math.max(0, holders.length - most),
  };
}

function shown({ displayName, how, until }: RoleHolder, why: string | null): Holder {
  return { displayName, how, until, obstacle: why };
}

/** Who has no role that is active and whole is not written to, whatever the bot knows of the person's chat. */
function obstacle(holder: RoleHolder, conversations: Conversations): string | null {
  const held = standing(holder);
  if (held === 'disabled' || held === 'guest') return held;
  if (held !== 'active') return null;
  const state = reachState(holder, conversations.get(holder.person) ?? null);
  return state === 'chat' ? null : state;
}
