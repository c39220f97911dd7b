import { Command } from 'commander';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .description('recompute every balance from its entries and the audit chain from its first entry')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const verified = await orRefused(options, () =>
        withProduct(async (product) => {
          await checkKnown(product, options.tenant);
          return product.verify(options.tenant);
        }),
      );
      if (options.json) printJson(verified);
      else {
        for (const { code, data } of verified.violations) printLine(`${code} ${JSON.stringify(data)}`);
        printLine(`${verified.entries} entries, state ${verified.stateHash}`);
      }
      if (!verified.ok) {
        throw new Refused('violations-found', `${verified.violations.length} violations were found.`);
      }
    });
}
