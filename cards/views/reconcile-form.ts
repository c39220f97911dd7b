import { type Currency, minorUnitDigits } from '../../src/money/currency.ts';
import { money, toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';

/** An account whose balance the form may be about. */
interface FormAccount {
  readonly currency: string;
  readonly ledgerVersion: number;
}

interface FormOptions {
  readonly accounts: readonly FormAccount[];
  /** True while there is no ledger: there is no difference yet to give a reason for. */
  readonly opening: boolean;
  /** What was typed before, so that nothing is asked twice. */
  readonly typed?: { readonly observed: string; readonly reason: string };
}

/** The data of `reconcile-form.json`; the action carries ids only, for what a card says is never trusted. */
export function reconcileForm(words: Words, { accounts, opening, typed }: FormOptions) {
  const currency = accounts[0]?.currency ?? '';
  const example = exampleAmount(currency);
  const data = actionData(accounts);
  return {
    intro: words.say('form.intro'),
    observedLabel: words.say('form.observed'),
    example: words.say('form.example', { example }),
    observed: typed?.observed ?? '',
    observedMissing: words.say('form.observedMissing', { example }),
    currencies: accounts.map((account) => ({
      title: words.say('form.currencyName', {
        name: words.currencyName(account.currency),
        code: account.currency,
      }),
      value: account.currency,
    })),
    currency,
    currencyLabel: words.say('form.currency'),
    currencyMissing: words.say('form.currencyMissing'),
    asksReason: !opening,
    reason: typed?.reason ?? '',
    reasonLabel: words.say('form.reason'),
    reasonExample: words.say('form.reasonExample'),
    submit: words.say(opening ? 'form.open-ledger' : 'form.submit'),
    data,
    submitData: { verb: 'balance.reconcile', ...data },
  };
}

/** One amount for every form, in the decimals that its currency has. */
function exampleAmount(code: string): string {
  const of = code as Currency;
  return toDecimal(money(minorUnitDigits(of) === 0 ? 413_000_000_000n : 412_800_000n, of));
}

/** With several accounts the person chooses the currency, and the card knows a version for each. */
function actionData(accounts: readonly FormAccount[]) {
  const [first, ...others] = accounts;
  if (first !== undefined && others.length === 0) {
    return { currency: first.currency, ledgerVersion: first.ledgerVersion };
  }
  return {
    ledgerVersions: Object.fromEntries(accounts.map((account) => [account.currency, account.ledgerVersion])),
  };
}
