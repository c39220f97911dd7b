import type { PersonId } from '../decision/ids.ts';

/** Who somebody is to the directory, as of now. */
export interface DirectoryPerson {
  readonly id: PersonId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** A BCP 47 tag; null where the person chose none. */
  readonly preferredLanguage?: string | null;
  /** Role template ids that are active, held directly or through a group. */
  readonly roles: readonly string[];
}
