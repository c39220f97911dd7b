import { z } from 'zod';
import inhibitionJson from './inhibition.json' with { type: 'json' };
import { type AlertKind, alertKinds } from './kind.ts';

const kind = z.enum(alertKinds);

/** While one kind of incident lasts, others of the same currency are not spoken of: it says what they would say. */
export const inhibitions: readonly { readonly while: AlertKind; readonly quiet: readonly AlertKind[] }[] = z
  .array(z.object({ while: kind, quiet: z.array(kind) }))
  .parse(inhibitionJson);

/** The kinds that silence this one. */
export function silencersOf(quiet: AlertKind): readonly AlertKind[] {
  return inhibitions.filter((pair) => pair.quiet.includes(quiet)).map((pair) => pair.while);
}
