import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { TenantId } from '../decision/ids.ts';
import type { Rebuilt } from '../workflows/rebuild.ts';
import { printJson, printLine } from './print.ts';
import { rebuildSentence } from './rebuild-sentence.ts';
import { orRefused, Refused } from './refused.ts';
import { jsonOption, tenantOption, withProduct } from './with-product.ts';

interface Options {
  readonly tenant?: TenantId;
  readonly json?: true;
}

export function rebuildCommand(): Command {
  const { flags, parseArg } = tenantOption();
  const elsewhere = new Option(flags, 'where it goes; else the tenant that the journal tells of');
  if (parseArg !== undefined) elsewhere.argParser(parseArg);
  return new Command('rebuild')
    .description('make a tenant anew from its journal, where nothing is known of it yet')
    .argument('<file>', 'what "credits export journal" wrote')
    .addOption(elsewhere)
    .addOption(jsonOption())
    .action(async (file: string, options: Options) => {
      const { tenant, expected, verified } = await orRefused(options, () => rebuild(file, options));
      if (options.json) printJson({ tenant, expected, ...verified });
      else {
        for (const { code, data } of verified.violations) printLine(`${code} ${JSON.stringify(data)}`);
        printLine(`${verified.entries} entries, state ${verified.stateHash}`);
      }
      if (verified.stateHash !== expected) {
        throw new Refused(
          'state-differs',
          `The journal says that its facts come to ${expected}. They do not.`,
        );
      }
      if (!verified.ok) {
        throw new Refused('violations-found', `${verified.violations.length} violations were found.`);
      }
    });
}

async function rebuild(path: string, { tenant }: Options): Promise<Extract<Rebuilt, { kind: 'rebuilt' }>> {
  await checkReadable(path);
  const rebuilt = await withProduct((product) =>
    product.rebuild({
      open: () => createReadStream(path, { highWaterMark: bytesAtOnce }),
      ...(tenant === undefined ? {} : { tenant }),
    }),
  );
  if (rebuilt.kind === 'rebuilt') return rebuilt;
  throw new Refused(rebuilt.refusal.code, rebuildSentence(rebuilt.refusal));
}

const bytesAtOnce = 256 * 1_024;

async function checkReadable(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => null);
  const isFile = (await file?.stat())?.isFile() ?? false;
  await file?.close();
  if (isFile) return;
  throw new Refused(
    'file-unreadable',
    `${path} cannot be read as a file. Check the path and its permissions.`,
  );
}
