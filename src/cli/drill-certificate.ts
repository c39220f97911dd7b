import type { Product } from '../product.ts';
import { namesIn } from './names.ts';
import { isoTime, printJson, printLine } from './print.ts';
import { orRefused, Refused } from './refused.ts';
import { checkKnown, type TenantOptions, withProduct } from './with-product.ts';

type Certificate = NonNullable<Awaited<ReturnType<Product['drillCertificate']>>>;
type Person = Certificate['people'][number] & { readonly displayName: string | null };

/** What the audit keeps of a drill: who was reached, how fast, who was not, and where it stands in the chain. */
export async function printCertificate(options: TenantOptions, id: string | null): Promise<void> {
  const { certificate, people } = await orRefused(options, () => certificateOf(options, id));
  if (options.json) printJson(certificateJson(certificate, people));
  else printText(certificate, people);
}

function certificateOf({ tenant }: TenantOptions, id: string | null) {
  return withProduct(async (product) => {
    await checkKnown(product, tenant);
    const certificate = await product.drillCertificate(tenant, id);
    if (certificate === null) throw new Refused('no-certificate', absence(id));
    const names = await namesIn(product, tenant);
    const people = certificate.people.map((person) => ({
      ...person,
      displayName: names.get(person.person) ?? null,
    }));
    return { certificate, people };
  });
}

function absence(id: string | null): string {
  return id === null
    ? 'No drill has ended yet. Start one with "credits drill"; it ends within four hours, or when somebody closes it.'
    : `No drill ${id} has ended. "credits alerts list" names those there are.`;
}

function certificateJson(
  { incident, seq, hash, startedAt, endedAt, ...counts }: Certificate,
  people: readonly Person[],
) {
  const { of, reached, medianSeconds, slowestSeconds, more } = counts;
  return {
    incident,
    startedAt: isoTime(startedAt),
    endedAt: isoTime(endedAt),
    of,
    reached,
    medianSeconds,
    slowestSeconds,
    people: people.map(({ person: id, ...rest }) => ({ id, ...rest })),
    more,
    audit: { seq, hash },
  };
}

function printText({ incident, startedAt, endedAt, ...rest }: Certificate, people: readonly Person[]): void {
  const { of, reached, medianSeconds, slowestSeconds, more, seq, hash } = rest;
  printLine(`Drill ${incident}, from ${isoTime(startedAt)} to ${isoTime(endedAt)}`);
  printLine(`${reached} of ${of} were reached.`);
  if (medianSeconds !== null && slowestSeconds !== null) {
    printLine(`Half of them within ${medianSeconds} seconds, all within ${slowestSeconds} seconds.`);
  }
  for (const person of people) printLine(`  ${personLine(person)}`);
  if (more > 0) printLine(`  and ${more} more`);
  printLine(`Entry ${seq} of the audit, hash ${hash}`);
}

const outcomes: Readonly<Record<Person['outcome'], string>> = {
  sent: 'was reached',
  failed: 'could not be reached',
  unknown: 'may have been reached: no answer came',
  pending: 'was not reached before it ended',
};

function personLine({ person, displayName, outcome, way, why, seconds }: Person): string {
  return [
    displayName ?? person,
    outcomes[outcome],
    ...(way === null || way === 'chat' ? [] : [`(${way})`]),
    ...(seconds === null ? [] : [`after ${seconds.toFixed(1)} seconds`]),
    ...(why === null ? [] : [way === null || way === 'chat' ? `(${why})` : `(the chat: ${why})`]),
  ].join(' ');
}
