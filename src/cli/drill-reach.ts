import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Product } from '../product.ts';

type Receipt = Awaited<ReturnType<Product['deliveries']>>[number];

/** How one person, or the channel, came to know of a drill. */
export interface Reached {
  /** The person's directory id, or `channel`. */
  readonly id: string;
  /** Null where the list of people does not name them. */
  readonly displayName: string | null;
  readonly state: Receipt['state'];
  readonly way: Receipt['way'];
  /** The latest trouble, also where another way was found. */
  readonly why: string | null;
  /** From the beginning of the drill to its end for this person; null while it has none. */
  readonly afterMs: number | null;
}

interface Watched {
  readonly incident: string;
  readonly startedAt: Instant;
  readonly patienceMs: number;
}

const lookEveryMs = 200;

/** Looks until everybody was told or could not be, or patience ends. @throws {StoreUnavailable} */
export async function whoWasReached(
  product: Pick<Product, 'deliveries' | 'people' | 'now'>,
  tenant: TenantId,
  { incident, startedAt, patienceMs }: Watched,
): Promise<readonly Reached[]> {
  const names = await namesOf(product, tenant);
  const giveUpAt = product.now() + patienceMs;
  // What comes of a person's tap later is a change of the same record, so that the first end is what counts.
  const ended = new Map<string, Receipt>();
  for (;;) {
    const seen = await product.deliveries(tenant, { kind: 'incident', id: incident });
    for (const receipt of seen) {
      if (isEnd(receipt) && !ended.has(receipt.recipient)) ended.set(receipt.recipient, receipt);
    }
    const wanted = new Set<string>([...names.keys(), ...seen.map(({ recipient }) => recipient)]);
    const isAll = wanted.size > 0 && [...wanted].every((id) => ended.has(id));
    if (isAll || product.now() >= giveUpAt) {
      const latest = new Map<string, Receipt>(seen.map((receipt) => [receipt.recipient, receipt]));
      return [...wanted].map((id) => reached(id, names.get(id) ?? null, ended.get(id) ?? latest.get(id)));
    }
    await sleep(lookEveryMs);
  }

  function reached(id: string, displayName: string | null, receipt: Receipt | undefined): Reached {
    const { state = 'waiting', way = null, why = null } = receipt ?? {};
    const afterMs =
      receipt !== undefined && isEnd(receipt) ? (receipt.toldAt ?? receipt.at) - startedAt : null;
    return { id, displayName, state, way, why, afterMs };
  }
}

function isEnd({ state }: Receipt): boolean {
  return state !== 'waiting' && state !== 'sending';
}

/** Whom the list of people names as to be told. */
async function namesOf(
  product: Pick<Product, 'people'>,
  tenant: TenantId,
): Promise<ReadonlyMap<string, string>> {
  const roles = (await product.people(tenant))?.roles ?? [];
  const holders = roles.filter(({ chosen }) => chosen).flatMap(({ holders: held }) => held);
  return new Map(
    holders
      .filter(({ standing }) => standing === 'active')
      .map(({ person, displayName }) => [person, displayName]),
  );
}
