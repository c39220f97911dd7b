import { once } from 'node:events';
import { Command } from 'commander';
import type { AuditEntry } from '../decision/audit.ts';
import { csvLine } from './csv.ts';
import { isoTime, printJson } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

export function exportAuditCommand(): Command {
  return new Command('audit')
    .description('every entry of the audit chain, from its first: who did what, when, to what')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Without --json the entries are comma-separated values with a heading line; a text that a spreadsheet would take for a
formula begins with an apostrophe. The hash of an entry is over the JSON array [seq, previousHash, at in milliseconds,
actor, type, subject, data with its keys in order], as "credits verify" recomputes it.`,
    )
    .action((options: TenantOptions) => orRefused(options, () => exportAudit(options)));
}

async function exportAudit({ tenant, json }: TenantOptions): Promise<void> {
  await withProduct(async (product) => {
    await checkKnown(product, tenant);
    const log = product.auditLog(tenant);
    await (json ? printDocument(log) : printTable(log));
  });
}

type AuditLog = AsyncIterable<readonly AuditEntry[]>;

/** All of it is read before any of it is printed, so that what is printed is always one document. */
async function printDocument(log: AuditLog): Promise<void> {
  const entries: object[] = [];
  for await (const batch of log) entries.push(...batch.map((entry) => ({ ...entry, at: isoTime(entry.at) })));
  printJson({ entries });
}

async function printTable(log: AuditLog): Promise<void> {
  await print(csvLine(['seq', 'at', 'actor', 'type', 'subject', 'data', 'previousHash', 'hash']));
  for await (const batch of log) {
    for (const { seq, at, actor, type, subject, data, previousHash, hash } of batch) {
      const cells = [seq, isoTime(at), actor, type, subject, JSON.stringify(data), previousHash, hash];
      await print(csvLine(cells));
    }
  }
}

/** As fast as the reader reads, and no faster. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
