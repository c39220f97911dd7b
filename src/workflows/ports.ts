import type { Change, CommitReply, Head, Idempotency } from '../decision/commit.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { DirectoryPerson } from '../people/directory-person.ts';
import type { Licensing } from '../people/licensed-person.ts';
import type { Organisation } from '../people/organisation.ts';
import type { RoleHoldings } from '../people/role-holder.ts';
import type { BetaAnswer, BlockEntry, DialOutSpend } from '../usage/beta-reports.ts';
import type { ReadRow } from '../usage/read-row.ts';
import type { Span } from '../usage/span.ts';
import type { GraphFacts, StoreFacts } from './doctor/facts.ts';

/** All that the outside must provide, on one page. */
export interface Ports {
  readonly store: Store;
  readonly shortMemory: ShortMemory;
  readonly directory: Directory;
  readonly roleDirectory: RoleDirectory;
  readonly licenceDirectory: LicenceDirectory;
  readonly organisationDirectory: OrganisationDirectory;
  readonly usageSource: UsageSource;
  /** Null where they are not to be asked. */
  readonly betaReports: BetaReports | null;
  readonly leases: Leases;
  readonly storeHealth: StoreHealth;
  readonly graphHealth: GraphHealth;
  readonly clock: Clock;
  /** How long a list of people counts before the directory is asked again. */
  readonly peopleFreshMs: number;
  /** What a ledger is opened with where no call told of a currency yet. */
  readonly defaultCurrency: Currency;
}

/** The only reader of the clock; everything below it is told the time. */
export interface Clock {
  now(): Instant;
}

/**
 * Where the facts of a tenant are kept. What is read is JSON of a stored shape, which its reader checks; what is
 * written goes through {@link Store.commit} alone. Deliberately without transactions, scripts or keys.
 */
export interface Store {
  /** True when the tenant was ever committed to. */
  knowsTenant(tenant: TenantId): Promise<boolean>;
  tenants(): Promise<readonly TenantId[]>;
  /** All heads of a tenant by name, in one round trip: they are few. */
  heads(tenant: TenantId): Promise<ReadonlyMap<string, Head>>;
  /** Those of the records that exist, by id. */
  records(tenant: TenantId, table: string, ids: readonly string[]): Promise<ReadonlyMap<string, JsonValue>>;
  /** Every record of a table, in batches and in no order; off the request path only. */
  allRecords(
    tenant: TenantId,
    table: string,
  ): AsyncIterable<readonly (readonly [id: string, value: JsonValue])[]>;
  /** All numbers of one read model by field; a model that was never counted is empty. */
  counts(tenant: TenantId, model: string): Promise<ReadonlyMap<string, bigint>>;
  /** Members with `from <= score < to`, in the order of their scores. */
  members(tenant: TenantId, index: string, range: { from: number; to: number }): Promise<readonly string[]>;
  /** A log from its first event on, in batches. */
  log(tenant: TenantId, log: string): AsyncIterable<readonly JsonValue[]>;
  /** The latest events of a log, at most so many, the latest first. */
  latest(tenant: TenantId, log: string, count: number): Promise<readonly JsonValue[]>;
  /** What there is of a tenant, by name. Looks through the whole store: for a journal, never for an answer. */
  names(tenant: TenantId): Promise<StoredNames>;
  /** All members of an index with their scores, in batches and in order. */
  scoredMembers(
    tenant: TenantId,
    index: string,
  ): AsyncIterable<readonly (readonly [member: string, score: number])[]>;
  /** Those of the idempotency keys that are still remembered, with what they were answered. */
  answers(tenant: TenantId, keys: readonly string[]): Promise<readonly Idempotency[]>;
  /** What an idempotency key was answered with before; null where it was never used. */
  recall(
    tenant: TenantId,
    request: { readonly key: string; readonly digest: string },
  ): Promise<Exclude<CommitReply, { kind: 'committed' | 'conflict' }> | null>;
  /** Makes a change true in one atomic step, or not at all. @throws {StoreUnavailable} */
  commit(change: Change): Promise<CommitReply>;
  /** Resolves when the store answers. @throws {StoreUnavailable} */
  ping(): Promise<void>;
}

/** Names of all that is kept of a tenant beside its heads; what is to be said, or soon forgotten, is not in it. */
export interface StoredNames {
  readonly logs: readonly string[];
  readonly tables: readonly string[];
  readonly models: readonly string[];
  readonly indexes: readonly string[];
  /** Idempotency keys. */
  readonly answers: readonly string[];
}

/** What was committed to be said, until the queue has it. */
export interface Outbox {
  /** The oldest messages of a tenant, at most so many, in the order of their commits. @throws {StoreUnavailable} */
  outbox(tenant: TenantId, count: number): Promise<readonly WaitingMessage[]>;
  /** How many wait. @throws {StoreUnavailable} */
  outboxLength(tenant: TenantId): Promise<number>;
  /** Takes out what the queue has; what is gone already stays gone. @throws {StoreUnavailable} */
  outboxMoved(tenant: TenantId, places: readonly string[]): Promise<void>;
}

export interface WaitingMessage {
  /** Where it stands in the order of the tenant's commits: `milliseconds-number`, always rising. */
  readonly place: string;
  readonly key: string;
  readonly body: JsonValue;
}

