import type { Answer } from '../answers/answer.ts';
import { hasCardNumber, readText } from '../approvals/request-text.ts';
import { digest } from '../decision/digest.ts';
import { balance } from '../ledger/account.ts';
import { changeByTap, noteOf, requestOf } from './change-top-up-by-tap.ts';
import { observe } from './follow-incident.ts';
import type { Ports } from './ports.ts';
import { showTopUp } from './show-top-up.ts';
import type { Tap } from './tap.ts';
import type { KnownAsker } from './top-up-actor.ts';
import { decideInputs } from './top-up-inputs.ts';

type Verdict = 'topup.approve' | 'topup.reject' | 'topup.cancel' | 'topup.override' | 'topup.purchaseFailed';

/** Yes or no to a request as it was shown, and what else is said of it with a comment. */
export async function decideTopUp(
  ports: Ports,
  tap: Tap & { readonly verb: Verdict },
  asker: KnownAsker,
): Promise<Answer> {
  const inputs = decideInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { request: number, revision, version: seen, comment: said = '' } = inputs.data;
  const read = readText(said);
  const typed = { comment: hasCardNumber(said) ? '' : said };
  if (read.kind === 'refused') {
    return showTopUp(ports, asker, { number, note: noteOf(read.refusal, typed) });
  }
  const comment = read.text === '' ? null : read.text;
  const about = `${seen} ${revision} ${said}`;
  const answer = await changeByTap(ports, { tap, asker, number, typed, about }, (by) => (found, state) => {
    switch (tap.verb) {
      case 'topup.approve':
        return { type: 'approve', by, comment, revision };
      case 'topup.reject':
        return { type: 'reject', by, comment, revision };
      case 'topup.cancel':
        return { type: 'cancel', by: by.person, comment };
      case 'topup.purchaseFailed':
        return { type: 'failPurchase', by, comment };
      case 'topup.override': {
        const account = found.books.accounts.get(state.wish.amount.currency)?.state;
        const left = account === undefined ? 0n : balance(account).microUnits;
        return { type: 'override', by, balance: left, revision };
      }
    }
  });
  const isFailed = tap.verb === 'topup.purchaseFailed' && answer.kind === 'topup' && answer.note === null;
  if (isFailed) await tellFailedPurchase(ports, asker, { tap, number });
  return answer;
}

/** Money that could not be bought is an incident of everybody's, and not of the request's people alone. */
async function tellFailedPurchase(
  ports: Ports,
  { tenant, person }: KnownAsker,
  { tap, number }: { readonly tap: Tap; readonly number: number },
): Promise<void> {
  const state = await requestOf(ports, { tenant }, number);
  if (state === null) return;
  const key = `topup-failed:${digest(tap.messageId, person, String(number), String(state.purchases.length))}`;
  await observe(ports, tenant, {
    actor: person,
    request: { key, digest: key },
    signals: [
      {
        type: 'rechargeFailed',
        currency: state.wish.amount.currency,
        failedAt: ports.clock.now(),
        reason: null,
        reference: String(number),
        by: person,
      },
    ],
  });
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
