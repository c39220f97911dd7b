import { Command } from 'commander';
import type { Handled } from '../decision/handle.ts';
import type { QuarantineRefusal } from '../usage/quarantine.ts';
import type { ListedItem, QuarantineList } from '../workflows/quarantine-list.ts';
import { printRecorded, recordedJson } from './import.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { quarantineSentence } from './quarantine-sentence.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface ListOptions extends TenantOptions {
  readonly all?: boolean;
  readonly show?: boolean;
}

interface DiscardOptions extends TenantOptions {
  readonly reason: string;
}

export function quarantineCommand(): Command {
  const listing = new Command('list')
    .description('show the rows and pages that could not be read, the earliest first')
    .option('--all', 'those too that are resolved or discarded')
    .option('--show', 'show what each looks like, every letter as x and every digit as 0')
    .action((options: ListOptions) => orRefused(options, () => list(options)));
  const retrying = new Command('retry')
    .description('read one again, by the reader of this version, and book what it holds')
    .argument('<id>', 'as the list shows it')
    .action((id: string, options: TenantOptions) => orRefused(options, () => retry(id, options)));
  const discarding = new Command('discard')
    .description('give one up; what it held is deleted')
    .argument('<id>', 'as the list shows it')
    .requiredOption('--reason <text>', 'why, for the audit')
    .action((id: string, options: DiscardOptions) => orRefused(options, () => discard(id, options)));

  const quarantine = new Command('quarantine').description(
    'decide upon rows and pages of usage that could not be read',
  );
  for (const command of [listing, retrying, discarding]) {
    command.addOption(tenantOption()).addOption(jsonOption());
    quarantine.addCommand(command.exitOverride().showHelpAfterError());
  }
  return quarantine;
}

async function list({ tenant, all = false, show = false, json }: ListOptions): Promise<void> {
  const listed = await withProduct(async (product) => {
    await checkKnown(product, tenant);
    return product.quarantine(tenant, { closedToo: all });
  });
  if (json) printJson(listJson(listed, show));
  else printList(listed, show);
}

function listJson({ items, turnedAway }: QuarantineList, show: boolean) {
  return { items: items.map((item) => itemJson(item, show)), turnedAway };
}

function itemJson(item: ListedItem, show: boolean) {
  const { id, kind, source, cause, seen, state, closed, range } = item;
  return {
    id,
    kind,
    source,
    cause,
    firstSeenAt: isoTime(item.firstSeenAt),
    seen,
    state,
    ...(closed === null ? {} : { closed: { ...closed, at: isoTime(closed.at) } }),
    ...(range === null ? {} : { range: { from: isoTime(range.from), to: isoTime(range.to) } }),
    ...(show ? { excerpt: item.excerpt } : {}),
  };
}

function printList({ items, turnedAway }: QuarantineList, show: boolean): void {
  if (items.length === 0) printLine('nothing is in quarantine');
  for (const { id, kind, source, cause, firstSeenAt, seen, state, excerpt } of items) {
    printLine(
      `${id} ${state}: ${source} ${kind}, ${cause}, first seen ${isoTime(firstSeenAt)}, ${seen} times`,
    );
    if (show && excerpt !== '') printLine(`  ${excerpt}`);
  }
  if (turnedAway > 0) printLine(`and ${turnedAway} times one was met for which there was no room`);
}

async function retry(id: string, { tenant, json }: TenantOptions): Promise<void> {
  const handled = await withProduct((product) =>
    product.retryQuarantined({ tenant, id, actor: 'credits quarantine retry' }),
  );
  const { item, recorded } = orRefusal(handled);
  if (json) {
    printJson({ id, state: item.state, recorded: recorded === null ? null : recordedJson(recorded) });
    return;
  }
  printLine(`${id} is ${item.state}`);
  if (recorded !== null) printRecorded(recorded, true);
}

async function discard(id: string, { tenant, reason, json }: DiscardOptions): Promise<void> {
  const handled = await withProduct((product) =>
    product.discardQuarantined({ tenant, id, reason, actor: 'credits quarantine discard' }),
  );
  const { state } = orRefusal(handled);
  if (json) printJson({ id, state });
  else printLine(`${id} is ${state}`);
}

function orRefusal<Outcome>(handled: Handled<Outcome, QuarantineRefusal>): Outcome {
  if (handled.kind === 'done') return handled.outcome;
  const { refusal } = handled;
  if (refusal.code === 'idempotency-key-reused') throw new Error('A decision on quarantine has no key.');
  throw new Refused(refusal.code, quarantineSentence(refusal));
}
