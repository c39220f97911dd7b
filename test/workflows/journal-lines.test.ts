import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { type JournalPart, JournalWriter, readJournal } from '../../src/workflows/journal-lines.ts';
import { opening } from './journal-under-test.ts';

describe('lines of a journal', () => {
  it('are read back as they were written', async () => {
    const parts: readonly JournalPart[] = [
      { kind: 'event', log: 'ledger:USD', event: { type: 'used' } },
      { kind: 'record', table: 'usage', id: '1', value: [1, 'a', null] },
      { kind: 'record', table: 'people', id: '2', value: null },
      { kind: 'member', index: 'rows', member: '1', score: 5 },
      { kind: 'count', model: 'usage', field: 'a', number: '-12' },
      { kind: 'answer', key: 'k', digest: 'd', outcome: null },
      { kind: 'head', head: 'account:USD', version: 3 },
    ];
    const writer = new JournalWriter();
    const text = [writer.line(header), ...parts.map((part) => writer.line(part)), writer.end()].join('');

    assert.deepEqual(await read(text), { parts, refusal: null });
  });

  const shapes: readonly (readonly [what: string, content: unknown])[] = [
    ['a record without a table', { kind: 'record', id: '1', value: 1 }],
    ['a record whose id is a number', { kind: 'record', table: 'usage', id: 1, value: 1 }],
    ['a record without a value', { kind: 'record', table: 'usage', id: '1' }],
    ['a kind that nobody knows', { kind: 'row', table: 'usage', id: '1', value: 1 }],
  ];
  for (const [what, content] of shapes) {
    it(`are refused where one is ${what}, though its sum is right`, async () => {
      const text = new JournalWriter().line(header) + summed(content);

      assert.deepEqual(await read(text), {
        parts: [],
        refusal: { code: 'journal-altered', data: { line: 2 } },
      });
    });
  }
});

const header = {
  kind: 'journal',
  v: 1,
  tenant: '0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960',
  at: '2026-11-24T00:00:00.000Z',
  stateHash: 'a'.repeat(64),
} as const;

async function read(
  text: string,
): Promise<{ readonly parts: readonly JournalPart[]; readonly refusal: unknown }> {
  const parts: JournalPart[] = [];
  for await (const piece of readJournal(opening(text)())) {
    if (piece.refusal !== null) return { parts, refusal: piece.refusal };
    parts.push(...piece.parts.map(({ part }) => part));
  }
  return { parts, refusal: null };
}

function summed(content: unknown): string {
  const text = JSON.stringify(content);
  return `${text.slice(0, -1)},"sum":"${crc32(text).toString(16).padStart(8, '0')}"}\n`;
}
