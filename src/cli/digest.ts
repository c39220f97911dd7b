import { Command, InvalidArgumentError, Option } from 'commander';
import type { DigestAccount, DigestIncident, DigestRequest } from '../answers/digest.ts';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import { type Money, toDecimal } from '../money/money.ts';
import type { Product } from '../product.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, jsonOption, type TenantOptions, tenantOption, withDirectory } from './with-product.ts';

interface DigestOptions extends TenantOptions {
  readonly person?: PersonId;
}

export function digestCommand(): Command {
  return new Command('digest')
    .description('show what a digest would say now, and whether it would be sent; nothing is sent')
    .addOption(
      new Option('--person <id>', 'one person; else everybody who holds a role').argParser(knownPerson),
    )
    .addOption(tenantOption())
    .addOption(jsonOption())
    .action(async (options: DigestOptions) => {
      const digests = await orRefused(options, () => digestsOf(options));
      if (options.json) printJson({ digests });
      else digests.forEach(printDigest);
    });
}

function knownPerson(text: string): PersonId {
  const id = personId(text);
  if (id === null) throw new InvalidArgumentError('A person is named by the directory object id, a GUID.');
  return id;
}

function digestsOf({ tenant, person }: DigestOptions): Promise<readonly DigestJson[]> {
  return withDirectory(async (product) => {
    await checkKnown(product, tenant);
    const people = person === undefined ? await everybody(product, tenant) : [person];
    const digests: DigestJson[] = [];
    for (const one of people) digests.push(await digestOf(product, tenant, one));
    return digests;
  });
}

async function everybody(product: Product, tenant: TenantId): Promise<readonly PersonId[]> {
  const people = await product.people(tenant);
  if (people !== null) {
    const active = people.roles.flatMap(({ chosen, holders }) =>
      holders.filter(({ standing }) => chosen && standing === 'active'),
    );
    return [...new Set(active.map(({ person }) => person))];
  }
  throw new Refused(
    'nobody-known',
    'Who holds a role was not read yet. Name somebody with --person ID, or start the bot, which reads it.',
  );
}

type DigestJson = Awaited<ReturnType<typeof digestOf>>;

async function digestOf(product: Product, tenant: TenantId, person: PersonId) {
  const { answer, worthSaying } = await product.previewDigest(tenant, person);
  const { frequency, night, incidents, requests, more, accounts, shared } = answer;
  return {
    person,
    frequency,
    eligible: !shared,
    worthSaying,
    night: night.map(incidentJson),
    incidents: incidents.map(incidentJson),
    requests: requests.map(requestJson),
    more,
    accounts: accounts.map(accountJson),
  };
}

function incidentJson({ id, about, urgency, since, with: by }: DigestIncident) {
  return { id, kind: about, urgency, since: isoTime(since), with: by };
}

function requestJson({ number, amount, requester, needs, overdue }: DigestRequest) {
  return { number, ...moneyJson(amount), requester, needs, overdue };
}

function accountJson({ currency, estimate, confirmed, change, drew, outlook }: DigestAccount) {
  return {
    currency,
    estimate: toDecimal(estimate),
    confirmed: confirmed === null ? null : { amount: toDecimal(confirmed.amount), at: isoTime(confirmed.at) },
    change: change && {
      since: isoTime(change.since),
      moved: toDecimal(change.moved),
      calls: toDecimal(change.calls),
      funded: toDecimal(change.funded),
      other: toDecimal(change.other),
    },
    drew: drew && {
      ...drew.days,
      user: drew.user && { name: drew.user.name, amount: toDecimal(drew.user.amount) },
      destination: drew.destination && {
        destination: drew.destination.destination,
        amount: toDecimal(drew.destination.amount),
      },
    },
    zero: outlook.kind === 'too-early' ? null : outlook.zero,
  };
}

function moneyJson(amount: Money) {
  return { amount: toDecimal(amount), currency: amount.currency };
}

function printDigest(digest: DigestJson): void {
  const { person, frequency, eligible, worthSaying, accounts, more } = digest;
  printLine(`${person}: ${frequency}, ${worthSaying ? 'would be sent' : 'nothing would be sent'}`);
  if (!eligible) printLine('  holds none of the roles that count, and is told no figure');
  accounts.forEach(printAccount);
  for (const { kind, since, with: by } of [...digest.night, ...digest.incidents])
    printLine(`  ${kind} since ${since}, with ${by ?? 'nobody'}`);
  for (const { number, amount, currency, needs, overdue } of digest.requests)
    printLine(`  request ${number}, ${amount} ${currency}, waits for ${needs}${overdue ? ', overdue' : ''}`);
  if (more > 0) printLine(`  and ${more} more`);
}

function printAccount({ currency, estimate, change, drew, zero }: DigestJson['accounts'][number]): void {
  const moved = change === null ? '' : `, ${change.moved} since ${change.since}`;
  printLine(`  ${estimate} ${currency}${moved}`);
  if (drew !== null) {
    const { user, destination } = drew;
    const most = [user?.name, destination?.destination].filter((name) => name !== undefined);
    printLine(`    most was drawn by ${most.join(' and by ')}`);
  }
  printLine(
    zero === null
      ? '    too early to tell when it runs out'
      : `    runs out ${zero.p50 ?? 'in more than a year'}, early ${zero.p10 ?? 'in more than a year'}`,
  );
}
