import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { FormRefusal, TopUpFormAnswer } from '../answers/top-up-form.ts';
import { bandOf } from '../approvals/policy.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import { digest } from '../decision/digest.ts';
import { utcDay } from '../decision/time.ts';
import type { Question } from '../language/question.ts';
import { balance } from '../ledger/account.ts';
import { type Currency, currency } from '../money/currency.ts';
import { type Money, toDecimal } from '../money/money.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { usualCurrency } from './check-policy.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports } from './ports.ts';
import { recommendation } from './recommend.ts';
import { policyIn, readTopUpBooks, type TopUpBooks } from './top-up-books.ts';
import { runwayWith } from './top-up-runway.ts';

type TopUpAsked = Extract<Question, { readonly intent: 'topup' }>;
type FormPorts = Pick<Ports, 'store' | 'directory' | 'organisationDirectory' | 'clock' | 'defaultCurrency'>;

/** What a form is opened with. */
export interface FormWanted {
  readonly form: string;
  readonly amount: string | null;
  readonly currency: string | null;
  /** The request to be changed; null for a new one. */
  readonly changes: TopUp | null;
  readonly typed: Partial<TopUpFormAnswer['typed']>;
  readonly refusal: FormRefusal | null;
}

export const emptyForm: Omit<FormWanted, 'form'> = {
  amount: null,
  currency: null,
  changes: null,
  typed: {},
  refusal: null,
};

/**
 * The form for a request, with the amount that was said, else the one that is advised. Nothing is stored: the form's
 * key is from who asked what and when. @throws {StoreUnavailable} @throws {DirectoryUnavailable}
 */
export function answerTopUp(ports: FormPorts, asked: TopUpAsked, asker: Asker): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'topup' }, () => {
    const amount = asked.amount === undefined ? null : String(asked.amount);
    const form = digest('asked', asker.person ?? '', `${ports.clock.now()}`, amount ?? '').slice(0, 32);
    return openTopUp(ports, asker, { ...emptyForm, form, amount, currency: asked.currency ?? null });
  });
}

export async function openTopUp(
  ports: FormPorts,
  asker: Pick<Asker, 'tenant'>,
  wanted: FormWanted,
): Promise<TopUpFormAnswer> {
  const now = ports.clock.now();
  const found = await readTopUpBooks(ports.store, asker.tenant);
  const of = currencyFor(ports, found, wanted);
  const advice = await adviceFor(ports, { tenant: asker.tenant, of });
  const said = saidAmount(wanted, of);
  const amount = said.amount ?? (said.refusal === null ? advice.amount : null);
  const account = found.books.accounts.get(of)?.state;
  const band = amount === null ? null : bandOf(policyIn(found, of), amount);
  const refusal = wanted.refusal ?? said.refusal ?? (band?.kind === 'refused' ? band.refusal : null);
  const { changes, typed } = wanted;
  return {
    kind: 'topup-form',
    form: wanted.form,
    changes: changes === null ? null : { number: changes.number, revision: changes.revision },
    currency: of,
    currencies: currenciesOf(found, of, changes),
    balance: account === undefined ? null : balance(account),
    amount,
    source: sourceOf(wanted, amount, advice.amount),
    usualMonth: advice.usualMonth,
    runway: amount === null ? null : runwayWith(account, amount.microUnits, now),
    seats:
      band?.kind === 'band'
        ? band.band.seats.map(({ roles, people }) => ({ roles, named: people.length }))
        : [],
    today: utcDay(now),
    typed: {
      amount: typed.amount ?? (amount === null ? (wanted.amount ?? '') : toDecimal(amount)),
      reason: typed.reason ?? changes?.wish.reason ?? '',
      neededBy: typed.neededBy ?? changes?.wish.neededBy ?? '',
    },
    refusal: refusal === null ? null : { code: refusal.code, data: refusal.data ?? {} },
  };
}

/** The currency that was said where the tenant has such an account, else that of the account with the most calls. */
function currencyFor(
  { defaultCurrency }: Pick<Ports, 'defaultCurrency'>,
  { books }: TopUpBooks,
  { currency: said, changes }: FormWanted,
): Currency {
  if (changes !== null) return changes.wish.amount.currency;
  const known = said === null ? null : currency(said);
  if (known !== null && (books.accounts.has(known) || books.accounts.size === 0)) return known;
  return usualCurrency({ books }, defaultCurrency);
}

function currenciesOf({ books }: TopUpBooks, of: Currency, changes: TopUp | null): readonly string[] {
  if (changes !== null || books.accounts.size === 0) return [of];
  return [...books.accounts.keys()].sort();
}

function saidAmount(
  { amount, changes, currency: said }: FormWanted,
  of: Currency,
): { readonly amount: Money | null; readonly refusal: FormRefusal | null } {
  if (amount === null) return { amount: changes?.wish.amount ?? null, refusal: null };
  if (said !== null && said !== of) {
    return { amount: null, refusal: { code: 'wrong-currency', data: { expected: of, found: said } } };
  }
  const parsed = parseAmount(amount, of);
  return parsed.ok
    ? { amount: parsed.amount, refusal: null }
    : { amount: null, refusal: { code: parsed.refusal.code, data: parsed.refusal.data } };
}

function sourceOf(
  { amount: said, changes }: FormWanted,
  amount: Money | null,
  advised: Money | null,
): TopUpFormAnswer['source'] {
  if (amount === null) return null;
  if (said !== null) return 'asked';
  if (changes !== null) return 'request';
  return advised === null ? null : 'advised';
}

interface Advised {
  readonly amount: Money | null;
  readonly usualMonth: Money | null;
}

async function adviceFor(
  ports: FormPorts,
  { tenant, of }: { readonly tenant: Asker['tenant']; readonly of: Currency },
): Promise<Advised> {
  const { accounts } = await recommendation(ports, tenant);
  const outcome = accounts.find((account) => account.currency === of)?.outcome;
  return outcome?.kind === 'advice' ? outcome : { amount: null, usualMonth: null };
}
