import type { JsonValue } from '../decision/json.ts';
import type { AccountState } from '../ledger/account.ts';
import { readAccount } from '../ledger/stored-account.ts';

/** Accounts of some hundreds of tenants, each some kilobytes. */
const maxKnown = 500;

const known = new Map<string, AccountState>();

/**
 * The account that is stored so, checked once: the same text is the same state, whoever stored it and when. What was
 * concluded from a state is kept with it, so equal questions cost next to nothing.
 * @throws where it has not the shape that this version knows
 */
export function knownAccount(stored: JsonValue): AccountState {
  const text = JSON.stringify(stored);
  let state = known.get(text);
  if (state === undefined) {
    state = readAccount(stored);
    if (known.size >= maxKnown) known.clear();
    known.set(text, state);
  }
  return state;
}
