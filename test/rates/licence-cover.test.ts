import assert from 'node:assert/strict';
import { type CoveredUse, licenceCover } from '../../src/rates/licence-cover.ts';

const toGermany: CoveredUse = {
  use: 'user_out',
  region: 'DE',
  numberType: 'fixed',
  zone: 'A',
  usageLocation: 'US',
};
const dialOut: CoveredUse = { ...toGermany, use: 'dial_out' };
const atHome: CoveredUse = { ...toGermany, region: 'US' };
const tollFree: CoveredUse = { ...atHome, use: 'inbound_tollfree', numberType: 'toll_free' };

describe('what a licence does for a call', () => {
  const cases: readonly [sentence: string, plan: string, call: CoveredUse, cover: string][] = [
    ['a domestic plan pools a call at home', 'MCOPSTN1', atHome, 'pooled'],
    ['and leaves a call abroad to credits', 'MCOPSTN1', toGermany, 'credits'],
    ['and a premium number at home too', 'MCOPSTN1', { ...atHome, numberType: 'premium' }, 'credits'],
    [
      'where home is not known, neither is the cover',
      'MCOPSTN1',
      { ...atHome, usageLocation: null },
      'unknown',
    ],
    ['a call to one’s own number is free', 'MCOPSTN1', { ...atHome, use: 'user_in' }, 'free'],
    ['an international plan pools a call abroad', 'MCOPSTN2', toGermany, 'pooled'],
    ['but not a premium number', 'MCOPSTN2', { ...toGermany, numberType: 'premium' }, 'credits'],
    ['whether it reaches satellites is not known', 'MCOPSTN2', { ...toGermany, region: '001' }, 'unknown'],
    ['Audio Conferencing pools a dial-out to Zone A', 'MCOMEETADV', dialOut, 'pooled'],
    [
      'and leaves a dial-out beyond Zone A to credits',
      'MCOMEETADV',
      { ...dialOut, zone: 'other' },
      'credits',
    ],
    ['and a premium number inside Zone A', 'MCOMEETADV', { ...dialOut, numberType: 'premium' }, 'credits'],
    [
      'where the zone is not known, neither is the cover',
      'MCOMEETADV',
      { ...dialOut, zone: null },
      'unknown',
    ],
    ['Audio Conferencing does nothing for a person’s own call', 'MCOMEETADV', toGermany, 'not-concerned'],
    ['pay-per-minute conferencing pays each dial-out from credits', 'MCOMEETACPEA', dialOut, 'credits'],
    ['pay as you go pays each call from credits', 'MCOPSTN3', atHome, 'credits'],
    ['a toll-free call that comes in is always paid from credits', 'MCOPSTN2', tollFree, 'credits'],
    ['with whatever licence', 'MCOEV_VIRTUALUSER', tollFree, 'credits'],
    ['Teams Phone alone covers no call to the outside', 'MCOEV', toGermany, 'not-concerned'],
    ['an operator’s own plan is not in our data', 'MCOPSTNEAU', toGermany, 'unknown'],
    ['nor is a licence that nobody heard of', 'MCOPSTN10', toGermany, 'unknown'],
  ];
  for (const [sentence, plan, call, cover] of cases) {
    it(`${sentence}: ${plan}`, () => {
      const [found] = licenceCover([plan], call);
      assert.equal(found?.cover, cover);
      assert.equal(found?.servicePlan, plan);
    });
  }

  it('is said for each licence, in the order asked', () => {
    assert.deepEqual(
      licenceCover(['MCOEV', 'MCOPSTN1', 'MCOPSTNC'], toGermany).map((one) => one.cover),
      ['not-concerned', 'credits', 'credits'],
    );
  });

  it('names the minutes of a pool, and who shares them', () => {
    const pool = { cover: 'pooled', minutesPerMonth: 60, sharing: 'tenant' };
    assert.deepEqual(licenceCover(['MCOMEETADV'], dialOut), [{ servicePlan: 'MCOMEETADV', ...pool }]);
    const own = { cover: 'pooled', minutesPerMonth: 120, sharing: 'person' };
    assert.deepEqual(licenceCover(['MCOPSTN8'], atHome), [{ servicePlan: 'MCOPSTN8', ...own }]);
  });

  it('names no minutes where they depend on the country of the licence', () => {
    const pool = { cover: 'pooled', minutesPerMonth: null, sharing: 'tenant' };
    assert.deepEqual(licenceCover(['MCOPSTN1'], atHome), [{ servicePlan: 'MCOPSTN1', ...pool }]);
  });
});
