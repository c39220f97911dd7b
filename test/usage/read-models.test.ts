import assert from 'node:assert/strict';
import { utcDay } from '../../src/decision/time.ts';
import { readUsageField, rowsIndex, usageField, usageModel } from '../../src/usage/read-models.ts';
import { usd } from './samples.ts';

const day = utcDay(Date.parse('2026-10-31T23:59:59Z'));

describe('the names of the read models', () => {
  it('tell measure, currency and dimension', () => {
    assert.equal(usageModel('usage', usd, 'user'), 'usage:USD:day-user');
    assert.equal(usageModel('calls', usd, 'call-type'), 'calls:USD:day-call-type');
  });

  it('have an index of rows for each day', () => {
    assert.equal(rowsIndex(day), 'rows:2026-10-31');
  });

  for (const value of ['Germany', 'a|b', '+1', '', null]) {
    it(`read back the field of ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readUsageField(usageField({ day, value })), { day, value });
    });
  }
});
