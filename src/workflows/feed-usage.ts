import { handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { uncoveredOperators } from '../people/uncovered-operators.ts';
import { maxRowsPerBatch } from '../usage/batch-size.ts';
import {
  afterLostLink,
  afterPage,
  afterProblem,
  afterUnreadablePage,
  beginPass,
  type FeedPass,
  type FeedProblem,
  type FeedState,
  unreadableRange,
  withUncovered,
} from '../usage/feed.ts';
import { isFunded } from '../usage/known-row.ts';
import type { ReadRow } from '../usage/read-row.ts';
import { changeOf } from './booking.ts';
import { type BatchPlan, planBatch, sorted } from './plan-batch.ts';
import {
  DirectoryUnavailable,
  type Ports,
  type Store,
  type UsagePage,
  type UsageProblem,
  UsageSourceUnavailable,
} from './ports.ts';
import { quarantinePage } from './quarantine.ts';
import { feedHeadChange, readBooks } from './tenant-books.ts';

/** What one poll of the source came to. */
export type Fed =
  /** All that the pass was to read is known. */
  | { readonly kind: 'complete'; readonly pages: number; readonly new: number; readonly changed: number }
  /** Another process does it. */
  | { readonly kind: 'taken-over' }
  /** The pass waits where it is, for the next poll. */
  | { readonly kind: 'stopped'; readonly problem: FeedProblem };

type FeedPorts = Pick<Ports, 'store' | 'usageSource' | 'licenceDirectory' | 'clock' | 'leases'>;

/**
 * Reads on where the feed stands, page by page, until its pass is complete. Each page is booked in one step with the
 * checkpoint behind it, so that a process killed at any point loses nothing and books nothing twice. One process does
 * it at a time.
 * @throws {StoreUnavailable}
 */
export async function feedUsage(ports: FeedPorts, tenant: TenantId): Promise<Fed> {
  const fed = await ports.leases.whileHeld(tenant, 'feed', async () => {
    const { wholeReadAt } = (await readBooks(ports.store, tenant)).feed.state;
    const read = await new Reading(ports, tenant).toTheEnd();
    await noteUncovered(ports, tenant, wholeReadAt);
    return read;
  });
  return fed ?? { kind: 'taken-over' };
}

/** After each reading of all that there is: licences change seldom. */
async function noteUncovered(
  { store, licenceDirectory }: FeedPorts,
  tenant: TenantId,
  wholeReadBefore: Instant | null,
): Promise<void> {
  if ((await readBooks(store, tenant)).feed.state.wholeReadAt === wholeReadBefore) return;
  const licensing = await licenceDirectory.licensing(tenant).catch((error: unknown) => {
    if (error instanceof DirectoryUnavailable) return null;
    throw error;
  });
  if (licensing === null) return;
  const uncovered = uncoveredOperators(licensing.people);
  await handle<null, never>({
    decide: async () => {
      const { feed } = await readBooks(store, tenant);
      if (feed.state.uncovered.join() === uncovered.join()) return { kind: 'nothing', outcome: null };
      const heads = [feedHeadChange(feed, withUncovered(feed.state, uncovered))];
      return { kind: 'change', outcome: null, change: changeOf(tenant, [{ heads, events: [] }]) };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

/** A pass as one process reads it. */
class Reading {
  readonly #store: Store;
  readonly #source: FeedPorts['usageSource'];
  readonly #now: () => Instant;
  readonly #tenant: TenantId;
  readonly #followed = new Set<string>();
  readonly #sum = { pages: 0, new: 0, changed: 0 };

  constructor({ store, usageSource, clock }: FeedPorts, tenant: TenantId) {
    this.#store = store;
    this.#source = usageSource;
    this.#now = clock.now;
    this.#tenant = tenant;
  }

  async toTheEnd(): Promise<Fed> {
    const { state } = (await readBooks(this.#store, this.#tenant)).feed;
    let feed = await this.#move(state.pass, [], (known) => beginPass(known, this.#now()));
    while (feed !== null && feed.pass !== null) {
      const asked = await this.#ask(feed.pass);
      feed = await this.#after(feed.pass, asked);
      if (asked.kind !== 'busy' && asked.kind !== 'refused') continue;
      return feed?.problem ? { kind: 'stopped', problem: feed.problem } : { kind: 'taken-over' };
    }
    return feed === null ? { kind: 'taken-over' } : { kind: 'complete', ...this.#sum };
  }

  async #ask({ ranges: [range], nextLink }: FeedPass): Promise<Asked> {
    if (range === undefined) return { kind: 'page', page: { rows: [], nextLink: null } };
    const place =
      nextLink === null ? { kind: 'range' as const, ...range } : { kind: 'link' as const, nextLink };
    try {
      const page = await this.#source.page(this.#tenant, place);
      // Links that lead round in a circle would be followed for ever.
      if (page.nextLink !== null && this.#followed.has(page.nextLink))
        return { kind: 'unreadable', content: '' };
      if (page.nextLink !== null) this.#followed.add(page.nextLink);
      return { kind: 'page', page };
    } catch (error) {
      if (error instanceof UsageSourceUnavailable) return error.problem;
      throw error;
    }
  }

  async #after(pass: FeedPass, asked: Asked): Promise<FeedState | null> {
    switch (asked.kind) {
      case 'page':
        return this.#book(pass, asked.page);
      case 'link-lost':
        this.#followed.clear();
        return this.#move(pass, [], afterLostLink);
      case 'unreadable':
        this.#followed.clear();
        return this.#leaveOut(pass, asked.content);
      case 'busy':
      case 'refused':
        return this.#move(pass, [], (feed) => afterProblem(feed, asked.kind, this.#now()));
    }
  }

  /** A page that stands alone in its hour waits in quarantine, before the feed goes on without it. */
  async #leaveOut(pass: FeedPass, content: string): Promise<FeedState | null> {
    const { givenUp: range } = unreadableRange(pass);
    if (range !== null && content !== '') {
      const page = {
        tenant: this.#tenant,
        content,
        cause: 'page-unreadable',
        range,
        at: this.#now(),
      } as const;
      await quarantinePage(this.#store, page);
    }
    return this.#move(pass, [], afterUnreadablePage);
  }

  async #book(pass: FeedPass, { rows, nextLink }: UsagePage): Promise<FeedState | null> {
    this.#sum.pages += 1;
    const last = Math.max(0, Math.ceil(rows.length / maxRowsPerBatch) - 1) * maxRowsPerBatch;
    for (let first = 0; first < last; first += maxRowsPerBatch) {
      const moved = await this.#move(pass, rows.slice(first, first + maxRowsPerBatch), (feed) => feed);
      if (moved === null) return null;
    }
    return this.#move(pass, rows.slice(last), (feed, plan) =>
      afterPage(feed, { nextLink, firstSeen: startsOfNew(plan) }),
    );
  }

  /** Books rows and moves the feed in one step; null where the feed is no longer where this pass left it. */
  async #move(
    pass: FeedPass | null,
    read: readonly ReadRow[],
    next: (feed: FeedState, plan: BatchPlan) => FeedState,
  ): Promise<FeedState | null> {
    const handled = await handle<{ readonly feed: FeedState; readonly plan: BatchPlan } | null, never>({
      decide: async () => {
        const at = this.#now();
        const plan = await planBatch(this.#store, {
          tenant: this.#tenant,
          ...sorted(read),
          actor: 'graph',
          at,
        });
        const { feed } = plan.books;
        if (!isSamePlace(feed.state.pass, pass)) return { kind: 'nothing', outcome: null };
        const moved = next(feed.state, plan);
        const head = { heads: [feedHeadChange(feed, moved)], events: [] };
        const change = changeOf(this.#tenant, [...plan.parts, head], plan.rest);
        return { kind: 'change', change, outcome: { feed: moved, plan } };
      },
      commit: (change) => this.#store.commit(change),
      // A step is fenced by the feed's place, so it carries no key that could be met again.
      readOutcome: () => null,
    });
    const outcome = handled.kind === 'done' ? handled.outcome : null;
    this.#sum.new += outcome?.plan.intake.tally.new ?? 0;
    this.#sum.changed += outcome?.plan.intake.tally.changed ?? 0;
    return outcome?.feed ?? null;
  }
}

type Asked = { readonly kind: 'page'; readonly page: UsagePage } | UsageProblem;

function isSamePlace(left: FeedPass | null, right: FeedPass | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.begunAt === right.begunAt &&
    left.pagesRead === right.pagesRead &&
    left.nextLink === right.nextLink &&
    left.ranges.length === right.ranges.length
  );
}

/** Starts of the charged calls that nobody had told of before. */
function startsOfNew({ intake, known }: BatchPlan): readonly Instant[] {
  return [...intake.records].flatMap(([id, row]) => (!known.has(id) && isFunded(row) ? [row.startedAt] : []));
}
