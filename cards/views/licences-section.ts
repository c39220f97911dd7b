/** Lines under a title; what has no words of its own is left empty, and is not shown. */
export interface LicencesSection {
  readonly title: string;
  readonly intro: string;
  readonly rows: readonly { readonly name: string; readonly text: string }[];
  readonly more: string;
  readonly close: string;
  readonly note: string;
}
