import { Command } from 'commander';
import { toDecimal } from '../money/money.ts';
import type { CrossCheck } from '../workflows/cross-check.ts';
import { amountText, isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

export function crossCheckCommand(): Command {
  return new Command('cross-check')
    .description("compare meetings' dial-out with Microsoft's own sum, and show whom Microsoft blocked")
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const checked = await orRefused(options, () => checkedBy(options));
      if (options.json) printJson(crossCheckJson(checked));
      else printCrossCheck(checked);
    });
}

function checkedBy({ tenant }: TenantOptions): Promise<CrossCheck> {
  return withDirectory(async (product) => {
    await checkKnown(product, tenant);
    const checked = await product.crossCheck(tenant);
    if (checked !== null) return checked;
    throw new Refused(
      'beta-reports-off',
      'The reports of Graph beta are not asked. Set GRAPH_BETA_REPORTS=on to ask them.',
    );
  });
}

function crossCheckJson({ dialOut, blockedUsers }: CrossCheck) {
  return {
    dialOut: dialOut.map(({ span, result }) => ({
      from: isoTime(span.from),
      to: isoTime(span.to),
      ...(result.kind === 'unavailable'
        ? { unavailable: result.reason }
        : {
            accounts: result.accounts.map(({ reported, known, difference, basisPoints }) => ({
              currency: known.currency,
              reported: toDecimal(reported),
              known: toDecimal(known),
              difference: toDecimal(difference),
              basisPoints,
            })),
          }),
    })),
    blockedUsers:
      blockedUsers.kind === 'unavailable'
        ? { unavailable: blockedUsers.reason }
        : {
            newly: blockedUsers.newly,
            entries: blockedUsers.entries.map((entry) => ({ ...entry, at: isoTime(entry.at) })),
          },
  };
}

function printCrossCheck({ dialOut, blockedUsers }: CrossCheck): void {
  for (const { span, result } of dialOut) {
    const when = `Dial-out from ${isoTime(span.from)} to ${isoTime(span.to)}`;
    if (result.kind === 'unavailable') printLine(`${when}: not available, ${result.reason}`);
    else if (result.accounts.length === 0) printLine(`${when}: none`);
    else
      for (const { reported, known, difference } of result.accounts) {
        const told = `${amountText(reported)} by Microsoft's sum, ${amountText(known)} by the calls`;
        printLine(`${when}: ${told}, difference ${amountText(difference)}`);
      }
  }
  if (blockedUsers.kind === 'unavailable') {
    printLine(`Blocked users: not available, ${blockedUsers.reason}`);
    return;
  }
  if (blockedUsers.entries.length === 0) printLine('Microsoft blocked nobody.');
  for (const { at, displayName, blocked, reason } of blockedUsers.entries) {
    printLine(`${isoTime(at)} ${displayName} ${blocked ? 'blocked' : 'unblocked'}: ${reason ?? 'no reason'}`);
  }
}
