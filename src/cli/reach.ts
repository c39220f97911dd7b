import { Command } from 'commander';
import { readConfig } from '../config/config.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Reachability } from '../product.ts';
import { startGraphDouble } from '../sandbox/graph-double.ts';
import { sandboxPeople, sandboxTenant } from '../sandbox/people.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import {
  checkKnown,
  type GraphToAsk,
  jsonOption,
  type TenantOptions,
  tenantOption,
  withProduct,
} from './with-product.ts';

export function reachCommand(): Command {
  return new Command('reach')
    .description('show who of those to be told could be told tonight, and why others could not')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const reach = await orRefused(options, () => reachOf(options));
      if (options.json) printJson(reachJson(reach));
      else printReach(reach);
    });
}

async function reachOf({ tenant }: TenantOptions): Promise<Reachability> {
  const { graph, stop } = await graphOf(tenant);
  try {
    return await withProduct(async (product) => {
      await checkKnown(product, tenant);
      return product.reachability(tenant);
    }, graph);
  } finally {
    await stop();
  }
}

/** The sandbox's directory is made up and in our hands, so that it need not be running; for others see the environment. */
async function graphOf(
  tenant: TenantId,
): Promise<{ readonly graph: GraphToAsk; readonly stop: () => Promise<void> }> {
  if (tenant !== sandboxTenant.id) return { graph: graphOfEnvironment(), stop: async () => {} };
  const double = await startGraphDouble({
    tenant: sandboxTenant,
    people: sandboxPeople,
    employees: [],
    calls: () => [],
    now: () => Date.now(),
    pageSize: 1_000,
    port: 0,
    expectedToken: null,
  });
  const graph: GraphToAsk = { baseUrl: double.baseUrl, access: { kind: 'anonymous' } };
  return { graph, stop: double.stop };
}

function graphOfEnvironment(): GraphToAsk {
  const config = readConfig(process.env);
  if (config.mode !== 'sandbox') {
    return { baseUrl: config.graphBaseUrl, access: config.credentials };
  }
  throw new Refused(
    'credentials-missing',
    "The directory of a tenant is asked with the bot's credentials. Set CLIENT_ID and the others as for the bot.",
  );
}

function reachJson({ people, reachable, tooFew }: Reachability) {
  return {
    reachable,
    tooFew,
    people: people.map(({ at, ...person }) => ({ ...person, at: at === null ? null : isoTime(at) })),
  };
}

const sentences: Readonly<Record<string, string>> = {
  chat: 'can be written to',
  'no-chat': 'has never met the bot; set TEAMS_APP_ID, so that the app can be added for them',
  'no-account': 'has an account that is switched off, or is a guest',
  'to-activate': 'would have to activate the role first',
  blocked: 'has blocked the bot; ask them to write to it',
  'not-in-roster': 'has removed the bot; ask them to add it',
  'disabled-by-admin': 'may not use the app; allow it in the Teams admin centre',
};

function printReach({ people, reachable, tooFew }: Reachability): void {
  printLine(`${reachable} of ${people.length} people could be told and act tonight.`);
  if (tooFew) printLine('That is too few: let at least two of them write to the bot once.');
  for (const { displayName, state } of people) {
    printLine(`  ${displayName} ${sentences[state] ?? `could not be written to (${state})`}`);
  }
}
