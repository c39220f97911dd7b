import { z } from 'zod';
import includedData from './included-minutes.json' with { type: 'json' };

/** What tells one pool of included minutes from another. */
export interface PoolKey {
  /** What the usage report calls calls of this pool: `MCOPSTN5`. */
  readonly capability: string;
  /** Only plans that count the two apart have one. */
  readonly reach: 'domestic' | 'international' | null;
  /** Where the licences are used; null for a pool of all countries, and where it is not known. */
  readonly country: string | null;
}

export interface IncludedPool extends PoolKey {
  /** Everybody in the tenant, everybody in one country, or nobody: then each person has minutes of their own. */
  readonly sharing: 'tenant' | 'country' | 'person';
  /** Null where it is not told how many there are. */
  readonly licences: number | null;
  /** Each licence, each calendar month; null where our data has no number for the country. */
  readonly minutesEach: number | null;
  /** Null where either is not known, and where the minutes are not shared. */
  readonly minutesTotal: number | null;
}

/** Licences as far as pools go by them, by the names of their service plans. */
export interface OwnedLicences {
  /** How many were bought; null where that is not told, and nothing where there are none. */
  readonly bought: ReadonlyMap<string, number | null>;
  /** Each plan that somebody holds, with the usage location of the licence. */
  readonly holders: readonly { readonly servicePlan: string; readonly country: string | null }[];
}

/**
 * The pools that a tenant's licences make. Audio Conferencing counts the licences bought, over all countries; a Calling
 * Plan counts those assigned, country by country, for the country is that of the licence's user. From Microsoft's
 * "Audio Conferencing dial-out", "PSTN minute pools report" and the pages on availability by country.
 */
export function includedPools(owned: OwnedLicences): readonly IncludedPool[] {
  return rules.flatMap((rule) =>
    [...licencesByCountry(rule, owned)]
      .filter(([, licences]) => licences !== 0)
      .map(([country, licences]) => poolOf(rule, country, licences)),
  );
}

/** The pool that calls draw on; for a capability that our data has not, one of which nothing else is known. */
export function poolDrawnOn({ capability, reach, country }: PoolKey): PoolKey {
  const own = rules.filter((rule) => rule.capability === capability);
  const isByReach = own.length === 0 || own.some((rule) => rule.reach !== undefined);
  const isByCountry = own.length === 0 || own.some(({ sharing }) => sharing === 'country');
  return {
    capability,
    reach: isByReach ? reach : null,
    country: isByCountry && country !== null ? sharedCountry(country) : null,
  };
}

/** The pool of calls whose licences nobody knows of. */
export function unknownPool(key: PoolKey): IncludedPool {
  const sharing = rules.find(({ capability }) => capability === key.capability)?.sharing ?? 'country';
  return { ...key, sharing, licences: null, minutesEach: null, minutesTotal: null };
}

/** The same text for the same pool. */
export function poolName({ capability, reach, country }: PoolKey): string {
  return [capability, reach, country].join('|');
}

function poolOf(rule: PoolRule, country: string | null, licences: number | null): IncludedPool {
  const minutesEach = rule.minutes === 'domestic' ? domesticMinutes(country) : rule.minutes;
  const isKnown = rule.sharing !== 'person' && licences !== null && minutesEach !== null;
  return {
    capability: rule.capability,
    reach: rule.reach ?? null,
    country,
    sharing: rule.sharing,
    licences,
    minutesEach,
    minutesTotal: isKnown ? licences * minutesEach : null,
  };
}

function licencesByCountry(
  { servicePlan, sharing }: PoolRule,
  { bought, holders }: OwnedLicences,
): ReadonlyMap<string | null, number | null> {
  if (sharing !== 'country') {
    const count = bought.get(servicePlan);
    return new Map([[null, count === undefined ? 0 : count]]);
  }
  const counts = new Map<string | null, number>();
  for (const holder of holders) {
    if (holder.servicePlan !== servicePlan) continue;
    const country = holder.country === null ? null : sharedCountry(holder.country);
    counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return counts;
}

function sharedCountry(country: string): string {
  return file.sharedPools[country] ?? country;
}

function domesticMinutes(country: string | null): number | null {
  if (country === null) return null;
  const found = Object.entries(file.domesticMinutes).find(([, countries]) => countries.includes(country));
  return found === undefined ? null : Number(found[0]);
}

const poolRule = z
  .object({
    capability: z.string(),
    servicePlan: z.string(),
    reach: z.enum(['domestic', 'international']).optional(),
    sharing: z.enum(['tenant', 'country', 'person']),
    /** `domestic`: as many as the country's domestic plan has. */
    minutes: z.union([z.number().int().positive(), z.literal('domestic')]),
  })
  .strict();
type PoolRule = z.infer<typeof poolRule>;

const includedFile = z
  .object({
    version: z.literal(1),
    /** Whose minutes are in the pool of another country. */
    sharedPools: z.record(z.string()),
    domesticMinutes: z.record(z.string().regex(/^\d+$/), z.array(z.string())),
    pools: z.array(poolRule),
  })
  .strict();

const file = includedFile.parse(includedData);
const rules: readonly PoolRule[] = file.pools;
