import { Command, InvalidArgumentError, Option } from 'commander';
import type { Episode } from '../alerts/episode.ts';
import { dayMs } from '../decision/time.ts';
import { money, toDecimal } from '../money/money.ts';
import type { Incident, ListedIncident } from '../workflows/incidents.ts';
import { receiptsCommand } from './alert-receipts.ts';
import { setCommand, settingsCommand, undoCommand } from './alert-settings.ts';
import { summaryCommand } from './alert-summary.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface ListOptions extends TenantOptions {
  readonly days: number;
}

const longestDays = 3_650;

export function alertsCommand(): Command {
  const alerts = new Command('alerts').description('show incidents, and what is set about alerts');
  const commands = [
    listCommand(),
    showCommand(),
    summaryCommand(),
    receiptsCommand(),
    settingsCommand(),
    setCommand(),
    undoCommand(),
  ];
  for (const command of commands) {
    alerts.addCommand(command.exitOverride().showHelpAfterError());
  }
  return alerts;
}

function listCommand(): Command {
  return new Command('list')
    .description('incidents that go on, then those of the past, the latest first')
    .addOption(new Option('--days <number>', 'how far back they began').default(90).argParser(knownDays))
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: ListOptions) => {
      const incidents = (await orRefused(options, () => incidentsOf(options))).map(incidentJson);
      if (options.json) printJson({ incidents });
      else if (incidents.length === 0) printLine('No incident began in that time.');
      else for (const { id, status, openedAt } of incidents) printLine(`${openedAt} ${id} ${status}`);
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('show one incident with its story: what happened, and who did what when')
    .argument('<id>', 'as "credits alerts list" names it')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (id: string, options: TenantOptions) => {
      const shown = storyJson(await orRefused(options, () => incidentOf(id, options)));
      if (options.json) printJson(shown);
      else printStory(shown);
    });
}

function knownDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= longestDays) return days;
  throw new InvalidArgumentError(`Give a whole number from 1 to ${longestDays}.`);
}

function incidentsOf({ tenant, days }: ListOptions): Promise<readonly ListedIncident[]> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const now = product.now();
    return product.incidents(tenant, { from: now - days * dayMs, to: now + 1 });
  });
}

function incidentOf(id: string, { tenant }: TenantOptions): Promise<Incident> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const found = await product.incident(tenant, id);
    if (found !== null) return found;
    throw new Refused(
      'episode-unknown',
      `There is no incident ${id}. "credits alerts list" names those there are.`,
    );
  });
}

function incidentJson({ episode, status }: ListedIncident) {
  const { acknowledged, holder, mute, resolved, facts } = episode;
  return {
    id: episode.id,
    kind: episode.kind,
    currency: episode.currency,
    status,
    openedAt: isoTime(episode.openedAt),
    resolvedAt: resolved === null ? null : isoTime(resolved.at),
    balance: decimal(facts.balance, episode),
    amount: decimal(facts.amount, episode),
    reason: facts.reason,
    acknowledged: acknowledged && { by: acknowledged.by, at: isoTime(acknowledged.at) },
    holder: holder && { by: holder.by, since: isoTime(holder.since) },
    mute: mute && { by: mute.by, until: isoTime(mute.until), reason: mute.reason },
  };
}

function storyJson(incident: Incident) {
  const { episode, summary } = incident;
  const { durationMs, acknowledgedAfterMs, lowestBalance, worsened, repeated, escalated, people } = summary;
  return {
    ...incidentJson(incident),
    durationMs,
    acknowledgedAfterMs,
    lowestBalance: decimal(lowestBalance, episode),
    worsened,
    repeated,
    escalated,
    people,
    timeline: summary.steps.map(({ at, type, by, to, detail }) => ({
      at: isoTime(at),
      type,
      by,
      to,
      detail,
    })),
  };
}

function decimal(microUnits: bigint | null, episode: Episode): string | null {
  if (microUnits === null || episode.currency === null) return null;
  return toDecimal(money(microUnits, episode.currency));
}

function printStory({ id, status, openedAt, resolvedAt, timeline }: ReturnType<typeof storyJson>): void {
  printLine(`${id}: ${status}, began ${openedAt}${resolvedAt === null ? '' : `, ended ${resolvedAt}`}`);
  for (const { at, type, by, to, detail } of timeline) {
    const who = `${by === null ? '' : ` by ${by}`}${to === null ? '' : ` to ${to}`}`;
    printLine(`  ${at} ${type}${who}${detail === null ? '' : `: ${detail}`}`);
  }
}
