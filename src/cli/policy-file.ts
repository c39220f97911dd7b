import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Currency, currency } from '../money/currency.ts';
import type { Product } from '../product.ts';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface Options extends TenantOptions {
  readonly currency?: Currency;
}

type Shown = Awaited<ReturnType<Product['policy']>>;

export function policyShowCommand(): Command {
  return new Command('show')
    .description('print the rules as a file that "credits policy set" takes')
    .addOption(currencyOption())
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const { tenant, currency: of, json } = options;
      const shown = await orRefused(options, () =>
        withProduct((product) => product.policy(tenant, of ?? null)),
      );
      if (json) printJson(asJson(shown));
      else process.stdout.write(`${JSON.stringify(shown.file, null, 2)}\n`);
    });
}

export function policySetCommand(): Command {
  return new Command('set')
    .description('take a file as the rules for requests from now on; those under way keep theirs')
    .argument('<file>', 'JSON, as "credits policy show" prints it; what it leaves out stays as it was')
    .addOption(currencyOption())
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (path: string, options: Options) => {
      const shown = await orRefused(options, () => setPolicy(path, options));
      if (options.json) printJson(asJson(shown));
      else printLine(`Policy ${shown.version} holds for requests in ${shown.currency} from now on.`);
    });
}

async function setPolicy(path: string, { tenant, currency: of }: Options): Promise<Shown> {
  const file = await readJsonFile(path);
  return withProduct(async (product) => {
    const changed = await product.changePolicy(tenant, {
      file,
      currency: of ?? null,
      actor: 'credits policy set',
    });
    if (changed.kind === 'changed') return changed.shown;
    throw new Refused('policy-unreadable', `The rules were not taken. ${changed.faults.join('; ')}.`);
  });
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new Refused('file-unreadable', `${path} cannot be read as JSON. Check the path and what is in it.`);
  }
}

function currencyOption(): Option {
  return new Option(
    '--currency <code>',
    'such as USD; else that of the account with the most calls',
  ).argParser((text): Currency => {
    const known = currency(text);
    if (known === null) throw new InvalidArgumentError('Give a code such as USD.');
    return known;
  });
}

function asJson({ version, currency: of, file }: Shown) {
  return { policyVersion: version, currency: of, policy: file };
}
