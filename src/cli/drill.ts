import { Command } from 'commander';
import { printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

export function drillCommand(): Command {
  return new Command('drill')
    .description('send a marked test through the whole chain of alerts')
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: TenantOptions) => {
      const incident = await orRefused(options, () => startDrill(options));
      if (options.json) printJson({ incident });
      else printLine(`The drill ${incident} is on its way. Follow it with: credits alerts show ${incident}`);
    });
}

const actor = 'credits drill';

async function startDrill({ tenant }: TenantOptions): Promise<string> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const started = await product.drill(tenant, actor);
    if (started.kind === 'refused') {
      const running = String(started.refusal.data?.episode ?? '');
      throw new Refused(
        started.refusal.code,
        `A drill is under way: ${running}. It ends within four hours, or when somebody closes it.`,
      );
    }
    const [incident] = started.outcome;
    if (incident === undefined) throw new Error('A drill that was started has no incident.');
    return incident;
  });
}
