import { Command } from 'commander';
import type { Fed } from '../workflows/feed-usage.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

export function feedCommand(): Command {
  return new Command('feed')
    .description('read what Microsoft Graph reports of calls now, as the bot does every so often')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const fed = await orRefused(options, () => feedOnce(options));
      if (options.json) printJson(fed);
      else printLine(`${fed.pages} pages read: ${fed.new} new calls, ${fed.changed} changed`);
    });
}

function feedOnce({ tenant }: TenantOptions): Promise<Extract<Fed, { readonly kind: 'complete' }>> {
  return withDirectory(async (product) => {
    const fed = await product.feedUsage(tenant);
    if (fed.kind === 'complete') return fed;
    throw fed.kind === 'taken-over' ? takenOver() : stopped(fed.problem);
  });
}

function takenOver(): Refused {
  return new Refused(
    'feed-taken-over',
    'Another process is reading the calls at this moment. Nothing is lost.',
  );
}

function stopped({ kind, since }: Extract<Fed, { readonly kind: 'stopped' }>['problem']): Refused {
  const sentence =
    kind === 'busy'
      ? 'Microsoft Graph does not answer. What was read is kept, and the next reading goes on from there.'
      : 'Microsoft Graph refuses to tell of calls. "credits doctor" says which permission is missing.';
  return new Refused(`feed-${kind}`, `${sentence} It has been so since ${isoTime(since)}.`);
}
