/** What the directory tells of a tenant itself. */
export interface Organisation {
  /** ISO 3166-1 alpha-2: where the tenant was opened; null where the directory does not tell. */
  readonly country: string | null;
}
