import { Command } from 'commander';
import { utcDay } from '../decision/time.ts';
import { microUnitsToDecimal } from '../money/money.ts';
import { changeCounts } from '../product.ts';
import type { RateChange } from '../rates/deck-import.ts';
import type { DeckImported } from '../workflows/rate-decks.ts';
import { printJson, printLine } from './print.ts';
import {
  currencyOption,
  deckRefused,
  effectiveFromOption,
  readDeckText,
  type UnstatedOptions,
} from './rate-deck-file.ts';
import { orRefused } from './refused.ts';
import { jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions, UnstatedOptions {
  readonly apply?: true;
}

export function ratesCommand(): Command {
  const importing = new Command('import')
    .description('show what a price list would change; with --apply it counts from its day on')
    .argument(
      '<file>',
      "a CSV in the product's own columns, or the PSTN price list of Azure Communication Services",
    )
    .option('--apply', 'let it count')
    .addOption(tenantOption())
    .addOption(currencyOption())
    .addOption(effectiveFromOption())
    .addOption(jsonOption())
    .action((file: string, options: Options) => orRefused(options, () => importRates(file, options)));
  return new Command('rates')
    .description('keep the versions of the price list')
    .addCommand(importing.exitOverride().showHelpAfterError());
}

async function importRates(path: string, options: Options): Promise<void> {
  const csvText = await readDeckText(path);
  const { tenant, currency, apply = false } = options;
  const imported = await withProduct((product) =>
    product.importRateDeck({
      tenant,
      csvText,
      unstated: { currency, effectiveFrom: options.effectiveFrom ?? utcDay(product.now()) },
      actor: 'credits rates import',
      apply,
    }),
  );
  if (imported.kind === 'refused') throw deckRefused(imported.refusal, imported.problems);
  if (options.json) printJson(importedJson(imported, apply));
  else printImported(imported, apply);
}

type Taken = Exclude<DeckImported, { kind: 'refused' }>;

function importedJson(imported: Taken, apply: boolean) {
  const { id, currency, effectiveFrom, rates } = imported.deck;
  const changes = imported.kind === 'known' ? [] : imported.changes;
  return {
    deck: { id, currency, effectiveFrom, rates: rates.length },
    known: imported.kind === 'known',
    applied: apply && imported.kind === 'version',
    replaces: imported.kind === 'known' ? null : (imported.replaces?.id ?? null),
    counts: changeCounts(changes),
    changes: changes.map(changeJson),
  };
}

function changeJson(change: RateChange) {
  const before = change.kind === 'new' ? null : change.before;
  const after = change.kind === 'gone' ? null : change.after;
  const { id, name, numberType, direction } = after ?? before ?? {};
  return {
    kind: change.kind,
    id,
    destination: name?.en,
    numberType,
    direction,
    before: priceText(before?.perMinute),
    after: priceText(after?.perMinute),
  };
}

function priceText(perMinute: bigint | null | undefined): string | null {
  return perMinute === null || perMinute === undefined ? null : microUnitsToDecimal(perMinute, 2);
}

/** More would scroll the sums away; `--json` has them all. */
const mostLines = 20;

function printImported(imported: Taken, apply: boolean): void {
  const { id, rates } = imported.deck;
  if (imported.kind === 'known') {
    printLine(`${id} is there already; nothing changed`);
    return;
  }
  const { changes, replaces } = imported;
  const counts = changeCounts(changes);
  printLine(`${id}: ${rates.length} rates${replaces === null ? '' : `, after ${replaces.id}`}`);
  printLine(
    `  ${counts.new} new, ${counts.up} up, ${counts.down} down, ${counts.changed} otherwise changed, ${counts.gone} gone`,
  );
  if (replaces !== null) for (const change of changes.slice(0, mostLines)) printChange(change);
  if (replaces !== null && changes.length > mostLines) printLine(`  and ${changes.length - mostLines} more`);
  printLine(apply ? `  counts from ${imported.deck.effectiveFrom} on` : '  nothing counts yet: add --apply');
}

function printChange(change: RateChange): void {
  const { kind, destination, numberType, before, after } = changeJson(change);
  printLine(`  ${kind}: ${destination}, ${numberType}, ${before ?? 'none'} -> ${after ?? 'none'}`);
}
