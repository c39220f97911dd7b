import type { Person } from '../approvals/quorum.ts';
import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

/** Somebody tried what they may not do; what merely came too late is not written down. */
const denials: ReadonlySet<string> = new Set([
  'topup-own-request',
  'topup-not-approver',
  'topup-not-requester',
  'topup-not-buyer',
]);

/** One line of the audit for each person, request, verb and reason, however often it is tried. */
export async function recordDenial(
  store: Store,
  tried: {
    readonly tenant: TenantId;
    readonly by: Person;
    readonly number: number;
    readonly verb: string;
    readonly at: Instant;
  },
  { code }: Refusal,
): Promise<void> {
  if (!denials.has(code)) return;
  const { tenant, by, number, verb, at } = tried;
  const key = digest('denied', by.id, String(number), verb, code);
  const request = { key: `denied:${key}`, digest: key };
  await handle<null, never>({
    recall: () => store.recall(tenant, request),
    decide: async () => {
      const audited = bookAudit(await readBooks(store, tenant), {
        at,
        actor: by.id,
        type: 'topup.denied',
        subject: `topup:${number}`,
        data: { name: by.name, verb, code },
      });
      const change = changeOf(tenant, [audited], { idempotency: { ...request, outcome: null } });
      return { kind: 'change', change, outcome: null };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}
