import assert from 'node:assert/strict';
import { maxLineBytes } from '../../src/usage/report-records.ts';
import { readReport } from '../../src/usage/report-rows.ts';
import { bytesOf, fixture, idOf, readAll, rejections, usages, usagesIn } from './samples.ts';

const header = 'UsageId,Start Time,Charge,Currency,Capability';
const line = `${idOf(1)},2026-10-01T05:05:59Z,0.13,USD,MCOPSTNPP`;
const exported = new TextDecoder().decode(fixture('pstn-usage-export.csv'));

async function refusal(text: string | Uint8Array) {
  const report = await readReport(bytesOf(text));
  assert.ok(report.kind === 'refused');
  return report.refusal;
}

describe('the exported report', () => {
  it('gives every row of the sample, whatever is in its names', async () => {
    const rows = await usagesIn('pstn-usage-export.csv');
    assert.equal(rows.length, 71);
    const names = new Set(rows.map((row) => row.userDisplayName));
    for (const name of ['Line\nBreak Lee', 'O"Neil Patrick', '김서연', 'José Álvarez']) {
      assert.ok(names.has(name), name);
    }
    assert.ok(
      [...names].some((name) => name?.includes(',')),
      'a name with a comma',
    );
    assert.ok(
      [...names].some((name) => name?.startsWith('=')),
      'a name that is a formula',
    );
  });

  it('gives every documented column its field', async () => {
    const [row] = await usagesIn('pstn-usage-export.csv');
    assert.deepEqual(row, {
      id: 'e638ce97-4542-4e5e-a54f-30ee71ae6df8',
      source: 'report',
      callId: '1835317186_113078403@61.221.3.177',
      userId: '850e9053-ee0f-4eed-a11d-c53342a61a5e',
      userPrincipalName: 'jose.alvarez@contoso.com',
      userDisplayName: 'José Álvarez',
      startedAt: Date.parse('2026-10-01T05:05:59.647Z'),
      startText: '2026-10-01T05:05:59.6474157+00:00',
      endedAt: Date.parse('2026-10-01T05:16:41.647Z'),
      durationSeconds: 642,
      charge: 130_000n,
      chargeDecimals: 2,
      connectionCharge: 0n,
      currency: 'EUR',
      callType: 'user_out',
      licenseCapability: 'MCOPSTNPP',
      inventoryType: 'Subscriber',
      operator: null,
      destinationContext: 'International',
      destinationName: 'Germany',
      callerNumber: '+34915550133',
      calleeNumber: '+4930555012',
      usageCountryCode: 'ES',
      tenantCountryCode: null,
      conferenceId: null,
      callDurationSource: null,
      extra: {},
    });
  });

  const writings: readonly (readonly [rule: string, text: string])[] = [
    ['without a byte order mark', exported.replace(/^\uFEFF/, '')],
    ['with bare line feeds', exported.replaceAll('\r\n', '\n')],
    [
      'with line feeds after a header with a carriage return',
      exported.replaceAll('\r\n', '\n').replace('\n', '\r\n'),
    ],
    ['with empty lines', exported.replaceAll('\r\n', '\r\n\r\n')],
    ['without a line end at its end', exported.trimEnd()],
    [
      'with its column names in capitals and without blanks',
      exported.replace('Call ID', 'CALLID').replace('UsageId', 'USAGE ID'),
    ],
  ];
  for (const [rule, text] of writings) {
    it(`is read the same ${rule}`, async () => {
      assert.deepEqual(usages(await readAll(text)), await usagesIn('pstn-usage-export.csv'));
    });
  }

  it('is read with its columns in any order, and without those that are not needed', async () => {
    const [row] = usages(
      await readAll(
        `Capability,Currency,Charge,Start Time,UsageId\nMCOPSTNPP,USD,0.13,2026-10-01T05:05:59Z,${idOf(1)}`,
      ),
    );
    assert.equal(row?.id, idOf(1));
    assert.equal(row?.charge, 130_000n);
    assert.equal(row?.durationSeconds, 0);
  });

  it('keeps columns that are not documented, by their name', async () => {
    const [row] = usages(await readAll(`${header},Carbon Cost,Note\n${line},12 g,`));
    assert.deepEqual(row?.extra, { 'Carbon Cost': '12 g' });
  });

  it('takes "no data" for nothing', async () => {
    const [row] = usages(await readAll(`${header},UPN\n${line},No Data`));
    assert.equal(row?.userPrincipalName, null);
  });

  const decimals: readonly (readonly [charge: string, microUnits: bigint, decimals: number])[] = [
    ['1', 1_000_000n, 2],
    ['0.1', 100_000n, 2],
    ['0.13', 130_000n, 2],
    ['0.1320', 132_000n, 4],
    ['0.30000000000000004', 300_000n, 6],
  ];
  for (const [charge, microUnits, fineness] of decimals) {
    it(`knows a charge written ${charge} to ${fineness} decimals`, async () => {
      const [row] = usages(await readAll(`${header}\n${line.replace('0.13', charge)}`));
      assert.deepEqual([row?.charge, row?.chargeDecimals], [microUnits, fineness]);
    });
  }
});

