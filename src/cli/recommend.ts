import { Command } from 'commander';
import type { RecommendAnswer, RecommendFigures } from '../answers/recommend.ts';
import { toDecimal } from '../money/money.ts';
import { amountText, printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

export function recommendCommand(): Command {
  return new Command('recommend')
    .description('say how auto-recharge is best set, with the reasons')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const advised = await orRefused(options, () => recommendationOf(options));
      if (options.json) printJson(recommendationJson(advised));
      else printRecommendation(advised);
    });
}

function recommendationOf({ tenant }: TenantOptions): Promise<RecommendAnswer> {
  return withDirectory(async (product) => {
    await checkKnown(product, tenant);
    return product.recommend(tenant);
  });
}

function recommendationJson({ accounts, unknown }: RecommendAnswer) {
  return { accounts: accounts.map(accountJson), unknown };
}

function accountJson({ currency, outcome }: RecommendFigures) {
  switch (outcome.kind) {
    case 'too-early': {
      const { daysOfData, daysNeeded } = outcome;
      return { currency, kind: outcome.kind, daysOfData, daysNeeded };
    }
    case 'post-paid':
      return { currency, kind: outcome.kind, warnings: outcome.warnings };
    case 'advice':
      return {
        currency,
        kind: outcome.kind,
        trigger: toDecimal(outcome.trigger),
        amount: toDecimal(outcome.amount),
        reasons: {
          p99Of72Hours: toDecimal(outcome.worst72Hours),
          usualMonth: toDecimal(outcome.usualMonth),
          rechargesPerMonth: outcome.rechargesPerMonth,
          idle: toDecimal(outcome.idle),
          minimum: outcome.minimum === null ? null : toDecimal(outcome.minimum),
        },
        warnings: outcome.warnings,
      };
  }
}

function printRecommendation({ accounts, unknown }: RecommendAnswer): void {
  for (const account of accounts) printAccount(account);
  if (unknown.length > 0) printLine(`Not known of the tenant: ${unknown.join(', ')}`);
}

function printAccount({ currency, outcome }: RecommendFigures): void {
  if (outcome.kind === 'too-early') {
    const { daysOfData, daysNeeded } = outcome;
    printLine(
      `${currency}: too early to tell, ${daysOfData} complete days are known, and ${daysNeeded} are needed.`,
    );
    return;
  }
  if (outcome.kind === 'post-paid') printLine(`${currency}: switch auto-recharge off`);
  else {
    const { trigger, amount, worst72Hours, rechargesPerMonth, idle } = outcome;
    printLine(`Below ${amountText(trigger)}, recharge ${amountText(amount)}`);
    printLine(`  72 hours cost at the most ${amountText(worst72Hours)} in 99 of 100 cases`);
    printLine(`  about ${rechargesPerMonth} recharges a month, ${amountText(idle)} idle on average`);
  }
  for (const warning of outcome.warnings) printLine(`  warning: ${warning}`);
}
