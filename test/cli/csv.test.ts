import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../src/cli/csv.ts';

describe('a line of comma-separated values', () => {
  const cells: readonly (readonly [text: string, cell: string])[] = [
    ['plain', 'plain'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['', ''],
  ];
  for (const [text, cell] of cells) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(cell)}`, () =>
      assert.equal(csvLine([text]), `${cell}\r\n`));
  }

  it('leaves a number a number, below zero too', () => assert.equal(csvLine([-5, 3]), '-5,3\r\n'));

  it('is read back as it was but for the apostrophe, and no cell is a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (texts) => {
        const [read = []] = parse(csvLine(['x', ...texts]), { relax_column_count: true });
        assert.deepEqual(
          read.slice(1).map((cell: string) => cell.replace(/^'(?=[\t\r]|\s*[=+\-@＝＋－＠])/u, '')),
          texts.map((text) => text.replace(/^'(?=[\t\r]|\s*[=+\-@＝＋－＠])/u, '')),
        );
        for (const cell of read) assert.doesNotMatch(cell, /^\s*[=+\-@＝＋－＠]/u);
      }),
    );
  });
});
