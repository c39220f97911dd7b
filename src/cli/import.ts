import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Command } from 'commander';
import { money, toDecimal } from '../money/money.ts';
import type { UsageRecorded } from '../workflows/record-usage.ts';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { fileSentence } from './sentences.ts';
import { jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

export function importCommand(): Command {
  return new Command('import')
    .description(
      'book the calls of a usage report: the exported CSV, the ZIP it comes in, or a saved page of getPstnCalls',
    )
    .argument('<file>', 'the file to read; read again, it changes nothing')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action((file: string, options: TenantOptions) => orRefused(options, () => importFile(file, options)));
}

async function importFile(path: string, options: TenantOptions): Promise<void> {
  await checkReadable(path);
  await withProduct(async (product) => {
    const imported = await product.importUsageFile({
      tenant: options.tenant,
      bytes: createReadStream(path),
      actor: 'credits import',
    });
    if (imported.kind === 'refused') {
      throw new Refused(imported.refusal.code, fileSentence(imported.refusal));
    }
    const { recorded, complete } = imported;
    if (options.json) printJson({ ...recordedJson(recorded), complete });
    else printRecorded(recorded, complete);
  });
}

/** Before Redis is asked for anything: a wrong path is the likeliest mistake. */
async function checkReadable(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    const isFile = (await handle.stat()).isFile();
    await handle.close();
    if (isFile) return;
  } catch {
    throw new Refused('file-unreadable', `${path} cannot be read. Check the path and its permissions.`);
  }
  throw new Refused(
    'file-unreadable',
    `${path} is not a file. Give the CSV, the ZIP or the saved Graph page.`,
  );
}

/** What was booked, as a document. */
export function recordedJson(recorded: UsageRecorded) {
  const amounts = [...recorded.amounts].map(([currency, moved]) => [
    currency,
    toDecimal(money(moved, currency)),
  ]);
  return { ...recorded, amounts: Object.fromEntries(amounts) };
}

/** What was booked, as lines. */
export function printRecorded(recorded: UsageRecorded, complete: boolean): void {
  const { new: added, known, changed, ignored, rejected } = recorded;
  printLine(`${added} new, ${known} known, ${changed} changed, ${ignored} ignored, ${rejected} rejected`);
  for (const [currency, moved] of recorded.amounts) {
    printLine(`  ${toDecimal(money(moved, currency))} ${currency} charged`);
  }
  for (const { row, reason } of recorded.errors) printLine(`  row ${row}: ${reason}`);
  if (rejected > recorded.errors.length) printLine(`  and ${rejected - recorded.errors.length} more`);
  if (!complete) printLine('  the page is not the last: save and import the one at its @odata.nextLink too');
}
