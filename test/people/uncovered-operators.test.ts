import assert from 'node:assert/strict';
import type { LicensedPerson } from '../../src/people/licensed-person.ts';
import { uncoveredOperators } from '../../src/people/uncovered-operators.ts';

function person(plans: readonly string[], usageLocation: string | null): LicensedPerson {
  return {
    id: '1',
    displayName: 'Grace Whitfield',
    userPrincipalName: 'grace.whitfield@harborline.example',
    mail: 'grace.whitfield@harborline.example',
    enabled: true,
    guest: false,
    servicePlans: new Set(plans),
    usageLocation,
  };
}

const cases: readonly [sentence: string, people: readonly LicensedPerson[], operators: readonly string[]][] =
  [
    ['nobody', [], []],
    ["a calling plan of Microsoft's", [person(['MCOPSTN1'], 'US'), person(['MCOPSTN2'], 'AU')], []],
    ["Telstra's plan", [person(['MCOPSTNEAU'], 'AU')], ['Telstra']],
    ['a calling plan in Japan', [person(['MCOPSTN1', 'MCOEV'], 'JP')], ['SoftBank']],
    ['Audio Conferencing in Japan, which is no calling plan', [person(['MCOMEETADV'], 'JP')], []],
    ['both', [person(['MCOPSTN5'], 'JP'), person(['MCOPSTNEAU'], null)], ['Telstra', 'SoftBank']],
  ];

describe('operators whose calls no report has', () => {
  for (const [sentence, people, operators] of cases) {
    it(`are ${operators.join(' and ') || 'none'} for ${sentence}`, () => {
      assert.deepEqual(uncoveredOperators(people), operators);
    });
  }
});
