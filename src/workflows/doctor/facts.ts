import type { Instant } from '../../decision/time.ts';

/** What a doctor looks at, as it was found; what it means is judged elsewhere. */
export interface Facts {
  readonly store: StoreFacts;
  readonly graph: GraphFacts;
  /** Null where the store does not answer. */
  readonly tenant: TenantFacts | null;
  /** How many people may see amounts and are told of trouble; null where the directory does not tell. */
  readonly holders: { readonly active: number; readonly eligibleOnly: number } | null;
  readonly usagePollMinutes: number;
}

export type StoreFacts =
  | { readonly kind: 'unreachable' }
  /** It answers and does not tell how it is set up: the user lacks the right. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'answers'; readonly nodes: readonly RedisNodeFacts[] };

/** One Redis that is written to: the only one, or each master of a cluster. */
export interface RedisNodeFacts {
  readonly version: string;
  readonly isReplica: boolean;
  /** Null where it is not told, as by what only speaks Redis's protocol. */
  readonly appendOnly: boolean | null;
  /** False where the last write to the append-only file, or the last snapshot that writes wait for, failed. */
  readonly lastWriteWorked: boolean;
  /** `noeviction`, `allkeys-lru`, …; null where it is not told. */
  readonly evictionPolicy: string | null;
  /** `always`, `everysec` or `no`; null where the user may not read settings, as at managed services. */
  readonly appendFsync: string | null;
  /** Null where it is no cluster. */
  readonly clusterState: string | null;
  /** How far its clock is ahead of ours. */
  readonly clockAheadMs: number;
}

export interface GraphFacts {
  readonly token: TokenFacts;
  /** One question to each part of Graph that the product reads; nothing was asked without a token. */
  readonly probes: readonly Probe[];
  /** How far Graph's clock is ahead of ours; null where it was not told. */
  readonly clockAheadMs: number | null;
  readonly credential: CredentialFacts;
}

export type TokenFacts =
  /** None is needed, or it cannot be read. */
  | { readonly kind: 'opaque' }
  | { readonly kind: 'readable'; readonly tenant: string | null; readonly roles: readonly string[] }
  /** `aadsts` is the identity platform's own number, such as 7000222; null where it gave none. */
  | { readonly kind: 'refused'; readonly aadsts: number | null }
  | { readonly kind: 'unreachable' }
  /** The machine has no managed identity. */
  | { readonly kind: 'no-identity' }
  | { readonly kind: 'certificate-unreadable' };

/** What is asked of Graph to find out whether it is granted. */
export type Probed = 'calls' | 'users' | 'roles' | 'licences';

export interface Probe {
  readonly of: Probed;
  readonly outcome:
    | { readonly kind: 'answered' }
    | { readonly kind: 'refused'; readonly status: number }
    /** Busy, broken or not reached; the status is null where there was none. */
    | { readonly kind: 'no-answer'; readonly status: number | null };
}

/** With what the bot proves who it is. */
export interface CredentialFacts {
  readonly kind: 'secret' | 'certificate' | 'managed-identity' | 'unknown';
  /** The file of the certificate that is used; null where none is. */
  readonly certificateFile: { readonly expiresAt: Instant | null } | null;
  /** Secrets and certificates of the application that may be the one in use; null where Graph does not tell them. */
  readonly registered: readonly RegisteredCredential[] | null;
}

export interface RegisteredCredential {
  readonly kind: 'secret' | 'certificate';
  readonly name: string | null;
  readonly expiresAt: Instant;
}

export interface TenantFacts {
  /** `never` where usage was never read to its end; `unreadable` where another version of the product stored it. */
  readonly feed: { readonly completedAt: Instant } | 'never';
  /** When an admin last read a figure in the admin centre; null where nobody ever did. */
  readonly figureReadAt: Instant | null;
  readonly hasRateDeck: boolean;
}
