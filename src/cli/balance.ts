import { Command } from 'commander';
import type { BalanceFigures } from '../answers/answer.ts';
import type { TenantId } from '../decision/ids.ts';
import { toDecimal } from '../money/money.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

export function balanceCommand(): Command {
  return new Command('balance')
    .description('show the balance of each currency, with its age and what is not yet reported')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const accounts = await orRefused(options, () => balancesOf(options.tenant));
      if (options.json) printJson({ accounts });
      else accounts.forEach(printAccount);
    });
}

async function balancesOf(tenant: TenantId): Promise<readonly AccountJson[]> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const accounts = await product.balances(tenant);
    return accounts.map((account) => accountJson(account, product.now()));
  });
}

type AccountJson = ReturnType<typeof accountJson>;

function accountJson(account: BalanceFigures, now: number) {
  const { currency, confirmed, notYetReported, reportedUntil } = account;
  return {
    currency,
    estimate: toDecimal(account.estimate),
    confirmed: confirmed === null ? null : { amount: toDecimal(confirmed.amount), at: isoTime(confirmed.at) },
    notYetReported: { low: toDecimal(notYetReported.low), high: toDecimal(notYetReported.high) },
    asOf: isoTime(asOf(account, now)),
    reportedUntil: reportedUntil === null ? null : isoTime(reportedUntil),
    chargedCalls: account.chargedCalls,
    level: account.level,
  };
}

/** The latest fact behind the figure: a call that was reported, or a figure that was read. */
function asOf({ reportedUntil, confirmed }: BalanceFigures, now: number): number {
  const facts = [reportedUntil, confirmed?.at ?? null].filter((at) => at !== null);
  return facts.length === 0 ? now : Math.max(...facts);
}

function printAccount(account: AccountJson): void {
  printLine(`${account.estimate} ${account.currency}, estimated as of ${account.asOf}`);
  printLine(
    account.confirmed === null
      ? '  never checked against the admin centre'
      : `  ${account.confirmed.amount} ${account.currency} confirmed in the admin centre at ${account.confirmed.at}`,
  );
  const { low, high } = account.notYetReported;
  printLine(`  ${low} to ${high} ${account.currency} of calls not yet reported`);
  printLine(`  from ${account.chargedCalls} charged calls`);
}
