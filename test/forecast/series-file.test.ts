import assert from 'node:assert/strict';
import { addDays, type Day } from '../../src/decision/time.ts';
import { readSeries, type Series } from '../../src/forecast/series-file.ts';
import { firstDay } from './series-of.ts';

function read(text: string): Series {
  const result = readSeries(text);
  assert.equal(result.kind, 'series');
  return result.series;
}

const csv = (days: readonly (readonly [Day, number])[]) =>
  ['date,spend', ...days.map(([day, spend]) => `${day},${spend}`)].join('\n');
const everyDay = (count: number, spend = 12.5) =>
  Array.from({ length: count }, (_, day) => [addDays(firstDay, day), spend] as const);

describe('a series file', () => {
  it('is read to the micro-unit, whatever its dress', () => {
    const text = '\uFEFFdate,spend,note\r\n"2026-01-02", "0.123456" ,x\r\n\r\n2026-01-01T00:00:00Z,1e2\r\n';
    const { usageByDay, lastDay } = read(text);
    assert.deepEqual([...usageByDay.values()], [123_456n, 100_000_000n]);
    assert.equal(lastDay, '2026-01-02');
  });

  it('needs no header', () => {
    assert.equal(read('2026-01-01,1').usageByDay.size, 1);
  });

  const faults: readonly (readonly [sentence: string, line: string, code: string])[] = [
    ['a line without a comma', '2026-01-02', 'series-line-not-two-columns'],
    ['a date in another order', '02/01/2026,5', 'series-date-not-a-day'],
    ['a day that no month has', '2026-02-30,5', 'series-date-not-a-day'],
    ['an empty spend', '2026-01-02,', 'series-spend-not-a-number'],
    ['what is not a finite number', '2026-01-02,NaN', 'series-spend-not-a-number'],
    ['what is beyond any bill', '2026-01-02,1e309', 'series-spend-not-a-number'],
    ['a negative spend', '2026-01-02,-5', 'series-spend-negative'],
    ['a date that stands twice', '2026-01-01,5', 'series-date-repeated'],
  ];
  for (const [sentence, line, code] of faults)
    it(`refuses ${sentence}, and names the line`, () => {
      assert.deepEqual(readSeries(`date,spend\n2026-01-01,1\n${line}\n`), {
        kind: 'refused',
        faults: [{ code, data: { line: 3, text: line } }],
      });
    });

  it('refuses a first line of data that is wrong, as it is no header', () => {
    const result = readSeries('2026-13-01,5\n2026-01-02,5');
    assert.equal(result.kind, 'refused');
  });

  it('refuses a file without a day, and one that spans a lifetime', () => {
    for (const [text, code] of [
      ['date,spend\n', 'series-empty'],
      ['0206-01-01,1\n2026-01-01,1', 'series-too-long'],
    ] as const) {
      const result = readSeries(text);
      assert.deepEqual(result.kind === 'refused' && result.faults.map((fault) => fault.code), [code]);
    }
  });

  it('tells twenty faults at most', () => {
    const result = readSeries(`2026-01-01,1\n${'x,y1\n'.repeat(50)}`);
    assert.equal(result.kind === 'refused' && result.faults.length, 20);
  });

  it('takes a few missing days as unknown', () => {
    const { unknownDays, gaps } = read(csv(everyDay(60).filter((_, day) => day !== 20 && day !== 33)));
    assert.equal(gaps, 2);
    assert.deepEqual([...unknownDays], [addDays(firstDay, 20), addDays(firstDay, 33)]);
  });

  it('takes a missing fortnight as unknown', () => {
    const { unknownDays } = read(csv(everyDay(60).filter((_, day) => day < 20 || day >= 34)));
    assert.equal(unknownDays.size, 14);
  });

  it('takes missing weekends as days without spend', () => {
    const { unknownDays, gaps } = read(csv(everyDay(61).filter((_, day) => day % 7 < 5)));
    assert.equal(gaps, 16);
    assert.equal(unknownDays.size, 0);
  });

  it('takes missing days as unknown where the file writes zeros down', () => {
    const days = everyDay(60).map(([day, spend], index) => [day, index % 7 < 5 ? spend : 0] as const);
    const { unknownDays } = read(csv(days.filter((_, day) => day % 6 !== 3)));
    assert.equal(unknownDays.size, 10);
  });
});
