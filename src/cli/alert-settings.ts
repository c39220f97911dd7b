import { Command } from 'commander';
import type { JsonValue } from '../decision/json.ts';
import type { Product } from '../product.ts';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

type Wish = Parameters<Product['changeAlertSettings']>[1]['wish'];
type Settings = Awaited<ReturnType<Product['alertSettings']>>;

export function settingsCommand(): Command {
  return new Command('settings')
    .description('show what is set about alerts: levels, cadence, chain, quiet hours')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const settings = await orRefused(options, () =>
        withProduct((product) => product.alertSettings(options.tenant)),
      );
      print(settings, options);
    });
}

export function setCommand(): Command {
  return new Command('set')
    .description('change one setting; "credits alerts undo" takes it back within a day')
    .argument('<setting>', 'as "credits alerts settings" names it')
    .argument('<value>', 'JSON, or a text')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (key: string, value: string, options: TenantOptions) => {
      print(await orRefused(options, () => change({ key, value: typed(value) }, options)), options);
    });
}

export function undoCommand(): Command {
  return new Command('undo')
    .description('take back the last change of the settings, within a day')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      print(await orRefused(options, () => change('undo', options)), options);
    });
}

function change(wish: Wish, { tenant }: TenantOptions): Promise<Settings> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const changed = await product.changeAlertSettings(tenant, { wish, by: 'credits alerts' });
    if (changed.kind === 'done') return changed.outcome;
    const { code, data = {} } = changed.refusal;
    throw new Refused(code, sentences[code]?.(data) ?? `Not changed (${code}).`);
  });
}

const sentences: Readonly<Record<string, (data: Readonly<Record<string, string | number>>) => string>> = {
  'unknown-setting': ({ names = '' }) => `There is no such setting. There are: ${names}.`,
  'bad-value': ({ at = '', problem = '' }) =>
    `That is no value for ${at}: ${problem}. "credits alerts settings" shows the present one, in the same form.`,
  'nothing-to-undo': () => 'There is no change to take back.',
  'too-late-to-undo': () => 'The last change is more than a day old; set the value that you want.',
};

/** What is no JSON is the text itself, so that a time or an id needs no quotes. */
function typed(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function print(settings: Settings, { json }: TenantOptions): void {
  if (json) printJson(settings);
  else for (const [name, value] of Object.entries(settings)) printLine(`${name} ${JSON.stringify(value)}`);
}
