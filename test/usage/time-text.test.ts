import assert from 'node:assert/strict';
import { readTime } from '../../src/usage/time-text.ts';

const cases: readonly (readonly [rule: string, text: string, iso: string | null])[] = [
  [
    'takes seven fraction digits, to the millisecond below',
    '2026-10-01T05:05:59.6479999Z',
    '2026-10-01T05:05:59.647Z',
  ],
  ['takes one fraction digit', '2026-10-01T05:05:59.6Z', '2026-10-01T05:05:59.600Z'],
  ['takes no fraction', '2026-10-01T05:05:59Z', '2026-10-01T05:05:59.000Z'],
  ['takes the offset of UTC', '2026-10-01T05:05:59.6474157+00:00', '2026-10-01T05:05:59.647Z'],
  ['takes another offset', '2026-10-01T00:30:00+09:00', '2026-09-30T15:30:00.000Z'],
  [
    'takes no offset for UTC, whatever the time zone of the machine',
    '2026-10-01T05:05:59',
    '2026-10-01T05:05:59.000Z',
  ],
  ['takes a blank between date and time', '2026-10-01 05:05:59Z', '2026-10-01T05:05:59.000Z'],
  ['takes the leap day', '2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['does not take a day that the month has not', '2026-02-29T00:00:00Z', null],
  ['does not take a thirteenth month', '2026-13-01T00:00:00Z', null],
  ['does not take eight fraction digits', '2026-10-01T05:05:59.12345678Z', null],
  ['does not take a day alone', '2026-10-01', null],
  ['does not take a spreadsheet date', '10/1/2026 5:05', null],
  ['does not take a time before 1970', '0001-01-01T00:00:00Z', null],
  ['does not take words', 'yesterday', null],
];

describe('the time of a row', () => {
  for (const [rule, text, iso] of cases) {
    it(rule, () => {
      const at = readTime(text);
      assert.equal(at === null ? null : new Date(at).toISOString(), iso);
    });
  }
});
