import assert from 'node:assert/strict';
import type { Day } from '../../src/decision/time.ts';
import { isHoliday } from '../../src/forecast/holidays.ts';

const cases: readonly (readonly [sentence: string, country: string, day: string, is: boolean])[] = [
  ['a fixed date', 'US', '2026-07-04', true],
  ['the third Monday of January', 'US', '2026-01-19', true],
  ['the fourth Thursday of November', 'US', '2027-11-25', true],
  ['the last Monday of a May with five Mondays', 'US', '2027-05-31', true],
  ['the last Monday of a May with four Mondays', 'GB', '2026-05-25', true],
  ['Good Friday', 'GB', '2026-04-03', true],
  ['Easter Monday', 'DE', '2025-04-21', true],
  ['Ascension Day', 'FR', '2024-05-09', true],
  ['Whit Monday', 'DE', '2028-06-05', true],
  ['the lunar new year of Korea, a day after that of China', 'KR', '2027-02-07', true],
  ['Chuseok', 'KR', '2026-09-25', true],
  ['a day between two holidays of Japan', 'JP', '2026-09-22', true],
  ['an ordinary day', 'US', '2026-07-06', false],
  ['a holiday of another country', 'US', '2026-05-01', false],
  ['any day of a country without a calendar', 'ZZ', '2026-01-01', false],
];

describe('public holidays', () => {
  for (const [sentence, country, day, is] of cases)
    it(`${is ? 'know' : 'do not take'} ${sentence}${is ? '' : ' for one'}`, () => {
      assert.equal(isHoliday(day as Day, [country]), is);
    });

  it('are those of all countries of a tenant', () => {
    assert.equal(isHoliday('2026-07-14' as Day, ['US', 'FR']), true);
    assert.equal(isHoliday('2026-07-14' as Day, []), false);
  });
});
