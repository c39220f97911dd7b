import type { PersonId } from '../decision/ids.ts';

/** Who somebody is to the directory, as of now. */
export interface DirectoryPerson {
  readonly id: PersonId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** BCP 47, as the account says it; absent where it says none. */
  readonly preferredLanguage?: string;
  /** Role template ids that are active, held directly or through a group. */
  readonly roles: readonly string[];
}
