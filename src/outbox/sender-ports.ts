import type { TenantId } from '../decision/ids.ts';
import type { Clock, Directory, Store, Throttle } from '../workflows/ports.ts';
import type { Loud, SpeakingTo } from '../workflows/speaking-to.ts';
import type { TenantWide } from '../workflows/tenant-wide.ts';
import type { CardSource, Deliver, Reach } from './deliver.ts';
import type { Message } from './message.ts';

/** All that a sender needs of the outside. */
export interface SenderPorts {
  readonly store: Pick<Store, 'records' | 'commit'>;
  readonly directory: Directory;
  readonly deliver: Deliver;
  readonly reach: Reach;
  readonly cards: CardSource;
  readonly throttle: Throttle;
  /** When something may be said aloud to a person. */
  readonly speakingTo: (tenant: TenantId, loud: Loud) => Promise<SpeakingTo>;
  /** What the tenant has set for everybody. */
  readonly tenantWide: TenantWide;
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** At least 0, below 1. */
  readonly random: () => number;
  /** Lets the tenant's channel be told of the same; told twice, it is told once. */
  readonly handOver: (tenant: TenantId, message: Message) => Promise<void>;
}
