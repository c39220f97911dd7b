import { Command, InvalidArgumentError, Option } from 'commander';
import type { Product } from '../product.ts';
import { printCertificate } from './drill-certificate.ts';
import { type Reached, whoWasReached } from './drill-reach.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withProduct } from './with-product.ts';

interface DrillOptions extends TenantOptions {
  /** Seconds. */
  readonly wait: number;
  /** A drill's id, or true for the last one. */
  readonly certificate?: string | true;
}

const longestWait = 600;

export function drillCommand(): Command {
  return new Command('drill')
    .description(
      'send a marked test through the whole chain of alerts, and tell who was reached and how fast',
    )
    .addOption(
      new Option('--wait <seconds>', 'how long to wait for everybody; 0 only starts it')
        .default(30)
        .argParser(knownSeconds),
    )
    .addOption(
      new Option(
        '--certificate [id]',
        'start none, and print what the audit keeps of the last drill that is over, or of this one',
      ),
    )
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: DrillOptions) => {
      if (options.certificate !== undefined) {
        await printCertificate(options, options.certificate === true ? null : options.certificate);
        return;
      }
      const drill = await orRefused(options, () => drillOf(options));
      if (options.json) printJson(drillJson(drill));
      else printDrill(drill, options);
    });
}

function knownSeconds(text: string): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : longestWait + 1;
  if (seconds <= longestWait) return seconds;
  throw new InvalidArgumentError(`Give a whole number from 0 to ${longestWait}.`);
}

interface Drill {
  readonly incident: string;
  readonly startedAt: number;
  readonly people: readonly Reached[];
}

function drillOf({ tenant, wait }: DrillOptions): Promise<Drill> {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const incident = await startDrill(product, tenant);
    const startedAt = (await product.incident(tenant, incident))?.episode.openedAt ?? product.now();
    const people = await whoWasReached(product, tenant, { incident, startedAt, patienceMs: wait * 1_000 });
    return { incident, startedAt, people };
  });
}

const actor = 'credits drill';

async function startDrill(product: Product, tenant: DrillOptions['tenant']): Promise<string> {
  const started = await product.drill(tenant, actor);
  if (started.kind === 'refused') {
    const running = String(started.refusal.data?.episode ?? '');
    throw new Refused(
      started.refusal.code,
      `A drill is under way: ${running}. It ends within four hours, or when somebody closes it.`,
    );
  }
  // Other incidents that the same look touched stand beside it.
  const incident = started.outcome.find((id) => id.startsWith('drill-'));
  if (incident === undefined) throw new Error('A drill that was started has no incident.');
  return incident;
}

function isReached({ state }: Reached): boolean {
  return state === 'sent';
}

function secondsOf({ afterMs }: Reached): number | null {
  return afterMs === null ? null : afterMs / 1_000;
}

function drillJson({ incident, startedAt, people }: Drill) {
  return {
    incident,
    startedAt: isoTime(startedAt),
    reached: people.filter(isReached).length,
    people: people.map(({ afterMs, ...person }) => ({
      ...person,
      seconds: secondsOf({ ...person, afterMs }),
    })),
  };
}

const states: Readonly<Record<Reached['state'], string>> = {
  sent: 'was reached',
  waiting: 'waits to be told',
  sending: 'is being told',
  unknown: 'may have been reached: no answer came',
  'gave-up': 'could not be reached',
  'nothing-to-say': 'was told nothing: the drill was over before',
};

const ways = { chat: 'in the chat', mail: 'by mail', channel: 'in the channel' } as const;

function printDrill({ incident, people }: Drill, { wait }: DrillOptions): void {
  const follow = `Follow it with: credits alerts show ${incident}`;
  if (wait === 0) {
    printLine(`The drill ${incident} is on its way. ${follow}`);
    return;
  }
  const reached = people.filter(isReached).length;
  if (people.length === 0) {
    printLine(
      `Nobody was told of the drill ${incident} within ${wait} seconds. See that the bot runs on this Redis, and that "credits people" names somebody.`,
    );
  } else printLine(`The drill ${incident} reached ${reached} of ${people.length}.`);
  for (const person of people) printLine(`  ${personLine(person)}`);
  printLine(follow);
  printLine('When it is over, its certificate is: credits drill --certificate');
}

function reasonOf(why: string, way: Reached['way']): string {
  if (why === 'no-channel') return '(nobody has chosen one: say "quiet hours", then Settings for everybody)';
  return way === 'chat' || way === null ? `(${why})` : `(the chat: ${why})`;
}

function personLine(person: Reached): string {
  const { id, displayName, state, way, why } = person;
  const seconds = secondsOf(person);
  return [
    displayName ?? id,
    states[state],
    ...(isReached(person) && way !== null ? [ways[way]] : []),
    ...(seconds === null ? [] : [`after ${seconds.toFixed(1)} seconds`]),
    ...(why === null ? [] : [reasonOf(why, way)]),
  ].join(' ');
}
