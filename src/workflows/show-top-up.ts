import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type TopUpAnswer, type TopUpNote, topUpFigures } from '../answers/top-up.ts';
import { balance } from '../ledger/account.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports } from './ports.ts';
import { actorOf, type KnownAsker } from './top-up-actor.ts';
import { requestIn } from './top-up-archive.ts';
import { readTopUpBooks } from './top-up-books.ts';
import { mayDo } from './top-up-may.ts';
import { runwayWith } from './top-up-runway.ts';

/** A request as it stands, for one who asks; refused where the tenant has no such request. */
export async function showTopUp(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  asker: KnownAsker,
  { number, note }: { readonly number: number; readonly note: TopUpNote | null },
): Promise<TopUpAnswer | Extract<Answer, { readonly kind: 'refused' }>> {
  const at = ports.clock.now();
  const found = await readTopUpBooks(ports.store, asker.tenant);
  const request = await requestIn(ports.store, asker.tenant, { found, number });
  if (request === null) return { kind: 'refused', code: 'topup-unknown', data: { number } };
  const { state, version } = request;
  const actor = await actorOf(ports.directory, asker, { delegations: found.delegations.state, at });
  const { microUnits, currency } = state.wish.amount;
  const account = found.books.accounts.get(currency)?.state;
  const left = account === undefined ? 0n : balance(account).microUnits;
  const isAhead = state.status === 'pending' || state.status === 'approved';
  return topUpFigures(state, {
    at,
    may: mayDo(state, { actor, balance: left, at }),
    version,
    runway: isAhead ? runwayWith(account, microUnits, at) : null,
    note,
  });
}

/** "What happened to request 42?" @throws {DirectoryUnavailable} */
export function answerRequest(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  number: number,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'approvals' }, async () => {
    const { person } = asker;
    if (person === null) return { kind: 'not-eligible', reason: 'unknown-person' };
    return showTopUp(ports, { ...asker, person }, { number, note: null });
  });
}
