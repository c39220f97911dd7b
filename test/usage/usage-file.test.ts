import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { openUsageArchive } from '../../src/usage/usage-archive.ts';
import { maxPageBytes, readUsageFile } from '../../src/usage/usage-file.ts';
import { bytesOf, fixture, readAll, rejections, usages, usagesIn } from './samples.ts';

const report = fixture('pstn-usage-export.csv');
const parameters = fixture('export-parameters.json');
const direct = new TextEncoder().encode('CorrelationId,SIP Address\n'.repeat(500));
const name = 'PSTN.calls.2026-11-01.csv';

async function refusal(content: string | Uint8Array) {
  const file = await readUsageFile(bytesOf(content));
  assert.ok(file.kind === 'refused', 'refused');
  return file.refusal;
}

describe('a usage file', () => {
  it('is told by its content: the report, its archive, a page of Graph', async () => {
    const formats: string[] = [];
    for (const content of [report, zipSync({ [name]: report }), fixture('pstn-calls-page.json')]) {
      const file = await readUsageFile(bytesOf(content));
      assert.ok(file.kind === 'usage');
      formats.push(file.format);
    }
    assert.deepEqual(formats, ['report', 'archive', 'graph-page']);
  });

  it('is told where its bytes come one by one', async () => {
    for (const content of [report, zipSync({ [name]: report })]) {
      assert.equal((await readAll(content, [1])).length, 71);
    }
  });

  it('says where a saved page was not the last', async () => {
    const file = await readUsageFile(bytesOf(fixture('pstn-calls-page.json')));
    assert.ok(file.kind === 'usage' && file.format === 'graph-page');
    assert.match(file.nextLink ?? '', /^https:/);
  });

  it('is a page behind blank lines and a byte order mark', async () => {
    assert.equal((await readAll('\uFEFF\n\n  {"value": []}')).length, 0);
  });
});

describe('the archive of the export', () => {
  const archives: readonly (readonly [rule: string, entries: Record<string, Uint8Array>, level: 0 | 6])[] = [
    ['alone', { [name]: report }, 6],
    ['not compressed', { [name]: report }, 0],
    [
      'in a folder, after others',
      { 'parameters.json': parameters, 'a/DirectRouting.calls.x.csv': direct, [`a/${name}`]: report },
      6,
    ],
    [
      'before others',
      { [name]: report, 'DirectRouting.calls.x.csv': direct, 'parameters.json': parameters },
      6,
    ],
  ];
  for (const [rule, entries, level] of archives) {
    it(`gives the rows of the report that is in it ${rule}`, async () => {
      const rows = usages(await readAll(zipSync(entries, { level }), [1_000]));
      assert.deepEqual(rows, await usagesIn('pstn-usage-export.csv'));
    });
  }

  it('is refused with the names in it where there is no report', async () => {
    assert.deepEqual(await refusal(zipSync({ 'parameters.json': parameters, 'notes.txt': direct })), {
      code: 'usage-archive-without-report',
      data: { expected: 'PSTN.calls.*.csv', found: 'parameters.json, notes.txt' },
    });
  });

  it('is refused by name where there is only the Direct Routing report', async () => {
    const archive = zipSync({ 'DirectRouting.calls.x.csv': direct, 'parameters.json': parameters });
    assert.equal((await refusal(archive)).code, 'usage-file-direct-routing');
  });

  it('is refused where it breaks off before the report', async () => {
    const archive = zipSync({ 'parameters.json': direct, [name]: report }, { level: 0 });
    assert.equal((await refusal(archive.subarray(0, 200))).code, 'usage-archive-broken');
  });

  it('gives the rows before it breaks off, and says so last', async () => {
    const archive = zipSync({ [name]: report }, { level: 0 });
    const rows = await readAll(archive.subarray(0, archive.length / 2));
    assert.ok(usages(rows).length > 20);
    assert.equal(rejections(rows).at(-1)?.reason, 'archive-broken');
  });

  it('says where a damaged entry unfolds to less than it was', async () => {
    const archive = zipSync({ [name]: report }, { level: 0 });
    // The size before compression, in the entry's header.
    new DataView(archive.buffer, archive.byteOffset).setUint32(22, report.length + 1, true);
    assert.deepEqual(rejections(await readAll(archive)), [{ row: 72, reason: 'archive-broken' }]);
  });

  it('says where there is a second report, which is not read', async () => {
    const rows = await readAll(zipSync({ [name]: report, [`b/${name}`]: report }));
    assert.equal(usages(rows).length, 71);
    assert.deepEqual(rejections(rows), [{ row: 72, reason: 'archive-with-second-report' }]);
  });

  it('is left where it unfolds beyond the limit, in the report or before it', async () => {
    const zeros = new Uint8Array(4_000_000);
    const before = await openUsageArchive(bytesOf(zipSync({ zeros, [name]: report })), 1_000_000);
    assert.ok(before.kind === 'refused');
    assert.equal(before.refusal.code, 'usage-archive-too-large');

    const inside = await openUsageArchive(bytesOf(zipSync({ [name]: zeros })), 1_000_000);
    assert.ok(inside.kind === 'archive');
    let unfolded = 0;
    for await (const bytes of inside.bytes) unfolded += bytes.length;
    assert.ok(unfolded <= 1_000_000);
    assert.equal(inside.brokenOff(), 'archive-too-large');
  });

  it('ends a report of one endless line at the limit of a line', async () => {
    const { code } = await refusal(zipSync({ [name]: new Uint8Array(50_000_000).fill(120) }));
    assert.equal(code, 'usage-file-not-a-report');
  });
});

describe('a file that is no usage', () => {
  const cases: readonly (readonly [rule: string, content: string | Uint8Array, code: string])[] = [
    ['is empty', '', 'usage-file-empty'],
    ['is the parameters of the export', parameters, 'usage-page-without-rows'],
    ['is half a page', fixture('pstn-calls-page.json').subarray(0, 5_000), 'usage-page-not-json'],
    ['is UTF-16', new Uint8Array([0xff, 0xfe, 0x55, 0x00]), 'usage-file-not-a-report'],
    [
      'is a picture',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
      'usage-file-not-a-report',
    ],
    ['is the Direct Routing report', direct, 'usage-file-direct-routing'],
    ['is an empty archive', zipSync({}), 'usage-archive-without-report'],
  ];
  for (const [rule, content, code] of cases) {
    it(`is refused where it ${rule}`, async () => {
      assert.equal((await refusal(content)).code, code);
    });
  }

  it('is refused where it is a page too large to be one', async () => {
    const { code } = await refusal(`{"value": [${' '.repeat(maxPageBytes)}]}`);
    assert.equal(code, 'usage-page-too-large');
  });
});