/** How fast may be written to Teams, counted over all processes. */
export interface Throttle {
  /**
   * Takes the next turn that the tenant and the conversation have free. A turn that is further off than the caller is
   * likely to wait for is not taken.
   * @throws {StoreUnavailable}
   */
  take(tenant: TenantId, conversation: string): Promise<Turn>;
}

export type Turn =
  | { readonly kind: 'taken'; readonly waitMs: number }
  | { readonly kind: 'later'; readonly waitMs: number };

/** What was spoken of a moment ago. It is forgotten by itself, and nothing that counts may rest on it. */
export interface ShortMemory {
  /** Null where nothing was kept, or its time is over. @throws {StoreUnavailable} */
  recalled(tenant: TenantId, key: string): Promise<string | null>;
  /** Takes the place of what the key had. @throws {StoreUnavailable} */
  remember(
    tenant: TenantId,
    memory: { readonly key: string; readonly value: string; readonly seconds: number },
  ): Promise<void>;
}

/** The store does not answer: say so in a sentence, keep nothing half-done, try later. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('The store does not answer.', { cause });
    this.name = 'StoreUnavailable';
  }
}

export interface Directory {
  /**
   * Null where the tenant has no such person. What was learned a moment ago may count, unless `live`: before an act
   * that needs a right, the right is looked up at that moment.
   * @throws {DirectoryUnavailable}
   */
  person(
    tenant: TenantId,
    id: PersonId,
    options?: { readonly live: boolean },
  ): Promise<DirectoryPerson | null>;
}

export interface RoleDirectory {
  /**
   * Who holds these roles, by their template ids, as the directory has it now. Where nobody waits, a busy directory
   * is asked for longer.
   * @throws {DirectoryUnavailable}
   */
  roleHoldings(
    tenant: TenantId,
    roles: readonly string[],
    patience: { readonly somebodyWaits: boolean },
  ): Promise<RoleHoldings>;
}

export interface LicenceDirectory {
  /** The licences of a tenant and of each of its users. @throws {DirectoryUnavailable} */
  licensing(tenant: TenantId): Promise<Licensing>;
}

export interface OrganisationDirectory {
  /** What the directory tells of the tenant itself; a few minutes old at most. @throws {DirectoryUnavailable} */
  organisation(tenant: TenantId): Promise<Organisation>;
}

/** The directory does not answer, so nobody's rights can be known: the answer is no, with a sentence. */
export class DirectoryUnavailable extends Error {
  constructor(cause: unknown) {
    super('The directory does not answer.', { cause });
    this.name = 'DirectoryUnavailable';
  }
}

/** The tenant's charged calls from Microsoft Graph, page by page. */
export interface UsageSource {
  /** @throws {UsageSourceUnavailable} */
  page(tenant: TenantId, place: UsagePlace): Promise<UsagePage>;
}

/** The first page of call starts of at most ninety days, both ends included; or a page that one before it linked to. */
export type UsagePlace =
  | { readonly kind: 'range'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'link'; readonly nextLink: string };

export interface UsagePage {
  readonly rows: readonly ReadRow[];
  /** Null on the last page. */
  readonly nextLink: string | null;
}

/** What stands in the way: `busy` passes by itself, `refused` is for an administrator to mend. */
export type UsageProblem =
  | { readonly kind: 'busy' | 'refused' }
  /** Graph knows the link no longer; the range is to be read from its beginning. */
  | { readonly kind: 'link-lost' }
  /** The page's text as it came, which is not what is documented. */
  | { readonly kind: 'unreadable'; readonly content: string };

export class UsageSourceUnavailable extends Error {
  readonly problem: UsageProblem;

  constructor(problem: UsageProblem, cause?: unknown) {
    super('The usage report does not answer.', cause === undefined ? undefined : { cause });
    this.name = 'UsageSourceUnavailable';
    this.problem = problem;
  }
}

/** What Graph's beta tells beside the calls; whatever goes wrong is an answer, for nothing may rest on it. */
export interface BetaReports {
  /** What meetings spent on calls to participants, by Microsoft's own sum. */
  dialOut(tenant: TenantId, span: Span): Promise<BetaAnswer<DialOutSpend>>;
  /** Whom Microsoft blocked or unblocked within at most ninety days. */
  blockedUsers(tenant: TenantId, span: Span): Promise<BetaAnswer<BlockEntry>>;
}

/** That a piece of work is done by one process at a time; a process that dies leaves it within seconds. */
export interface Leases {
  /**
   * Does the work while holding the lease; null where another holds it. The work is correct without it too, for it
   * commits against versions: a lease saves the doing twice.
   * @throws {StoreUnavailable}
   */
  whileHeld<Result>(tenant: TenantId, name: string, work: () => Promise<Result>): Promise<Result | null>;
}

/** How the store is set up; for whoever looks after it. */
export interface StoreHealth {
  /** What does not answer is a fact too, and no error. */
  facts(): Promise<StoreFacts>;
}

/** What Microsoft Graph lets the product do; for whoever looks after it. */
export interface GraphHealth {
  /** What is refused, or does not answer, is a fact too, and no error. */
  facts(tenant: TenantId): Promise<GraphFacts>;
}
