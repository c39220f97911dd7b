import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { onePerPerson, type RoleHolder, standing } from '../people/role-holder.ts';
import { type Conversation, conversationsWith } from './conversations.ts';
import type { RoleDirectory, Store } from './ports.ts';
import { chosenRoles } from './role-choice.ts';

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
   * switched off, or a guest. `to-activate`: the role would have to be activated first. `part-only`: the role holds in
   * an administrative unit alone, and gives no right here. Else why the bot was refused.
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
  const chosen = [...(await chosenRoles(ports.store, tenant))];
  const { holders } = await ports.roleDirectory.roleHoldings(tenant, chosen, { somebodyWaits: true });
  const held = onePerPerson([...holders.values()].flat());
  const conversations = await conversationsWith(
    ports.store,
    tenant,
    held.map(({ person }) => person),
  );
  const people = held.map((holder) => {
    const { person } = holder;
    const roles = chosen.filter((role) => holders.get(role)?.some((other) => other.person === person));
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

function stateOf(holder: RoleHolder, conversation: Conversation | null): string {
  const held = standing(holder);
  if (held === 'disabled' || held === 'guest') return 'no-account';
  if (held === 'eligible') return 'to-activate';
  if (held === 'part') return 'part-only';
  if (conversation === null) return 'no-chat';
  return conversation.refused?.why ?? 'chat';
}
