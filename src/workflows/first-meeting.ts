import { digest } from '../decision/digest.ts';
import { handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';

/**
 * Whether this is the first time that the bot meets a conversation, which it is once: a welcome is never repeated,
 * however often Teams tells of the same installation.
 */
export async function firstMeeting(store: Store, tenant: TenantId, conversationId: string): Promise<boolean> {
  const met = await handle<null, never>({
    decide: async () => ({
      kind: 'change',
      outcome: null,
      change: changeOf(tenant, [], {
        idempotency: { key: `met:${digest(conversationId)}`, digest: 'met', outcome: null },
      }),
    }),
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
  return met.kind === 'done' && !met.repeated;
}
