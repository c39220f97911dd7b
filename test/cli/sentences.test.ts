import assert from 'node:assert/strict';
import { fileSentence } from '../../src/cli/sentences.ts';
import { readUsageFile } from '../../src/usage/usage-file.ts';
import type { UsageFileRefused } from '../../src/usage/usage-file-refused.ts';
import { bytesOf } from '../usage/samples.ts';

/** A file of each kind of refusal, and what its sentence must tell. */
const cases: readonly (readonly [
  file: string,
  content: string,
  code: UsageFileRefused['code'],
  told: RegExp,
])[] = [
  ['an empty file', '', 'usage-file-empty', /^The file is empty\./],
  ['a table of something else', 'Name,Age\nGrace,42\n', 'usage-file-not-a-report', /found .*Name/],
  ['a torn ZIP', 'PK\x03\x04 torn', 'usage-archive-without-report', /^The ZIP holds no PSTN usage report\./],
  ['half a page', '{"value":[', 'usage-page-not-json', /not JSON\. Save the whole answer/],
  ['JSON of something else', '{"a":1}', 'usage-page-without-rows', /not a page of getPstnCalls/],
  [
    'a page of many pages',
    `[${' '.repeat(17 * 1_024 ** 2)}]`,
    'usage-page-too-large',
    /larger than is taken/,
  ],
];

describe('what a refused file is told', () => {
  for (const [file, content, code, told] of cases) {
    it(`${file}: what was expected, what was found`, async () => {
      const read = await readUsageFile(bytesOf(content));
      assert.ok(read.kind === 'refused');
      assert.equal(read.refusal.code, code);
      const sentence = fileSentence(read.refusal);
      assert.match(sentence, told);
      assert.match(sentence, /\.$/);
      assert.doesNotMatch(sentence, /undefined|found\s*[.;]|\(\)/, 'nothing is left blank');
    });
  }
});
