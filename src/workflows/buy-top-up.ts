import type { Answer } from '../answers/answer.ts';
import { changeByTap, noteOf, requestOf, withoutCardNumbers } from './change-top-up-by-tap.ts';
import type { Ports } from './ports.ts';
import { showTopUp } from './show-top-up.ts';
import type { Tap } from './tap.ts';
import type { KnownAsker } from './top-up-actor.ts';
import { boughtOn, purchaseInputs, readPurchase } from './top-up-inputs.ts';

/** What was bought in the admin centre: its order number, and the amount and the day where they are others. */
export async function recordPurchase(ports: Ports, tap: Tap, asker: KnownAsker): Promise<Answer> {
  const inputs = purchaseInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { request: number, version: seen, purchasedOn = null } = inputs.data;
  const state = await requestOf(ports, asker, number);
  if (state === null) return refusal('topup-unknown', { number });
  const read = readPurchase(inputs.data, state);
  const typed = withoutCardNumbers({
    orderNumber: inputs.data.orderNumber,
    amount: inputs.data.amount ?? '',
    purchasedOn: purchasedOn ?? '',
  });
  if (read.kind === 'refused') {
    return showTopUp(ports, asker, { number, note: noteOf(read.refusal, typed) });
  }
  const at = ports.clock.now();
  const boughtAt = boughtOn(purchasedOn, { at, asker, state });
  const about = `${seen} ${JSON.stringify(typed)}`;
  return changeByTap(ports, { tap, asker, number, typed, about }, (by) => () => ({
    type: 'recordPurchase',
    by,
    purchase: { ...read.purchase, boughtAt },
  }));
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
