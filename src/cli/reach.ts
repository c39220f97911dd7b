import { Command } from 'commander';
import type { Reachability } from '../product.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

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

function reachOf({ tenant }: TenantOptions): Promise<Reachability> {
  return withDirectory(async (product) => {
    await checkKnown(product, tenant);
    return product.reachability(tenant);
  });
}

function reachJson({ people, reachable, tooFew, unheld, mailFeed, mailed }: Reachability) {
  const { lastEventAt } = mailFeed;
  return {
    reachable,
    tooFew,
    unheld,
    mailFeed: { lastEventAt: lastEventAt === null ? null : isoTime(lastEventAt) },
    mailed,
    people: people.map(({ at, ...person }) => ({ ...person, at: at === null ? null : isoTime(at) })),
  };
}

const sentences: Readonly<Record<string, string>> = {
  chat: 'can be written to',
  'no-chat': 'has never met the bot; set TEAMS_APP_ID, so that the app can be added for them',
  'no-account': 'has an account that is switched off, or is a guest',
  'part-only': 'holds the role in an administrative unit only, which gives no right here',
  'to-activate': 'would have to activate the role first',
  blocked: 'has blocked the bot; ask them to write to it',
  'not-in-roster': 'has removed the bot; ask them to add it',
  'disabled-by-admin': 'may not use the app; allow it in the Teams admin centre',
};

function printReach({ people, reachable, tooFew, mailFeed, mailed }: Reachability): void {
  printLine(`${reachable} of ${people.length} people could be told and act tonight.`);
  if (tooFew) printLine('That is too few: let at least two of them write to the bot once.');
  for (const { displayName, state, mailbox } of people) {
    const can = sentences[state] ?? `could not be written to (${state})`;
    printLine(`  ${displayName} ${can}${mailbox === false ? '; has no mailbox' : ''}`);
  }
  printLine(mailSentence(mailFeed));
  const { of, withoutMailbox: without } = mailed;
  if (without.length > 0) {
    printLine(
      `${without.length} of ${of} people whom Microsoft mails have no mailbox that a mail could come to: ${without.join(', ')}.`,
    );
  }
}

function mailSentence({ lastEventAt }: Reachability['mailFeed']): string {
  return lastEventAt === null
    ? "Whether Microsoft's mails arrive is not known: no flow on the billing mailbox has ever sent an event."
    : `The flow on the billing mailbox last sent an event at ${isoTime(lastEventAt)}.`;
}
