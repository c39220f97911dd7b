import assert from 'node:assert/strict';
import {
  decideQuarantine,
  emptyRoom,
  type Met,
  maxContentLength,
  maxOpenCharacters,
  maxOpenItems,
  putIn,
  type QuarantineCommand,
  type QuarantinedItem,
  quarantineId,
  roomAfter,
} from '../../src/usage/quarantine.ts';
import { excerptOf } from '../../src/usage/quarantine-excerpt.ts';
import { readAgain } from '../../src/usage/read-again.ts';
import type { RejectedRow } from '../../src/usage/read-row.ts';
import { readItem, readRoom, storeItem, storeRoom } from '../../src/usage/stored-quarantine.ts';
import { graphRows, idOf, readAll } from './samples.ts';

const at = Date.parse('2026-11-24T12:00:00Z');
const empty = { room: emptyRoom, known: new Map<string, QuarantinedItem>() };

function met(content: string, told: Partial<Met> = {}): Met {
  return { kind: 'row', source: 'graph', cause: 'charge-negative', content, range: null, ...told };
}

function itemOf(content: string, told: Partial<QuarantinedItem> = {}): QuarantinedItem {
  const [item] = putIn(empty, [met(content)], at).added;
  assert.ok(item);
  return { ...item, ...told };
}

describe('what goes into quarantine', () => {
  it('is one item however often it is met', () => {
    const first = putIn(empty, [met('a'), met('a'), met('b')], at);
    assert.deepEqual(
      [...first.items.values()].map(({ content, seen, firstSeenAt }) => [content, seen, firstSeenAt]),
      [
        ['a', 2, at],
        ['b', 1, at],
      ],
    );
    assert.equal(first.added.length, 2);
    const again = putIn({ room: first.room, known: first.items }, [met('a')], at + 1);
    assert.deepEqual([...again.items.values()], [itemOf('a', { seen: 3 })]);
    assert.deepEqual(again.added, []);
    assert.deepEqual(again.room, first.room);
  });

  it('is told apart by source, kind and content, and not by its cause', () => {
    const ids = [
      met('a'),
      met('b'),
      met('a', { source: 'report' }),
      met('a', { kind: 'page' }),
      met('a', { cause: 'id-not-a-guid' }),
    ].map(quarantineId);
    assert.equal(new Set(ids).size, 4);
    assert.equal(ids[4], ids[0]);
  });

  it('leaves what was decided upon as it is', () => {
    const closed = itemOf('a', { state: 'discarded' });
    const again = putIn({ room: emptyRoom, known: new Map([[closed.id, closed]]) }, [met('a')], at);
    assert.deepEqual([again.items.size, again.room], [0, emptyRoom]);
  });

  it('is cut beyond what is kept of one item, and still known again', () => {
    const long = 'x'.repeat(maxContentLength + 1);
    const { items, room } = putIn(empty, [met(long), met(long)], at);
    const [item] = items.values();
    assert.deepEqual([item?.content.length, item?.cut, item?.seen], [maxContentLength, true, 2]);
    assert.equal(room.characters, maxContentLength);
  });

  it('is only counted beyond as many items as are kept', () => {
    const many = Array.from({ length: maxOpenItems + 5 }, (_, index) => met(String(index)));
    const { items, room } = putIn(empty, many, at);
    assert.equal(items.size, maxOpenItems);
    assert.deepEqual([room.open, room.turnedAway], [maxOpenItems, 5]);
  });

  it('is only counted beyond as many characters as are kept', () => {
    const room = { ...emptyRoom, open: 1, characters: maxOpenCharacters - 2 };
    const put = putIn({ ...empty, room }, [met('abc'), met('ab')], at);
    assert.deepEqual(
      put.added.map(({ content }) => content),
      ['ab'],
    );
    assert.deepEqual(put.room, { open: 2, characters: maxOpenCharacters, turnedAway: 1 });
  });
});