describe('a bad row of a report', () => {
  it('is rejected with its number and reason, and the rest goes on', async () => {
    const rows = await readAll(
      [
        header,
        line,
        `${line},one too many`,
        line.replace('0.13', '-0.13'),
        line.replace('0.13', '1e309'),
        line.replace('0.13', ''),
        line.replace(idOf(1), 'Total'),
        '',
        line.replace('2026-10-01', '2026-02-31'),
        line.replace(idOf(1), idOf(2)),
      ].join('\n'),
    );
    assert.deepEqual(rejections(rows), [
      { row: 2, reason: 'wrong-number-of-cells' },
      { row: 3, reason: 'charge-negative' },
      { row: 4, reason: 'charge-not-an-amount' },
      { row: 5, reason: 'charge-missing' },
      { row: 6, reason: 'id-not-a-guid' },
      { row: 7, reason: 'start-not-a-time' },
    ]);
    assert.deepEqual(
      usages(rows).map((row) => row.id),
      [idOf(1), idOf(2)],
    );
  });

  it('ends the reading where its line is longer than any row, and says so last', async () => {
    const rows = await readAll(`${header}\n${line}\n${'x'.repeat(2 * maxLineBytes)}\n${line}`);
    assert.equal(usages(rows).length, 1);
    assert.deepEqual(rejections(rows), [{ row: 2, reason: 'line-too-long' }]);
  });

  it('ends the reading where its quote is never closed, and says so last', async () => {
    const rows = await readAll(`${header}\n${line}\n"${line}`);
    assert.deepEqual(rejections(rows), [{ row: 2, reason: 'quote-not-closed' }]);
  });
});

describe('a text that is no usage report', () => {
  it('is refused where it is empty', async () => {
    assert.equal((await refusal('')).code, 'usage-file-empty');
    assert.equal((await refusal('\uFEFF\r\n\r\n')).code, 'usage-file-empty');
  });

  it('is refused with the columns that were expected and those that were found', async () => {
    assert.deepEqual(await refusal('Name,Phone\nAnna,1'), {
      code: 'usage-file-not-a-report',
      data: { expected: 'UsageId, Start Time, Charge, Currency, Capability', found: 'Name, Phone' },
    });
  });

  it('is refused where a column that is needed stands there twice', async () => {
    assert.equal((await refusal(`${header},Charge\n${line},9`)).code, 'usage-file-not-a-report');
  });

  it('is refused by name where it is the Direct Routing report', async () => {
    const { code } = await refusal('CorrelationId,SIP Address,Display Name,Start time,Final SIP code\n');
    assert.equal(code, 'usage-file-direct-routing');
  });

  it('is refused with names that are cut, and cleaned of what would disturb a terminal', async () => {
    const names = [
      `\u001b[31m${'n'.repeat(5_000)}`,
      '\u202Etxt',
      ...Array.from({ length: 50 }, (_, i) => `c${i}`),
    ];
    const { data } = await refusal(names.join(','));
    assert.ok(data.found.length < 200, data.found);
    assert.doesNotMatch(data.found, /\p{C}/u);
  });

  it('is refused where its first line has no end', async () => {
    const { code, data } = await refusal('x'.repeat(2 * maxLineBytes));
    assert.deepEqual([code, data.found], ['usage-file-not-a-report', 'line-too-long']);
  });
});

describe('the batches of a report', () => {
  it('hold at most a thousand rows, numbered through', async () => {
    const lines = Array.from({ length: 2_500 }, (_, index) => line.replace(idOf(1), idOf(index)));
    const report = await readReport(bytesOf([header, ...lines].join('\n')));
    assert.ok(report.kind === 'report');
    const batches: (readonly { readonly row: number }[])[] = [];
    for await (const batch of report.batches) batches.push(batch);
    assert.deepEqual(
      batches.map((batch) => [batch.length, batch[0]?.row, batch.at(-1)?.row]),
      [
        [1_000, 1, 1_000],
        [1_000, 1_001, 2_000],
        [500, 2_001, 2_500],
      ],
    );
  });

  it('leave the source alone once nobody asks for more', async () => {
    let closed = false;
    async function* endless() {
      try {
        yield new TextEncoder().encode(`${header}\n`);
        for (;;) yield new TextEncoder().encode(`${line}\n`.repeat(1_000));
      } finally {
        closed = true;
      }
    }
    const report = await readReport(endless());
    assert.ok(report.kind === 'report');
    for await (const batch of report.batches) {
      assert.equal(batch.length, 1_000);
      break;
    }
    assert.ok(closed);
  });

  it('throw what the source throws, for then the world is down and the file is not at fault', async () => {
    async function* failing() {
      yield new TextEncoder().encode(`${header}\n${line}\n`);
      throw new Error('disk gone');
    }
    const report = await readReport(failing());
    assert.ok(report.kind === 'report');
    await assert.rejects(async () => {
      for await (const batch of report.batches) assert.ok(batch);
    }, /disk gone/);
  });
});
