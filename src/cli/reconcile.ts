import { Command, InvalidArgumentError, Option } from 'commander';
import type { BalanceReconciledAnswer } from '../answers/answer.ts';
import type { Instant } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import { toDecimal } from '../money/money.ts';
import { parseAmount } from '../money/parse-amount.ts';
import type { Product } from '../product.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly currency?: Currency;
  readonly reason?: string;
  readonly at?: Instant;
}

const maxReasonLength = 500;
const actor = 'credits reconcile';

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      'bring the ledger to the balance that the admin centre shows, and say what the difference comes from',
    )
    .argument('<amount>', 'the balance that was read, such as 412.80')
    .addOption(
      new Option('--currency <code>', 'of which account, where there are several').argParser(knownCurrency),
    )
    .addOption(new Option('--reason <text>', 'kept with the adjustment').argParser(shortReason))
    .addOption(new Option('--at <time>', 'when it was read, in ISO 8601 (default: now)').argParser(instant))
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (amount: string, options: Options) => {
      const checked = await orRefused(options, () => reconcile(amount, options));
      if (options.json) printJson(checkJson(checked));
      else printCheck(checkJson(checked));
    });
}

function knownCurrency(text: string): Currency {
  const known = currency(text.toUpperCase());
  if (known === null) throw new InvalidArgumentError('Give a code such as USD.');
  return known;
}

function shortReason(text: string): string {
  if (text.trim().length <= maxReasonLength) return text.trim();
  throw new InvalidArgumentError(`Give at most ${maxReasonLength} characters.`);
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function instant(text: string): Instant {
  const at = isoInstant.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError('Give a time with its zone, such as 2026-11-24T09:30Z.');
  }
  return at;
}

/** @throws {Refused} */
function reconcile(text: string, options: Options): Promise<BalanceReconciledAnswer> {
  const { tenant, reason } = options;
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const of = options.currency ?? (await onlyCurrency(product, options));
    const parsed = parseAmount(text, of);
    if (!parsed.ok) {
      const { code, data } = parsed.refusal;
      throw new Refused(code, `${text} is no balance in ${of}. Give one such as ${data.example}.`);
    }
    const now = product.now();
    const at = options.at ?? now;
    const done = await product.reconcile({
      tenant,
      observed: parsed.amount,
      reason: reason || null,
      by: actor,
      byName: actor,
      observedAt: at,
      at: now,
      // What was read at one instant is one check, however often it is told.
      idempotencyKey: `reconcile:${of}:${at}`,
    });
    if (done.kind === 'done') return done.outcome;
    throw new Refused(done.refusal.code, sentenceOf(done.refusal.code, of));
  });
}

async function onlyCurrency(product: Product, { tenant }: Options): Promise<Currency> {
  const accounts = await product.balances(tenant);
  const [first, ...others] = accounts.map(({ estimate }) => estimate.currency);
  if (first !== undefined && others.length === 0) return first;
  const known = accounts.length === 0 ? 'no account yet' : `accounts in ${[first, ...others].join(', ')}`;
  throw new Refused('currency-needed', `The tenant has ${known}. Say which with --currency.`);
}

function sentenceOf(code: string, of: Currency): string {
  switch (code) {
    case 'wrong-currency':
      return `The tenant has no account in ${of}. "credits balance" lists those that it has.`;
    case 'observation-in-future':
      return 'That time has not come yet. Give the time at which the balance was read.';
    case 'idempotency-key-reused':
      return 'Another balance was recorded for that very time, and that one counts. Give the time of a later look.';
    default:
      return `The balance was not recorded (${code}).`;
  }
}

function checkJson(checked: BalanceReconciledAnswer) {
  const { observed, drift, driftBasisPoints, parts, recharge, overLimit, opening, repeated } = checked;
  return {
    currency: observed.currency,
    observed: toDecimal(observed),
    at: isoTime(checked.at),
    estimateBefore: toDecimal(checked.estimateBefore),
    drift: toDecimal(drift),
    driftBasisPoints,
    parts: parts.map(({ cause, amount, certainty }) => ({ cause, amount: toDecimal(amount), certainty })),
    unexplained: toDecimal(checked.unexplained),
    overLimit,
    recharge: recharge && { ...recharge, amount: toDecimal(recharge.amount) },
    reason: checked.reason,
    opening,
    repeated,
    estimate: toDecimal(checked.figures.estimate),
  };
}

function printCheck(check: ReturnType<typeof checkJson>): void {
  const { currency: of, drift, parts, opening, repeated } = check;
  printLine(`${check.estimate} ${of}${repeated ? ', recorded before' : ''}`);
  printLine(
    opening
      ? '  the ledger opens with it'
      : `  ${drift} ${of} off the estimate of ${check.estimateBefore} ${of}`,
  );
  for (const { cause, amount, certainty } of parts) printLine(`  ${amount} ${of} ${cause}, ${certainty}`);
  if (check.overLimit) printLine(`  ${check.unexplained} ${of} is unexplained, which is more than may be`);
}
