import assert from 'node:assert/strict';
import { readService, serviceOf, serviceText } from '../../src/usage/service.ts';

const call = {
  callType: 'user_out',
  calleeNumber: '+81355501234',
  destination: 'Japan',
  usageCountryCode: 'US',
};

const cases: readonly (readonly [sentence: string, told: Partial<typeof call> | object, text: string])[] = [
  ['a call abroad is international', {}, 'international'],
  [
    "a call in the user's own country is domestic, whatever the kind of number",
    { destination: 'United States Mobile' },
    'domestic',
  ],
  ['case does not count', { destination: 'UNITED STATES', usageCountryCode: 'us' }, 'domestic'],
  ['a destination that is not told may be abroad', { destination: null }, 'international'],
  ['a country that is none may be abroad', { destination: 'Japan', usageCountryCode: '??' }, 'international'],
  ['dial-out from a meeting', { callType: 'conf_out', destination: 'United States' }, 'dial-out'],
  [
    "an incoming call that is charged came to one's toll-free number",
    { callType: 'UCAP_IN', calleeNumber: '+18005550123' },
    'toll-free +18005550123',
  ],
  ['a toll-free number need not be told', { callType: 'conf_in', calleeNumber: null }, 'toll-free'],
];

describe('the service that credits paid for', () => {
  for (const [sentence, told, text] of cases) {
    it(`is known by the row: ${sentence}`, () => {
      const use = serviceOf({ ...call, ...told });
      assert.equal(serviceText(use), text);
      assert.deepEqual(readService(text), use);
    });
  }

  it('is none that is not known by its name', () => assert.equal(readService('fax +1'), null));
});
