import { z } from 'zod';
import type { Service } from './destination.ts';
import coverData from './licence-cover.json' with { type: 'json' };

/** A kind of call by a person (or to a toll-free number) who holds some licences. */
export interface CoveredUse {
  /** `user_in` is a call to a person's own, ordinary number. */
  readonly use: Service | 'user_in';
  /** Region of the far end; for a call that comes in, of the number called. */
  readonly region: string;
  readonly numberType: string;
  readonly zone: 'A' | 'other' | null;
  /** Usage location of the person's licence: domestic and international go by it, not by the billing address. */
  readonly usageLocation: string | null;
}

/** What one licence does for a call; `pooled` is free until the minutes of the month are used up, then credits. */
export type LicenceCover =
  | { readonly servicePlan: string; readonly cover: 'free' | 'credits' }
  | {
      readonly servicePlan: string;
      readonly cover: 'pooled';
      /** Null where it depends on the country of the licence. */
      readonly minutesPerMonth: number | null;
      readonly sharing: 'tenant' | 'person';
    }
  /** The licence is known and has nothing to do with such a call. */
  | { readonly servicePlan: string; readonly cover: 'not-concerned' }
  /** The licence is not in our data, or what decides is not known. */
  | { readonly servicePlan: string; readonly cover: 'unknown' };

/**
 * Per licence, named by its service plan, whether a call is free, pooled or paid from credits. From the data file
 * beside, whose rules are Microsoft's ("What are Communications Credits", "Audio Conferencing dial-out", "PSTN usage
 * report"); the first rule of a licence that fits decides.
 */
export function licenceCover(servicePlans: readonly string[], call: CoveredUse): readonly LicenceCover[] {
  return servicePlans.map((servicePlan) => coverOf(servicePlan, call));
}

function coverOf(servicePlan: string, call: CoveredUse): LicenceCover {
  const rules = rulesByPlan.get(servicePlan);
  if (rules === undefined) return { servicePlan, cover: 'unknown' };
  for (const rule of rules) {
    if (rule.use !== call.use) continue;
    const fits = rule.where === undefined || isAt[rule.where](call);
    if (fits === null) return { servicePlan, cover: 'unknown' };
    if (fits) return asCover(servicePlan, rule);
  }
  return { servicePlan, cover: 'not-concerned' };
}

function asCover(servicePlan: string, rule: CoverRule): LicenceCover {
  if (rule.cover !== 'pooled') return { servicePlan, cover: rule.cover };
  return {
    servicePlan,
    cover: 'pooled',
    minutesPerMonth: rule.minutesPerMonth ?? null,
    sharing: rule.sharing,
  };
}

type Place = 'zone-a' | 'domestic' | 'premium';

/** Null where what decides is not known. Premium numbers are outside every pool. */
const isAt: Readonly<Record<Place, (call: CoveredUse) => boolean | null>> = {
  'zone-a': (call) => !isPremium(call) && (call.zone === null ? null : call.zone === 'A'),
  domestic: (call) =>
    !isPremium(call) && (call.usageLocation === null ? null : call.usageLocation === call.region),
  // No source says whether an international plan reaches the networks of no country.
  premium: (call) => isPremium(call) || (call.region === '001' ? null : false),
};

function isPremium(call: CoveredUse): boolean {
  return call.numberType === 'premium';
}

const place = z.enum(['zone-a', 'domestic', 'premium']).optional();
const use = z.enum(['inbound_tollfree', 'dial_out', 'user_out', 'user_in']);
const coverRule = z.discriminatedUnion('cover', [
  z.object({ cover: z.literal('free'), use, where: place }).strict(),
  z.object({ cover: z.literal('credits'), use, where: place }).strict(),
  z
    .object({
      cover: z.literal('pooled'),
      use,
      where: place,
      minutesPerMonth: z.number().int().positive().optional(),
      sharing: z.enum(['tenant', 'person']),
    })
    .strict(),
]);
type CoverRule = z.infer<typeof coverRule>;

const coverFile = z
  .object({
    version: z.literal(1),
    licences: z.array(z.object({ servicePlans: z.array(z.string()), rules: z.array(coverRule) }).strict()),
  })
  .strict();

const rulesByPlan: ReadonlyMap<string, readonly CoverRule[]> = new Map(
  coverFile
    .parse(coverData)
    .licences.flatMap(({ servicePlans, rules }) => servicePlans.map((plan) => [plan, rules] as const)),
);