describe('a decision upon an item', () => {
  const resolve: QuarantineCommand = { type: 'resolve', by: 'me' };
  const discard: QuarantineCommand = { type: 'discard', by: 'me', reason: ' no call ' };

  it('closes it with who and when, and keeps nothing of what it said', () => {
    const discarded = decideQuarantine(itemOf('+4930555012'), discard, at + 5);
    const [item] = discarded.kind === 'accepted' ? discarded.events : [];
    assert.deepEqual(item?.closed, { at: at + 5, by: 'me', reason: 'no call' });
    assert.deepEqual([item?.state, item?.content], ['discarded', '']);
  });

  it('makes room', () => {
    const before = itemOf('abc');
    const room = { open: 3, characters: 10, turnedAway: 1 };
    const after = { ...before, state: 'resolved', content: '' } as const;
    assert.deepEqual(roomAfter(room, before, after), { open: 2, characters: 7, turnedAway: 1 });
    assert.deepEqual(roomAfter(room, before, { ...before, cause: 'not-a-row' }), room);
  });

  it('that is taken once more changes nothing', () => {
    assert.deepEqual(decideQuarantine(itemOf('a', { state: 'discarded' }), discard, at), {
      kind: 'accepted',
      events: [],
    });
  });

  const refusals: readonly (readonly [
    rule: string,
    item: QuarantinedItem | null,
    command: QuarantineCommand,
    code: string,
  ])[] = [
    ['there is none', null, resolve, 'quarantine-unknown'],
    ['it was discarded', itemOf('a', { state: 'discarded' }), resolve, 'quarantine-closed'],
    ['it is resolved', itemOf('a', { state: 'resolved' }), discard, 'quarantine-closed'],
    [
      'it is closed and is tried',
      itemOf('a', { state: 'resolved' }),
      { type: 'try', cause: 'not-a-row' },
      'quarantine-closed',
    ],
    ['no reason is given', itemOf('a'), { ...discard, reason: ' ' }, 'quarantine-reason-missing'],
  ];
  for (const [rule, item, command, code] of refusals) {
    it(`is refused where ${rule}`, () => {
      const decision = decideQuarantine(item, command, at);
      assert.equal(decision.kind === 'refused' && decision.refusal.code, code);
    });
  }
});

describe('a stored item', () => {
  it('reads as it was', () => {
    const open = itemOf('a', { kind: 'page', cause: 'page-unreadable', range: { from: 1, to: 2 } });
    const closed = itemOf('', { state: 'discarded', closed: { at, by: 'me', reason: null } });
    for (const item of [open, closed]) {
      assert.deepEqual(readItem(JSON.parse(JSON.stringify(storeItem(item)))), item);
    }
  });

  it('reads in the shape in which the first version wrote it', () => {
    const sample =
      '{"v":1,"id":"a1","kind":"row","source":"report","cause":"charge-missing","content":"x","cut":false,' +
      '"firstSeenAt":5,"seen":2,"state":"open","closed":null,"range":null}';
    assert.equal(readItem(JSON.parse(sample)).cause, 'charge-missing');
  });

  it('has a room that reads as it was, and is empty where none was stored', () => {
    const room = { open: 1, characters: 2, turnedAway: 3 };
    assert.deepEqual(readRoom(JSON.parse(JSON.stringify(storeRoom(room)))), room);
    assert.deepEqual(readRoom(undefined), emptyRoom);
  });
});

const graphRow = {
  id: idOf(1),
  startDateTime: '2026-10-01T05:05:59.6474157Z',
  charge: -0.132,
  currency: 'EUR',
  licenseCapability: 'MCOPSTNPP',
  userDisplayName: '김서연',
  calleeNumber: '+4930555012',
};
const header = 'UsageId,Start Time,Charge,Currency,Capability,User Display Name';
const line = (charge: string) => `${idOf(1)},2026-10-01T05:05:59Z,${charge},USD,MCOPSTNPP,"Lee, ""Ann"""`;

async function rejectedReport(record: string): Promise<RejectedRow> {
  const [row] = await readAll(`${header}\r\n${record}\r\n`);
  assert.ok(row?.kind === 'rejected');
  return row;
}

function rejectedGraph(item: unknown): RejectedRow {
  const [row] = graphRows(item);
  assert.ok(row?.kind === 'rejected');
  return row;
}

