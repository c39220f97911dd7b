import { Command, Option } from 'commander';
import { hourMs } from '../decision/time.ts';
import { toDecimal } from '../money/money.ts';
import type { Product } from '../product.ts';
import { policySetCommand, policyShowCommand } from './policy-file.ts';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly currency?: string;
}

type Checked = Extract<Awaited<ReturnType<Product['checkPolicy']>>, { readonly kind: 'checked' }>;

export function policyCommand(): Command {
  return new Command('policy')
    .description('the rules by which top-ups are approved')
    .addCommand(checkCommand().exitOverride().showHelpAfterError())
    .addCommand(policyShowCommand().exitOverride().showHelpAfterError())
    .addCommand(policySetCommand().exitOverride().showHelpAfterError());
}

function checkCommand(): Command {
  return new Command('check')
    .description('say who would have to approve a top-up of an amount')
    .argument('<amount>', 'such as 500 or 1,250.00')
    .addOption(new Option('--currency <code>', 'such as USD; else that of the account with the most calls'))
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (amount: string, options: Options) => {
      const checked = await orRefused(options, () => check(amount, options));
      if (options.json) printJson(asJson(checked));
      else printRule(checked);
    });
}

/** A tenant of which nothing is known yet has the policy that holds by default. */
function check(amount: string, { tenant, currency }: Options): Promise<Checked> {
  return withProduct(async (product) => {
    const checked = await product.checkPolicy(tenant, { amount, currency: currency ?? null });
    if (checked.kind === 'refused') throw refusedFor(checked.refusal);
    return checked;
  });
}

function refusedFor({
  code,
  data = {},
}: {
  readonly code: string;
  readonly data?: Readonly<Record<string, string | number>>;
}): Refused {
  switch (code) {
    case 'topup-over-limit':
      return new Refused(
        code,
        `At most ${data.limit} ${data.currency} may be asked for in one request. Ask for less.`,
      );
    case 'topup-not-positive':
      return new Refused(code, 'Give an amount above zero.');
    case 'unknown-currency':
      return new Refused(code, 'Give the code of a currency, such as USD.');
    default:
      return new Refused(code, `Give an amount in ${data.currency} such as ${data.example}.`);
  }
}

function asJson({ amount, rule, approvals, waits }: Checked) {
  return {
    amount: toDecimal(amount),
    currency: amount.currency,
    policyVersion: rule.policy,
    band: rule.band,
    requesterMayApprove: false,
    approvals: approvals.map(({ roles, people }) => ({ roles, people })),
    hoursToDecide: waits.pendingMs / hourMs,
    hoursToBuy: waits.executeMs / hourMs,
    hoursToConfirm: waits.proofMs / hourMs,
  };
}

function printRule({ amount, rule, approvals, waits }: Checked): void {
  const count = approvals.length === 1 ? 'one person' : `${approvals.length} different people`;
  printLine(`${toDecimal(amount)} ${amount.currency} needs ${count}, never the requester:`);
  for (const { roles, people } of approvals) {
    printLine(`  ${[...roles.map(({ name }) => name), ...people].join(' or ')}`);
  }
  printLine(
    `Decided within ${waits.pendingMs / hourMs} hours, bought within ${waits.executeMs / hourMs} (policy ${rule.policy}, band ${rule.band}).`,
  );
}
