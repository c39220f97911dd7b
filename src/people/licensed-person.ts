/** A user of the tenant with the service plans that are switched on in the licences assigned. */
export interface LicensedPerson {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** Address of the mailbox; null where there is none. */
  readonly mail: string | null;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** By their names, such as `MCOMEETADV`. */
  readonly servicePlans: ReadonlySet<string>;
  /** ISO 3166-1 alpha-2: where the licences are used, whatever the billing address; null where it is not set. */
  readonly usageLocation: string | null;
}

/** What a tenant has of licences. */
export interface Licensing {
  /** Communications Credits licences, which cost nothing; null where the tenant has none. */
  readonly credits: { readonly bought: number; readonly assigned: number } | null;
  /** Licences that may be assigned, by service plan; null where a licence that has the plan tells no number. */
  readonly bought: ReadonlyMap<string, number | null>;
  readonly people: readonly LicensedPerson[];
}

/** The licence's name and its plan's. Calls that credits pay for are reported under another name, `MCOPSTNPP`. */
export const creditsLicence = 'MCOPSTNC';

/**
 * Audio Conferencing and the Calling Plans: Microsoft lets the credits licence work beside one of them, and wants it
 * on everybody who is to dial beyond what they include.
 */
export const plansBesideCredits: readonly string[] = [
  'MCOMEETADV',
  'MCOPSTN1',
  'MCOPSTN2',
  'MCOPSTN5',
  'MCOPSTN6',
  'MCOPSTN8',
];
