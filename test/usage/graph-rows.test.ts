import assert from 'node:assert/strict';
import { readGraphPage } from '../../src/usage/graph-rows.ts';
import { fixture, graphRows, idOf, rejections, usages } from './samples.ts';

const row = {
  id: idOf(1),
  startDateTime: '2026-10-01T05:05:59.6474157Z',
  endDateTime: '2026-10-01T05:16:41.6474157Z',
  duration: 642,
  charge: 0.132,
  currency: 'EUR',
  licenseCapability: 'MCOPSTNPP',
};

function page(...items: readonly string[]): string {
  return `{"@odata.count": ${items.length}, "value": [${items.join(',')}]}`;
}

describe('a page of getPstnCalls', () => {
  it('tells its rows, their number and where it goes on', () => {
    const read = readGraphPage(new TextDecoder().decode(fixture('pstn-calls-page.json')));
    assert.ok(read.kind === 'page');
    assert.equal(read.count, 43);
    assert.equal(usages(read.rows).length, 43);
    assert.match(read.nextLink ?? '', /getPstnCalls\(from=2026-10-01,to=2026-10-31\)\?\$skip=1000$/);
  });

  it('ends where there is no next link', () => {
    const read = readGraphPage(new TextDecoder().decode(fixture('pstn-calls-page-2.json')));
    assert.ok(read.kind === 'page');
    assert.equal(read.nextLink, null);
  });

  it('may stand after its next link, and behind a byte order mark', () => {
    const read = readGraphPage(
      `\uFEFF{"@odata.nextLink": "https://graph.example/next", "value": [${JSON.stringify(row)}]}`,
    );
    assert.ok(read.kind === 'page');
    assert.equal(read.nextLink, 'https://graph.example/next');
    assert.equal(usages(read.rows).length, 1);
  });

  it('may be empty', () => {
    assert.deepEqual(readGraphPage(page()), { kind: 'page', rows: [], nextLink: null, count: 0 });
  });

  it('gives money the digits that were written, beyond what a float holds', () => {
    const text = page(JSON.stringify(row).replace('0.132', '90071992.547401'));
    const read = readGraphPage(text);
    assert.ok(read.kind === 'page');
    assert.equal(usages(read.rows)[0]?.charge, 90_071_992_547_401n);
  });

  it('knows charges to the micro-unit', () => {
    assert.equal(usages(graphRows(row))[0]?.chargeDecimals, 6);
  });

  it('takes fields that are null, empty or absent', () => {
    const [usage] = usages(
      graphRows({ ...row, userId: null, userPrincipalName: '', duration: null, endDateTime: undefined }),
    );
    assert.equal(usage?.userId, null);
    assert.equal(usage?.userPrincipalName, null);
    assert.equal(usage?.callId, null);
    assert.equal(usage?.durationSeconds, 0);
    assert.equal(usage?.endedAt, usage?.startedAt);
  });

  it('takes the duration from start and end where it is not told', () => {
    assert.equal(usages(graphRows({ ...row, duration: null }))[0]?.durationSeconds, 642);
  });

  it('keeps fields that are not documented, as text', () => {
    const [usage] = usages(
      graphRows({ ...row, otherPartyCountryCode: 'DE', quality: { score: 0.1 }, none: null }),
    );
    assert.deepEqual(usage?.extra, { otherPartyCountryCode: 'DE', quality: '{"score":"0.1"}' });
  });

  it('keeps a masked number as it is', () => {
    const [usage] = usages(graphRows({ ...row, calleeNumber: '+336555012***' }));
    assert.equal(usage?.calleeNumber, '+336555012***');
  });

  it('keeps the text of a currency that is none', () => {
    const [usage] = usages(graphRows({ ...row, currency: 'ZZZ' }));
    assert.equal(usage?.currency, null);
    assert.deepEqual(usage?.extra, { currency: 'ZZZ' });
  });

  it('takes a charge that is not there for zero, where no credits would pay it', () => {
    assert.equal(usages(graphRows({ ...row, charge: null, licenseCapability: 'MCOPSTN1' }))[0]?.charge, 0n);
  });
});

describe('a bad row of a page', () => {
  const cases: readonly (readonly [rule: string, item: unknown, reason: string])[] = [
    ['is no object', 'row', 'not-a-row'],
    ['is a list', [row], 'not-a-row'],
    ['has an object for a text', { ...row, callId: {} }, 'field-not-text'],
    ['has no id', { ...row, id: null }, 'id-not-a-guid'],
    ['has a call id for an id', { ...row, id: '1835317186_113078403@61.221.3.177' }, 'id-not-a-guid'],
    ['has no start', { ...row, startDateTime: null }, 'start-not-a-time'],
    ['has an end that is no time', { ...row, endDateTime: 'later' }, 'end-not-a-time'],
    ['has a duration below zero', { ...row, duration: -1 }, 'duration-not-seconds'],
    ['has no charge though credits pay for it', { ...row, charge: null }, 'charge-missing'],
    ['has a charge below zero', { ...row, charge: -0.01 }, 'charge-negative'],
    ['has a word for a charge', { ...row, charge: 'free' }, 'charge-not-an-amount'],
    ['has a charge with a decimal comma', { ...row, charge: '0,13' }, 'charge-not-an-amount'],
    ['has a charge beyond all bounds', { ...row, charge: 1e300 }, 'charge-not-an-amount'],
    [
      'has a connection charge below zero',
      { ...row, connectionCharge: -1 },
      'connection-charge-not-an-amount',
    ],
  ];
  for (const [rule, item, reason] of cases) {
    it(`is rejected alone where it ${rule}`, () => {
      const rows = graphRows(row, item, { ...row, id: idOf(2) });
      assert.deepEqual(rejections(rows), [{ row: 2, reason }]);
      assert.equal(usages(rows).length, 2);
    });
  }
});

describe('a text that is no page', () => {
  const cases: readonly (readonly [rule: string, text: string, code: string, found: RegExp])[] = [
    ['is half a page', page(JSON.stringify(row)).slice(0, 80), 'usage-page-not-json', /^\{"@odata\.count"/],
    ['is nested without end', '['.repeat(200_000), 'usage-page-not-json', /^\[+…$/],
    ['is an error of Graph', '{"error": {"code": "Forbidden"}}', 'usage-page-without-rows', /^error$/],
    ['is a list', '[1, 2]', 'usage-page-without-rows', /^\[…\]$/],
    ['is null', 'null', 'usage-page-without-rows', /^null$/],
    ['has rows that are no list', '{"value": {}}', 'usage-page-without-rows', /^value$/],
  ];
  for (const [rule, text, code, found] of cases) {
    it(`is refused with what was found where it ${rule}`, () => {
      const read = readGraphPage(text);
      assert.ok(read.kind === 'refused');
      assert.equal(read.refusal.code, code);
      assert.match(read.refusal.data.found, found);
    });
  }
});
