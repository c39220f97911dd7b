import assert from 'node:assert/strict';
import { maskedNumber, maySeeNumbers } from '../../src/people/number-sight.ts';
import roles from '../../src/people/roles.json' with { type: 'json' };

describe('telephone numbers', () => {
  it('are shown whole to five of the sixteen roles', () => {
    const seeing = roles.filter(({ roleTemplateId }) => maySeeNumbers({ roles: [roleTemplateId] }));
    assert.deepEqual(seeing.map(({ displayName }) => displayName).sort(), [
      'Billing Administrator',
      'Global Administrator',
      'Teams Administrator',
      'Teams Communications Administrator',
      'Teams Communications Support Engineer',
    ]);
  });

  for (const [sentence, number, shown] of [
    ['the last four digits are hidden', '+18005550123', '+1800555****'],
    ['one that came masked stays as it came', '+4922855****', '+4922855****'],
    ['a short one is no private number', '112', '112'],
    ['text of an operator is no number', 'Internal Revenue Service', 'Internal Revenue Service'],
  ] as const) {
    it(`for others, ${sentence}`, () => assert.equal(maskedNumber(number), shown));
  }
});
