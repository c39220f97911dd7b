import type { Service } from '../rates/destination.ts';
import { type LicenceCover, licenceCover } from '../rates/licence-cover.ts';
import type { Rate } from '../rates/rate.ts';

/** What one licence does for a call; whose licence it is, is not asked. */
export interface RateCover {
  readonly use: Service;
  /** Names the licence. */
  readonly servicePlan: string;
  readonly cover: 'free' | 'pooled' | 'credits' | 'unknown';
  /** Of a pool; null where it depends on the country of the licence, or there is no pool. */
  readonly minutesPerMonth: number | null;
  /** `at-home`: only where the licence is for the region that is called; from credits elsewhere. */
  readonly where: 'anywhere' | 'at-home';
}

/** The licences that a tenant may have for calls of each use. */
const plans: Readonly<Record<Service, readonly string[]>> = {
  user_out: ['MCOPSTN1', 'MCOPSTN5', 'MCOPSTN6', 'MCOPSTN8', 'MCOPSTN2', 'MCOPSTN3'],
  dial_out: ['MCOMEETADV', 'MCOMEETACPEA'],
  inbound_tollfree: ['MCOMEETADV', 'MCOEV', 'MCOEV_VIRTUALUSER'],
};

/** What each licence that is concerned does for a call, for a person and for a conference unless one was named. */
export function rateCovers(call: {
  readonly region: string;
  readonly service: Service | null;
  readonly rate: Rate | null;
}): readonly RateCover[] {
  const uses: readonly Service[] = call.service === null ? ['user_out', 'dial_out'] : [call.service];
  return uses.flatMap((use) => plans[use].flatMap((plan) => coverOf(plan, use, call)));
}

/** Any country but the one that is called. */
const elsewhere = 'ZZ';
/** Networks of no country are nobody's home. */
const globalNetworks = '001';

function coverOf(
  servicePlan: string,
  use: Service,
  { region, rate }: { readonly region: string; readonly rate: Rate | null },
): readonly RateCover[] {
  const call = { use, region, numberType: rate?.numberType ?? 'fixed', zone: rate?.zone ?? null };
  const [abroad] = licenceCover([servicePlan], { ...call, usageLocation: elsewhere });
  const [home] = licenceCover([servicePlan], {
    ...call,
    usageLocation: region === globalNetworks ? elsewhere : region,
  });
  if (abroad === undefined || home === undefined || home.cover === 'not-concerned') return [];
  const where = home.cover === abroad.cover ? 'anywhere' : 'at-home';
  return [{ use, servicePlan, cover: home.cover, minutesPerMonth: minutesOf(home), where }];
}

function minutesOf(cover: LicenceCover): number | null {
  return cover.cover === 'pooled' ? cover.minutesPerMonth : null;
}
