import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import {
  type ChoiceRefused,
  type ChooseRoles,
  defaultChoice,
  type RoleChoice,
  readChoice,
  roleChoice,
  storeChoice,
} from '../people/role-choice.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

/** The roles that count in a tenant; those of the default until somebody chose. @throws {StoreUnavailable} */
export async function chosenRoles(store: Pick<Store, 'records'>, tenant: TenantId): Promise<RoleChoice> {
  const found = (await store.records(tenant, table, [id])).get(id);
  return found === undefined ? defaultChoice : readChoice(found);
}

export interface RolesToChoose extends ChooseRoles {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly at: Instant;
}

/** Chooses, and tells what is then chosen. Refuses `unknown-role` and `no-role-left`. */
export async function chooseRoles(
  store: Store,
  wanted: RolesToChoose,
): Promise<Handled<RoleChoice, ChoiceRefused>> {
  return handle<RoleChoice, ChoiceRefused>({
    decide: () => decide(store, wanted),
    commit: (change) => store.commit(change),
    readOutcome: neverRepeated,
  });
}

const table = 'people-settings';
const id = 'roles';

async function decide(store: Store, wanted: RolesToChoose): Promise<Plan<RoleChoice, ChoiceRefused>> {
  const { tenant, actor, at } = wanted;
  // The heads first: whoever chooses meanwhile moves the audit chain, and the commit notices.
  const books = await readBooks(store, tenant);
  const before = await chosenRoles(store, tenant);
  const decision = roleChoice.decide(before, wanted, at);
  if (decision.kind === 'refused') return decision;
  const [chosen] = decision.events;
  if (chosen === undefined) return { kind: 'nothing', outcome: before };

  const outcome = roleChoice.evolve(before, chosen);
  const audited = bookAudit(books, {
    at,
    actor,
    type: 'people.roles-chosen',
    subject: tenant,
    data: { added: chosen.added, removed: chosen.removed },
  });
  const change = changeOf(tenant, [audited], { records: [{ table, id, value: storeChoice(outcome) }] });
  return { kind: 'change', change, outcome };
}

/** A choice is the same however often it is made, so that it carries no key that could be met again. */
function neverRepeated(): never {
  throw new Error('A choice of roles has no key.');
}
