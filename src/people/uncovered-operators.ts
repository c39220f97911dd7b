import { type LicensedPerson, plansBesideCredits } from './licensed-person.ts';

/** Operators whose calling plans Graph and the exported report leave out (Microsoft, "PSTN usage report"). */
export type UncoveredOperator = 'Telstra' | 'SoftBank';

/** Telstra's plan has a name of its own; in Japan every calling plan is SoftBank's. */
const telstraPlan = 'MCOPSTNEAU';
const callingPlans = plansBesideCredits.filter((plan) => plan.startsWith('MCOPSTN'));

/** Those that a tenant has calling plans of, by the licences of its people. */
export function uncoveredOperators(people: readonly LicensedPerson[]): readonly UncoveredOperator[] {
  const hasTelstra = people.some(({ servicePlans }) => servicePlans.has(telstraPlan));
  const hasSoftBank = people.some(
    ({ servicePlans, usageLocation }) =>
      usageLocation === 'JP' && callingPlans.some((plan) => servicePlans.has(plan)),
  );
  return [...(hasTelstra ? (['Telstra'] as const) : []), ...(hasSoftBank ? (['SoftBank'] as const) : [])];
}
