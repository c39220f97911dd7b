import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { licenses } from '../answers/licenses.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Instant, utcDay } from '../decision/time.ts';
import { readUsageField, usageModel } from '../usage/read-models.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports, Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

/** As long as Graph reports calls for. */
const days = 90;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerLicenses(
  ports: Pick<Ports, 'directory' | 'licenceDirectory' | 'store' | 'clock'>,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'licenses' }, async () => {
    const [licensing, calls] = await Promise.all([
      ports.licenceDirectory.licensing(asker.tenant),
      callsByUser(ports.store, asker.tenant, ports.clock.now()),
    ]);
    return licenses(licensing, { calls, days });
  });
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
