import type { PersonId, TenantId } from '../decision/ids.ts';

/** Who asks and where, as the channel vouches for it; card data is never asked who it is. */
export interface Asker {
  readonly tenant: TenantId;
  /** Null where the channel names no directory object: such a person has no rights. */
  readonly person: PersonId | null;
  readonly name: string;
  /** BCP 47, of the client. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Figures are for the personal scope alone. */
  readonly scope: 'personal' | 'shared';
}
