import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { notifiedRoles, type RoleHolder } from '../people/role-holder.ts';
import { type Conversation, conversationsWith } from './conversations.ts';
import type { RoleDirectory, Store } from './ports.ts';

/** Who could be told tonight, before it has to be. */
export interface Reachability {
  readonly people: readonly Reachable[];
  /** How many of them can be written to and may act. */
  readonly reachable: number;
  /** True where one of them who sleeps leaves nobody. */
  readonly tooFew: boolean;
}

export interface Reachable {
  readonly person: PersonId;
  readonly displayName: string;
  /** Template ids of the roles that the person holds, of those that are told. */
  readonly roles: readonly string[];
  readonly how: RoleHolder['how'];
  /**
   * `chat`: the bot may write. `no-chat`: the two never met; the app can be added, or a mail sent. `no-account`:
   * switched off, or a guest. `to-activate`: the role would have to be activated first. Else why the bot was refused.
   */
  readonly state: string;
  /** When it was last seen to be so; null where it never was tried. */
  readonly at: Instant | null;
}

const fewest = 2;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export async function reachability(
  ports: { readonly store: Pick<Store, 'records'>; readonly roleDirectory: RoleDirectory },
  tenant: TenantId,
): Promise<Reachability> {
  const { holders } = await ports.roleDirectory.roleHoldings(tenant, notifiedRoles);
  const held = new Map<PersonId, { readonly holder: RoleHolder; readonly roles: string[] }>();
  for (const role of notifiedRoles) {
    for (const holder of holders.get(role) ?? []) {
      const known = held.get(holder.person);
      if (known === undefined) held.set(holder.person, { holder, roles: [role] });
      else
        held.set(holder.person, { holder: moreActive(known.holder, holder), roles: [...known.roles, role] });
    }
  }
  const conversations = await conversationsWith(ports.store, tenant, [...held.keys()]);
  const people = [...held].map(([person, { holder, roles }]) => {
    const conversation = conversations.get(person) ?? null;
    const { displayName, how } = holder;
    const state = stateOf(holder, conversation);
    return {
      person,
      displayName,
      roles,
      how,
      state,
      at: conversation?.refused?.at ?? conversation?.at ?? null,
    };
  });
  const reachable = people.filter(({ state }) => state === 'chat').length;
  return { people, reachable, tooFew: reachable < fewest };
}

/** Who holds one role actively may act, whatever else would have to be activated. */
function moreActive(one: RoleHolder, other: RoleHolder): RoleHolder {
  return one.how === 'eligible' ? other : one;
}

function stateOf({ enabled, guest, how }: RoleHolder, conversation: Conversation | null): string {
  if (!enabled || guest) return 'no-account';
  if (how === 'eligible') return 'to-activate';
  if (conversation === null) return 'no-chat';
  return conversation.refused?.why ?? 'chat';
}
