import assert from 'node:assert/strict';
import { type IgnoredReason, ignoredReason } from '../../src/usage/credit-funding.ts';
import { usd } from './samples.ts';

const cases: readonly (readonly [rule: string, capability: string | null, reason: IgnoredReason | null])[] = [
  ['credits pay for pay-per-minute calls', 'MCOPSTNPP', null],
  ['credits pay for pay-per-minute conferencing', 'MCOMEETACPEA', null],
  ['credits pay for pay-per-minute conferencing of governments', 'MCOMEETACPEA_GOV', null],
  ['a capability means the same in small letters', 'mcopstnpp', null],
  ['a calling plan pays for its own calls', 'MCOPSTN2', 'pool-capability'],
  ['a call that could not be priced is free', 'FREECALL', 'free-call'],
  [
    'the capability of the documented sample is not known to draw from credits',
    'MCOPSTNU',
    'not-credit-funded',
  ],
  ['a text message is not known to draw from credits', 'MCOSMS1', 'not-credit-funded'],
  ['a capability that nobody documents moves nothing', 'MCOPSTN10', 'unknown-capability'],
  ['the licence of the credits is no capability of a row', 'MCOPSTNC', 'unknown-capability'],
  ['a row without a capability moves nothing', null, 'no-capability'],
];

describe('what credits pay for', () => {
  for (const [rule, capability, reason] of cases) {
    it(rule, () => {
      assert.equal(ignoredReason({ capability, charge: 1n, currency: usd }), reason);
    });
  }

  it('a call that costs nothing moves nothing', () => {
    assert.equal(ignoredReason({ capability: 'MCOPSTNPP', charge: 0n, currency: usd }), 'zero-charge');
  });

  it('a charge in no known currency moves nothing', () => {
    assert.equal(ignoredReason({ capability: 'MCOPSTNPP', charge: 1n, currency: null }), 'no-currency');
  });

  it('the capability is the first reason, the charge the second, the currency the last', () => {
    assert.equal(ignoredReason({ capability: 'MCOPSTN1', charge: 0n, currency: null }), 'pool-capability');
    assert.equal(ignoredReason({ capability: 'MCOPSTNPP', charge: 0n, currency: null }), 'zero-charge');
  });
});
