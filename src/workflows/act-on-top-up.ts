import type { Answer } from '../answers/answer.ts';
import type { TopUpVerb } from '../answers/top-up.ts';
import { openForm, submitForm } from './ask-for-top-up.ts';
import { recordPurchase } from './buy-top-up.ts';
import { decideTopUp } from './decide-top-up.ts';
import { delegateByTap, withdrawByTap } from './delegate.ts';
import type { Ports } from './ports.ts';
import { showTopUp } from './show-top-up.ts';
import type { Tap } from './tap.ts';
import type { KnownAsker } from './top-up-actor.ts';
import { viewInputs } from './top-up-inputs.ts';

type TapOn = Tap & { readonly verb: TopUpVerb };

/** A verb of a request: amounts and names are for a personal chat. */
export async function actOnTopUp(ports: Ports, tap: TapOn, asker: KnownAsker): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  switch (tap.verb) {
    case 'topup.open':
      return openForm(ports, tap, asker);
    case 'topup.submit':
      return submitForm(ports, tap, asker);
    case 'topup.approve':
    case 'topup.reject':
    case 'topup.cancel':
    case 'topup.override':
    case 'topup.purchaseFailed':
      return decideTopUp(ports, { ...tap, verb: tap.verb }, asker);
    case 'topup.recordPurchase':
      return recordPurchase(ports, tap, asker);
    case 'topup.delegate':
      return delegateByTap(ports, tap, asker);
    case 'topup.undelegate':
      return withdrawByTap(ports, tap, asker);
    case 'topup.view': {
      const inputs = viewInputs.safeParse(tap.data);
      if (!inputs.success) return refusal('bad-input');
      return showTopUp(ports, asker, { number: inputs.data.request, note: null });
    }
  }
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
