import { Command } from 'commander';
import { dayMs, hourMs, minuteMs } from '../decision/time.ts';
import { money, toDecimal } from '../money/money.ts';
import type { Product } from '../product.ts';
import type { Incident } from '../workflows/incidents.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

/** The write-up of an incident, for whoever asks afterwards what it was and who did what. */
export function summaryCommand(): Command {
  return new Command('summary')
    .description('one page about an incident: what it was, what it cost, who was told, and who did what when')
    .argument('<id>', 'as "credits alerts list" names it')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (id: string, options: TenantOptions) => {
      const written = await orRefused(options, () =>
        withProduct(async (product) => {
          await checkKnown(product, options.tenant);
          return writeUp(product, { tenant: options.tenant, id });
        }),
      );
      if (options.json) printJson(written);
      else printPage(written);
    });
}

/** From the log, the read models and the delivery records; names are those of the list of people as last read. */
async function writeUp(
  product: Product,
  { tenant, id }: Pick<TenantOptions, 'tenant'> & { readonly id: string },
) {
  const incident = await product.incident(tenant, id);
  if (incident === null) {
    throw new Refused(
      'episode-unknown',
      `There is no incident ${id}. "credits alerts list" names those there are.`,
    );
  }
  const [charged, receipts, nameOf] = await Promise.all([
    product.incidentCharged(tenant, id),
    product.deliveries(tenant, { kind: 'incident', id }),
    namesIn(product, tenant),
  ]);
  const { summary } = incident;
  const person = (of: string) => ({ id: of, name: nameOf(of) });
  return {
    ...outcomeOf(incident),
    charged: charged && { calls: charged.calls, amount: toDecimal(charged.spent) },
    people: summary.people.map(person),
    told: receipts.map(({ recipient, state, way, at }) => ({
      ...person(recipient),
      state,
      way,
      at: isoTime(at),
    })),
    timeline: summary.steps.map(({ at, type, by, to, detail }) => ({
      at: isoTime(at),
      type,
      by: by && person(by),
      to: to && person(to),
      detail,
    })),
  };
}

function outcomeOf({ episode, status, summary }: Incident) {
  const { currency, lowestBalance, resolvedAt } = summary;
  return {
    id: summary.id,
    kind: summary.kind,
    currency,
    status,
    openedAt: isoTime(summary.openedAt),
    resolvedAt: resolvedAt === null ? null : isoTime(resolvedAt),
    how: episode.resolved?.how ?? null,
    reason: episode.facts.reason,
    durationMs: summary.durationMs,
    acknowledgedAfterMs: summary.acknowledgedAfterMs,
    lowestBalance:
      lowestBalance === null || currency === null ? null : toDecimal(money(lowestBalance, currency)),
    atZeroMs: summary.atZeroMs,
    worsened: summary.worsened,
    repeated: summary.repeated,
    escalated: summary.escalated,
  };
}

async function namesIn(
  product: Pick<Product, 'people'>,
  tenant: TenantOptions['tenant'],
): Promise<(id: string) => string | null> {
  const roles = (await product.people(tenant))?.roles ?? [];
  const names = new Map<string, string>(
    roles.flatMap(({ holders }) => holders.map(({ person, displayName }) => [person, displayName] as const)),
  );
  return (id) => names.get(id) ?? null;
}

type WriteUp = Awaited<ReturnType<typeof writeUp>>;

function printPage(written: WriteUp): void {
  const { id, status, kind, how, reason, openedAt, resolvedAt, durationMs } = written;
  printLine(`${id}: ${kind}, ${how === null ? status : `${status} (${how})`}`);
  printLine(`  Began    ${openedAt}${reason === null ? '' : `: ${reason}`}`);
  if (resolvedAt !== null && durationMs !== null) {
    printLine(`  Ended    ${resolvedAt}, after ${durationText(durationMs)}`);
  }
  for (const line of impactLines(written)) printLine(line);
  printLine(`  Told     ${toldText(written)}`);
  printLine('  What happened');
  for (const { at, type, by, to, detail } of written.timeline) {
    const who = `${by ? ` by ${called(by)}` : ''}${to ? ` to ${called(to)}` : ''}`;
    printLine(`    ${at} ${type}${who}${detail === null ? '' : `: ${detail}`}`);
  }
}

function impactLines({ currency, lowestBalance, atZeroMs, charged }: WriteUp): readonly string[] {
  return [
    ...(lowestBalance === null ? [] : [`  Lowest   ${lowestBalance} ${currency}`]),
    ...(atZeroMs ? [`  At zero  ${durationText(atZeroMs)}`] : []),
    ...(charged === null
      ? []
      : [
          `  Charged  ${charged.calls} ${charged.calls === 1 ? 'call' : 'calls'} for ${charged.amount} ${currency}, by the calls reported so far.`,
          '           Calls that failed for want of credits are in no report.',
        ]),
  ];
}

function toldText({ told }: Pick<WriteUp, 'told'>): string {
  const reached = told.filter(({ state }) => state === 'sent');
  if (told.length === 0) return 'nobody';
  const names = reached.map(called).join(', ');
  return `${reached.length} of ${told.length}${names === '' ? '' : `: ${names}`}`;
}

function called({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name ?? id;
}

function durationText(ms: number): string {
  const [days, hours, minutes] = [
    Math.floor(ms / dayMs),
    Math.floor(ms / hourMs) % 24,
    Math.floor(ms / minuteMs) % 60,
  ];
  return [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : '', `${minutes} min`]
    .filter((part) => part !== '')
    .join(' ');
}
