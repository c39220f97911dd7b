import { z } from 'zod';
import { readTopUpEvent, storeTopUp } from '../approvals/stored-top-up.ts';
import { topUp } from '../approvals/top-up.ts';
import type { TopUp, TopUpState } from '../approvals/top-up-state.ts';
import type { Head } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Store } from './ports.ts';
import { wholeArchive } from './top-up-archive.ts';
import { topUpsIn } from './top-up-books.ts';
import type { TenantViolation } from './verify-rows.ts';

const logged = z.object({ v: z.literal(1), number: z.number().int(), event: z.custom<JsonValue>() }).strict();

/** Every request must be what its events come to, and every event must belong to a request. */
export async function violationsOfTopUps(
  store: Store,
  tenant: TenantId,
  heads: ReadonlyMap<string, Head>,
): Promise<readonly TenantViolation[]> {
  const told = new Map<number, TopUpState>();
  const violations: TenantViolation[] = [];
  let place = 0;
  for await (const batch of store.log(tenant, 'topups')) {
    for (const stored of batch) {
      place += 1;
      try {
        const { number, event } = logged.parse(stored);
        told.set(number, topUp.evolve(told.get(number) ?? { status: 'draft' }, readTopUpEvent(event)));
      } catch {
        violations.push({ code: 'event-unreadable', data: { log: 'topups', number: place } });
      }
    }
  }
  const kept = new Map<number, TopUp>();
  for await (const { number, state } of wholeArchive(store, tenant)) {
    if (state === null) violations.push({ code: 'record-unreadable', data: { table: 'topups', id: number } });
    else kept.set(number, state);
  }
  for (const { state } of topUpsIn({ heads })) kept.set(state.number, state);
  for (const number of new Set([...told.keys(), ...kept.keys()])) {
    if (asText(told.get(number)) === asText(kept.get(number))) continue;
    violations.push({ code: 'topup-differs', data: { number } });
  }
  return violations;
}

function asText(state: TopUpState | undefined): string {
  return state === undefined || state.status === 'draft' ? '' : JSON.stringify(storeTopUp(state));
}
