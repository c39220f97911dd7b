import { z } from 'zod';
import { emptyMailFeed, type MailFeed } from '../alerts/microsoft-mail.ts';
import { handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';

const table = 'mail-feed';
const id = 'latest';
const stored = z.object({
  v: z.literal(1),
  lastEventAt: z.number().int(),
  failures: z.record(z.number().int()),
});

/** What came so far of the mails of the billing mailbox. @throws {StoreUnavailable} */
export async function mailFeedOf(store: Pick<Store, 'records'>, tenant: TenantId): Promise<MailFeed> {
  return readFeed((await store.records(tenant, table, [id])).get(id));
}

/**
 * Keeps that an event came, whatever comes of it, and which failure it told of. The same again changes nothing but
 * when one came last. @throws {StoreUnavailable}
 */
export async function rememberMail(
  store: Pick<Store, 'records' | 'commit'>,
  tenant: TenantId,
  came: { readonly at: Instant; readonly failure: { readonly of: Currency; readonly at: Instant } | null },
): Promise<void> {
  await handle<null, never>({
    decide: async () => {
      const before = (await store.records(tenant, table, [id])).get(id) ?? null;
      const value = storeFeed(after(readFeed(before), came));
      const records = [{ table, id, value, expected: before }];
      return { kind: 'change', outcome: null, change: changeOf(tenant, [], { records }) };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

function after(feed: MailFeed, { at, failure }: Parameters<typeof rememberMail>[2]): MailFeed {
  const lastEventAt = Math.max(feed.lastEventAt ?? at, at);
  if (failure === null) return { ...feed, lastEventAt };
  const failedAt = Math.max(feed.failures.get(failure.of) ?? failure.at, failure.at);
  return { lastEventAt, failures: new Map(feed.failures).set(failure.of, failedAt) };
}

function readFeed(value: JsonValue | undefined): MailFeed {
  if (value === undefined || value === null) return emptyMailFeed;
  const { lastEventAt, failures } = stored.parse(value);
  const known = Object.entries(failures).flatMap(([code, at]) => {
    const of = currency(code);
    return of === null ? [] : [[of, at] as const];
  });
  return { lastEventAt, failures: new Map(known) };
}

function storeFeed({ lastEventAt, failures }: MailFeed): JsonValue {
  return { v: 1, lastEventAt, failures: Object.fromEntries(failures) };
}
