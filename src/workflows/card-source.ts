import type { Answer } from '../answers/answer.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';

/** What one kind of subjects says to a person, or in a channel (null), as of now; null where it says nothing. */
export type Says = (tenant: TenantId, id: string, person: PersonId | null) => Promise<Answer | null>;

/** What messages are about. */
type SubjectKind = 'incident' | 'topup' | 'delegation' | 'digest';

/** Each kind of subjects speaks for itself; a kind that nobody speaks for says nothing. */
export function cardSource(says: { readonly [kind in SubjectKind]?: Says }): {
  answerFor(
    tenant: TenantId,
    about: { readonly kind: SubjectKind; readonly id: string },
    person: PersonId | null,
  ): Promise<Answer | null>;
} {
  return {
    answerFor: async (tenant, { kind, id }, person) => (await says[kind]?.(tenant, id, person)) ?? null,
  };
}
