/** Ids that cannot be mistaken for one another. Each comes from its cause, never from a generator. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The Entra tenant's id, a GUID in lower case. */
export type TenantId = Branded<'TenantId'>;
/** A person's directory object id (`aadObjectId`), a GUID in lower case. */
export type PersonId = Branded<'PersonId'>;
/** The id of one usage row: `id` in Graph, `UsageId` in the exported report. */
export type RowId = Branded<'RowId'>;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null where the text is not a GUID. */
export function tenantId(text: string): TenantId | null {
  return asGuid<TenantId>(text);
}

/** Null where the text is not a GUID. */
export function personId(text: string): PersonId | null {
  return asGuid<PersonId>(text);
}

/** Null where the text is not a GUID. */
export function rowId(text: string): RowId | null {
  return asGuid<RowId>(text);
}

function asGuid<Id extends string>(text: string): Id | null {
  const lowerCase = text.trim().toLowerCase();
  return guid.test(lowerCase) ? (lowerCase as Id) : null;
}
