import { Command } from 'commander';
import type { Product } from '../product.ts';
import { namesIn } from './names.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

type Receipt = Awaited<ReturnType<Product['deliveries']>>[number] & { readonly displayName: string | null };

export function receiptsCommand(): Command {
  return new Command('receipts')
    .description('show how each was told of one incident, and who has seen it')
    .argument('<id>', 'as "credits alerts list" names it')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (id: string, options: TenantOptions) => {
      const receipts = await orRefused(options, () => receiptsOf(id, options));
      if (options.json) printJson({ incident: id, receipts: receipts.map(receiptJson) });
      else printReceipts(receipts);
    });
}

function receiptsOf(id: string, { tenant }: TenantOptions): Promise<readonly Receipt[]> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    if ((await product.incident(tenant, id)) === null) {
      throw new Refused(
        'episode-unknown',
        `There is no incident ${id}. "credits alerts list" names those there are.`,
      );
    }
    const [receipts, names] = await Promise.all([
      product.deliveries(tenant, { kind: 'incident', id }),
      namesIn(product, tenant),
    ]);
    return receipts.map((receipt) => ({ ...receipt, displayName: names.get(receipt.recipient) ?? null }));
  });
}

function receiptJson({ recipient, displayName, at, toldAt, seenAt, ...rest }: Receipt) {
  const { asked, state, way, why, unknowns, resent } = rest;
  return {
    id: recipient,
    displayName,
    asked,
    state,
    way,
    why,
    unknowns,
    resent,
    toldAt: timeOrNull(toldAt),
    seenAt: timeOrNull(seenAt),
    at: isoTime(at),
  };
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : isoTime(at);
}

function printReceipts(receipts: readonly Receipt[]): void {
  if (receipts.length === 0) printLine('Nobody was told of it yet.');
  for (const { recipient, displayName, state, way, why, toldAt, seenAt } of receipts) {
    printLine(
      [
        displayName ?? recipient,
        state,
        ...(way === null ? [] : [`by ${way}`]),
        ...(toldAt === null ? [] : [`at ${isoTime(toldAt)}`]),
        ...(why === null ? [] : [`(${why})`]),
        ...(seenAt === null ? [] : [`seen at ${isoTime(seenAt)}`]),
      ].join(' '),
    );
  }
}
