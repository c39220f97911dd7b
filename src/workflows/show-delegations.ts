import type { DelegationsAnswer } from '../answers/delegations.ts';
import { delegationId } from '../approvals/delegation.ts';
import { globalAdministrator } from '../approvals/policy.ts';
import { recipients } from '../people/recipients.ts';
import type { Ports } from './ports.ts';
import type { DelegationOutcome } from './record-delegation.ts';
import { chosenRoles } from './role-choice.ts';
import type { KnownAsker } from './top-up-actor.ts';
import { readTopUpBooks } from './top-up-books.ts';

/** Who acts for whom, and whoever may act for somebody: the holders of the roles that count, as of some minutes ago at most. */
export async function showDelegations(
  ports: Ports,
  asker: KnownAsker,
  outcome: DelegationOutcome | null,
): Promise<DelegationsAnswer> {
  const { store, roleDirectory, directory, clock } = ports;
  const chosen = await chosenRoles(store, asker.tenant);
  const [found, holdings, self] = await Promise.all([
    readTopUpBooks(store, asker.tenant),
    roleDirectory.roleHoldings(asker.tenant, [...chosen], { somebodyWaits: true }),
    directory.person(asker.tenant, asker.person),
  ]);
  const choices = recipients(holdings, chosen)
    .map(({ person: id, displayName: name }) => ({ id, name }))
    .sort(byName);
  const others = choices.filter(({ id }) => id !== asker.person);
  const at = clock.now();
  const mayArrange = self?.roles.includes(globalAdministrator) ?? false;
  return {
    kind: 'delegations',
    known: found.delegations.state
      .filter(({ end }) => end > at)
      .map((delegation) => {
        const { from, to, start, end } = delegation;
        const isTheirs = mayArrange || from.id === asker.person;
        const withdraw = isTheirs ? delegationId(delegation) : null;
        return { from: from.name, to: to.name, start, end, withdraw };
      }),
    people: others,
    absent: mayArrange ? others : [],
    typed: {},
    refusal:
      outcome?.kind === 'refused' ? { code: outcome.refusal.code, data: outcome.refusal.data ?? {} } : null,
    recorded: outcome?.kind === 'done',
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}
