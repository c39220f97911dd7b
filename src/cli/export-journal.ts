import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly out?: string;
}

export function exportJournalCommand(): Command {
  return new Command('journal')
    .description('every fact of a tenant, from which "credits rebuild" makes it anew')
    .option('--out <file>', 'where to write it; else to standard output')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The journal is JSON Lines, with --json or without: a header, a line for each fact, and an end with the digest of all.
One without its end was cut off and is refused by "credits rebuild". It holds names and numbers: keep it as you keep
the calls themselves. With --out, --json prints one document that tells of the file.`,
    )
    .action((options: Options) => orRefused(options, () => exportJournal(options)));
}

async function exportJournal({ tenant, out, json }: Options): Promise<void> {
  await withProduct(async (product) => {
    await checkKnown(product, tenant);
    const journal = product.exportJournal(tenant);
    if (out === undefined) return print(journal);
    const lines = await writeFile(out, journal);
    if (json) printJson({ file: out, lines });
    else printLine(`${lines} lines in ${out}`);
  });
}

/** As fast as the reader reads, and no faster. */
async function print(journal: AsyncIterable<string>): Promise<void> {
  for await (const text of journal) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}

/** Under its own name only once it is whole, and readable by its owner alone. */
async function writeFile(path: string, journal: AsyncIterable<string>): Promise<number> {
  const unfinished = `${path}.part`;
  const file = await open(unfinished, 'w', 0o600).catch(() => {
    throw new Refused('file-unwritable', `${path} cannot be written. Check the path and its permissions.`);
  });
  let lines = 0;
  try {
    for await (const text of journal) {
      await file.appendFile(text);
      lines += text.split('\n').length - 1;
    }
    await file.sync();
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
  return lines;
}
