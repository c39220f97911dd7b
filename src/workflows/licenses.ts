import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type LicensesAnswer, licenses } from '../answers/licenses.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Instant, utcDay } from '../decision/time.ts';
import type { Question } from '../language/question.ts';
import { readUsageField, usageModel } from '../usage/read-models.ts';
import { forEligible } from './for-eligible.ts';
import { minutesIncluded } from './included-minutes.ts';
import type { Ports, Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

type LicensesQuestion = Extract<Question, { readonly intent: 'licenses' }>;

/** As long as Graph reports calls for. */
const days = 90;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerLicenses(
  ports: Pick<Ports, 'directory' | 'licenceDirectory' | 'store' | 'clock'>,
  question: LicensesQuestion,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'licenses' }, () =>
    licencesOf(ports, asker.tenant, question.about ?? 'people'),
  );
}

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export async function licencesOf(
  { licenceDirectory, store, clock }: Pick<Ports, 'licenceDirectory' | 'store' | 'clock'>,
  tenant: TenantId,
  about: LicensesAnswer['about'],
): Promise<LicensesAnswer> {
  const now = clock.now();
  const [licensing, calls] = await Promise.all([
    licenceDirectory.licensing(tenant),
    callsByUser(store, tenant, now),
  ]);
  const minutes = await minutesIncluded(store, tenant, { licensing, now });
  return licenses(licensing, { about, calls, days, minutes });
}

/** Calls that drew on credits, in whatever currency. */
async function callsByUser(
  store: Store,
  tenant: TenantId,
  now: Instant,
): Promise<ReadonlyMap<string, number>> {
  const { accounts } = await readBooks(store, tenant);
  const counts = await Promise.all(
    [...accounts.keys()].map((currency) => store.counts(tenant, usageModel('calls', currency, 'user'))),
  );
  const first = addDays(utcDay(now), 1 - days);
  const calls = new Map<string, number>();
  for (const [field, count] of counts.flatMap((model) => [...model])) {
    const { day, value } = readUsageField(field);
    if (value !== null && day >= first) calls.set(value, (calls.get(value) ?? 0) + Number(count));
  }
  return calls;
}