describe('the content of a bad row', () => {
  it('of Graph is its JSON as it came, numbers as numbers', () => {
    const { source, content } = rejectedGraph(graphRow);
    assert.equal(source, 'graph');
    assert.equal(content, JSON.stringify(graphRow));
  });

  it('of Graph may be no object', () => {
    assert.equal(rejectedGraph([1, 'a']).content, '[1,"a"]');
    assert.equal(rejectedGraph(null).content, 'null');
  });

  it('of a report is its record under its header', async () => {
    const { source, content } = await rejectedReport(line('-0.13'));
    assert.equal(source, 'report');
    assert.deepEqual(content.split('\n').length, 2);
    assert.match(content, /"-0\.13","USD","MCOPSTNPP","Lee, ""Ann"""$/);
  });

  it('of a report whose reading broke off is nothing', async () => {
    assert.equal((await rejectedReport(`"${idOf(1)},no end`)).content, '');
  });

  const cases: readonly (readonly [rule: string, row: () => Promise<RejectedRow>])[] = [
    ['of Graph', async () => rejectedGraph(graphRow)],
    ['of Graph that is no object', async () => rejectedGraph(['a'])],
    ['of a report', () => rejectedReport(line('-0.13'))],
    ['of a report with cells that are missing', () => rejectedReport('a,b')],
  ];
  for (const [rule, rowOf] of cases) {
    it(`${rule} is read again with the same result`, async () => {
      const row = await rowOf();
      assert.deepEqual(await readAgain({ ...row, kind: 'row' }), {
        kind: 'unreadable',
        cause: row.reason,
      });
    });
  }

  it('is read where the reader has learned since', async () => {
    const graph = rejectedGraph(graphRow).content.replace('-0.132', '0.132');
    const report = (await rejectedReport(line('-0.13'))).content.replace('-0.13', '0.13');
    for (const [source, content] of [
      ['graph', graph],
      ['report', report],
    ] as const) {
      const read = await readAgain({ kind: 'row', source, content });
      assert.ok(read.kind === 'read');
      const [row] = read.batches[0] ?? [];
      assert.ok(row?.kind === 'row' && row.usage.source === source);
    }
  });

  it('is one row and no more, whatever is in it', async () => {
    const read = await readAgain({ kind: 'row', source: 'graph', content: '{},{}' });
    assert.deepEqual(read, { kind: 'unreadable', cause: 'not-a-row' });
  });
});

describe('the content of a page', () => {
  it('is read again in batches, bad rows among them', async () => {
    const items = Array.from({ length: 1_001 }, (_, index) => ({
      ...graphRow,
      id: idOf(index + 1),
      charge: index === 0 ? -1 : 1,
    }));
    const content = JSON.stringify({ value: items });
    const read = await readAgain({ kind: 'page', source: 'graph', content });
    assert.ok(read.kind === 'read');
    assert.deepEqual(
      read.batches.map(({ length }) => length),
      [1_000, 1],
    );
    assert.equal(read.batches[0]?.[0]?.kind, 'rejected');
  });

  it('may still be no page', async () => {
    const read = await readAgain({ kind: 'page', source: 'graph', content: '<html>' });
    assert.deepEqual(read, { kind: 'unreadable', cause: 'page-unreadable' });
  });
});

describe('the excerpt of an item', () => {
  it('shows the shape of each field and nothing of what it says', async () => {
    const graph = excerptOf({ ...rejectedGraph(graphRow), kind: 'row' });
    assert.match(graph, /userDisplayName: xxx, /);
    assert.match(graph, /charge: -0\.000/);
    assert.match(graph, /calleeNumber: \+0000000000/);
    const report = excerptOf({ ...(await rejectedReport(line('free'))), kind: 'row' });
    assert.match(report, /userDisplayName: xxx, "xxx"/);
    assert.match(report, /charge: xxxx/);
    for (const excerpt of [graph, report]) assert.doesNotMatch(excerpt, /[1-9]|Lee|서연/);
  });

  it('shows the shape of a text that has no fields, cut', () => {
    const excerpt = excerptOf({ kind: 'page', source: 'graph', content: `<b>김 1</b>\n${'y'.repeat(500)}` });
    assert.match(excerpt, /^<x>x 0<\/x> x{100,}…$/);
    assert.ok(excerpt.length <= 201);
  });
});
