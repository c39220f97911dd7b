import assert from 'node:assert/strict';
import { startOfDay, utcDay } from '../../src/decision/time.ts';
import { decideIntake, type IntakeDecision } from '../../src/usage/intake.ts';
import { rowsIndex } from '../../src/usage/read-models.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import { eur, idOf, knownAfter, spent, usageRow, usagesIn, usd } from './samples.ts';

const coarse = usageRow({ source: 'report', charge: 130_000n, chargeDecimals: 2 });
const fine = usageRow({ source: 'graph', charge: 132_000n, chargeDecimals: 6, tenantCountryCode: 'US' });
const corrected = usageRow({ source: 'report', charge: 500_000n, chargeDecimals: 2 });

function movements(decision: IntakeDecision, currency = usd): readonly (readonly [string, bigint])[] {
  return (decision.charges.get(currency) ?? []).map(({ kind, microUnits }) => [kind, microUnits]);
}

/** What the second telling decides, after the first is known. */
function told(first: UsageRow, second: UsageRow): IntakeDecision {
  return decideIntake([second], knownAfter([first]));
}

describe('the samples of both sources', () => {
  it('come to what the export says where it is alone', async () => {
    assert.deepEqual(spent(knownAfter(await usagesIn('pstn-usage-export.csv'))), {
      EUR: { calls: 11, microUnits: 92_200_000n },
      USD: { calls: 33, microUnits: 53_620_000n },
    });
  });

  it('come to what Graph says where both are known, whichever came first', async () => {
    const names = ['pstn-usage-export.csv', 'pstn-calls-page.json', 'pstn-calls-page-2.json'];
    const batches = await Promise.all(names.map(usagesIn));
    for (const order of [batches, batches.toReversed()]) {
      assert.deepEqual(spent(knownAfter(...order)), {
        EUR: { calls: 11, microUnits: 92_186_000n },
        USD: { calls: 33, microUnits: 53_606_000n },
      });
    }
  });

  it('have a reason for every row that does not move the balance', async () => {
    const known = knownAfter(await usagesIn('pstn-calls-page.json'));
    const reasonOf = (id: string) => [...known].find(([known]) => known === id)?.[1].ignored;
    assert.equal(reasonOf('7342ae4d-bfa1-4344-a839-3c67c4d91e29'), null, 'a masked callee');
    assert.equal(reasonOf('427b2f15-e190-479e-a69b-3512b08b5c9a'), 'zero-charge', 'no duration');
    assert.equal(reasonOf('5a867fc0-2334-408a-a73b-563bd24cedfc'), 'free-call', 'FREECALL');
    assert.equal(reasonOf('60c690ee-1bf7-408b-a8aa-88c34a92dccf'), null, 'noise of a float');
    assert.equal(reasonOf('64a5c365-6e5e-4719-a3eb-21666db75b55'), 'not-credit-funded', 'Operator Connect');
    assert.equal(reasonOf('004b26e7-5edf-40fc-a31b-1803696a506b'), null, 'pay-per-minute conference');
    assert.equal(reasonOf('cd25fd26-9702-4f93-a37d-e189ba1fe230'), 'unknown-capability', 'unknown call type');
  });

  it('count the call over the end of a month on the day it began, and without the noise of its float', async () => {
    const { counts } = decideIntake(await usagesIn('pstn-calls-page.json'), new Map());
    const ofUsers = counts.filter(
      ({ model, field }) => model === 'usage:USD:day-user' && field.startsWith('2026-10-31'),
    );
    assert.deepEqual(
      ofUsers.map(({ by }) => by),
      [300_000n],
    );
  });

  it('take two rows of one call id for two, and a repeated id for one', async () => {
    const rows = [...(await usagesIn('pstn-calls-page.json')), ...(await usagesIn('pstn-calls-page-2.json'))];
    const { tally, records } = decideIntake(rows, new Map());
    assert.deepEqual([rows.length, new Set(rows.map((row) => row.callId)).size], [72, 70]);
    assert.equal(records.size, 71);
    assert.equal(tally.new, 44);
    assert.equal(tally.new + tally.known + tally.changed + tally.ignored, 72);
  });
});

describe('a row', () => {
  it('is new the first time, and charged', () => {
    const decision = decideIntake([coarse], new Map());
    assert.deepEqual(decision.tally, { new: 1, known: 0, changed: 0, ignored: 0 });
    assert.deepEqual(movements(decision), [['charge', 130_000n]]);
    assert.deepEqual(decision.amounts.get(usd), { new: 130_000n, known: 0n, changed: 0n });
    assert.equal(decision.latestStartedAt, coarse.startedAt);
  });

  it('is known the second time, and changes nothing', () => {
    const decision = told(coarse, coarse);
    assert.deepEqual(decision.tally, { new: 0, known: 1, changed: 0, ignored: 0 });
    assert.equal(decision.charges.size, 0);
    assert.equal(decision.records.size, 0);
    assert.deepEqual([decision.counts, decision.members], [[], []]);
  });

  it('is known where a finer source tells of it, and the ledger moves by the difference', () => {
    const decision = told(coarse, fine);
    assert.equal(decision.tally.known, 1);
    assert.deepEqual(movements(decision), [
      ['reversal', -130_000n],
      ['charge', 132_000n],
    ]);
    assert.deepEqual(decision.amounts.get(usd), { new: 0n, known: 2_000n, changed: 0n });
    assert.equal(decision.records.get(coarse.id)?.charge, 132_000n);
  });

  it('keeps the finer charge where the coarser comes later', () => {
    const decision = told(fine, coarse);
    assert.equal(decision.tally.known, 1);
    assert.equal(decision.records.size, 0);
  });

  it('is changed where the charge is another: the old is reversed, the new charged', () => {
    const decision = told(fine, corrected);
    assert.equal(decision.tally.changed, 1);
    assert.deepEqual(movements(decision), [
      ['reversal', -132_000n],
      ['charge', 500_000n],
    ]);
    assert.deepEqual(decision.amounts.get(usd), { new: 0n, known: 0n, changed: 368_000n });
    const { startedAt } = corrected;
    assert.deepEqual(decision.corrections.get(usd), [
      { startedAt, microUnits: -132_000n },
      { startedAt, microUnits: 500_000n },
    ]);
  });

  it('is no correction where it is new, or the same charge told more finely', () => {
    assert.equal(told(coarse, fine).corrections.size, 0);
    assert.equal(decideIntake([coarse], new Map()).corrections.size, 0);
  });

  it('is ignored each time it comes, and kept with its reason once', () => {
    const pooled = { ...coarse, licenseCapability: 'MCOPSTN1' };
    const first = decideIntake([pooled], new Map());
    assert.equal(first.tally.ignored, 1);
    assert.equal(first.records.get(pooled.id)?.ignored, 'pool-capability');
    assert.deepEqual([first.charges.size, first.members.length], [0, 1]);
    assert.ok(first.counts.every(({ model }) => model.startsWith('pool:')));
    const again = told(pooled, pooled);
    assert.equal(again.tally.ignored, 1);
    assert.equal(again.records.size, 0);
  });

  it('twice in a batch is taken as if the second came in a later one', () => {
    const once = decideIntake([coarse, corrected, corrected], new Map());
    assert.deepEqual(once.tally, { new: 1, known: 1, changed: 1, ignored: 0 });
    assert.deepEqual(movements(once), [
      ['charge', 130_000n],
      ['reversal', -130_000n],
      ['charge', 500_000n],
    ]);
    assert.deepEqual(once.records, knownAfter([coarse], [corrected], [corrected]));
  });
});

describe('another charge', () => {
  const cases: readonly (readonly [
    rule: string,
    first: Partial<UsageRow>,
    second: Partial<UsageRow>,
    category: string,
  ])[] = [
    ['is one of the same fineness', { charge: 130_000n }, { charge: 140_000n }, 'changed'],
    [
      'is none where it differs by half a coarser unit',
      { charge: 130_000n },
      { charge: 135_000n, chargeDecimals: 6 },
      'known',
    ],
    [
      'is one where it differs by more',
      { charge: 130_000n },
      { charge: 135_001n, chargeDecimals: 6 },
      'changed',
    ],
    [
      'is none where nothing became less than half a cent',
      { charge: 0n },
      { charge: 4_000n, chargeDecimals: 6 },
      'known',
    ],
    [
      'is none, and nothing to pay, where less than half a cent is rounded later',
      { charge: 0n, chargeDecimals: 6 },
      { charge: 0n },
      'ignored',
    ],
    ['is one in another currency', {}, { currency: eur }, 'changed'],
    ['is one where credits no longer pay', {}, { licenseCapability: 'MCOPSTN1' }, 'changed'],
    ['is one where credits pay now', { licenseCapability: 'MCOPSTN1' }, {}, 'changed'],
    [
      'is none where credits paid neither before nor now',
      { licenseCapability: 'MCOPSTN1' },
      { licenseCapability: 'MCOPSTN2' },
      'ignored',
    ],
    [
      'is none where only the capability is written in other letters',
      {},
      { licenseCapability: 'mcopstnpp' },
      'known',
    ],
    ['is one where the start is another', {}, { startedAt: coarse.startedAt + 1 }, 'changed'],
    [
      'is none where a source tells whole seconds',
      {},
      { startedAt: coarse.startedAt - (coarse.startedAt % 1_000) },
      'known',
    ],
    [
      'is none where only the destination is named otherwise',
      {},
      { destinationName: 'Deutschland' },
      'known',
    ],
  ];
  for (const [rule, first, second, category] of cases) {
    it(rule, () => {
      const { tally } = told({ ...coarse, ...first }, { ...coarse, ...second });
      assert.deepEqual(tally, { new: 0, known: 0, changed: 0, ignored: 0, [category]: 1 });
    });
  }
});

describe('a correction', () => {
  it('takes the old charge back from its own currency and its own start', () => {
    const moved = { ...corrected, currency: eur, startedAt: coarse.startedAt + 86_400_000 };
    const decision = told(coarse, moved);
    assert.deepEqual(
      decision.charges.get(usd)?.map(({ startedAt }) => startedAt),
      [coarse.startedAt],
    );
    assert.deepEqual(
      decision.charges.get(eur)?.map(({ startedAt }) => startedAt),
      [moved.startedAt],
    );
    assert.deepEqual(decision.amounts.get(usd), { new: 0n, known: 0n, changed: -130_000n });
  });

  it('takes the old charge back from the read models', () => {
    const { counts } = told(coarse, { ...corrected, destinationName: 'France' });
    const ofDestinations = counts.filter(({ model }) => model.endsWith('destination'));
    assert.deepEqual(ofDestinations, [
      { model: 'usage:USD:day-destination', field: '2026-10-01|Germany', by: -130_000n },
      { model: 'usage:USD:day-destination', field: '2026-10-01|France', by: 500_000n },
      { model: 'calls:USD:day-destination', field: '2026-10-01|Germany', by: -1n },
      { model: 'calls:USD:day-destination', field: '2026-10-01|France', by: 1n },
    ]);
  });

  it('only takes back where credits no longer pay', () => {
    const decision = told(coarse, { ...coarse, licenseCapability: 'MCOPSTN1' });
    assert.deepEqual(movements(decision), [['reversal', -130_000n]]);
  });

  it('raises the revision, and a telling that moves nothing does not', () => {
    assert.equal(told(coarse, corrected).records.get(coarse.id)?.revision, 2);
    assert.equal(told(coarse, { ...coarse, destinationName: 'X' }).records.get(coarse.id)?.revision, 1);
  });
});

describe('what two sources tell of one call', () => {
  it('is put together: what one does not know the other does', () => {
    const report = {
      ...coarse,
      calleeNumber: null,
      destinationName: 'Germany (mobile)',
      extra: { Note: 'a' },
    };
    for (const order of [
      [report, fine],
      [fine, report],
    ]) {
      const known = knownAfter(...order.map((row) => [row])).get(coarse.id);
      assert.equal(known?.source, 'graph');
      assert.equal(known?.calleeNumber, '+4930555012');
      assert.equal(known?.tenantCountryCode, 'US');
      assert.equal(known?.destination, 'Germany', 'Graph before the report');
      assert.deepEqual(known?.extra, { Note: 'a' });
    }
  });

  it('moves the charge to the finer start', () => {
    const wholeSeconds = { ...coarse, startedAt: startOfDay(utcDay(coarse.startedAt)) };
    const fractions = { ...coarse, startedAt: wholeSeconds.startedAt - 1 };
    const decision = told(wholeSeconds, fractions);
    assert.deepEqual(
      decision.charges.get(usd)?.map(({ kind, startedAt }) => [kind, startedAt]),
      [
        ['reversal', wholeSeconds.startedAt],
        ['charge', fractions.startedAt],
      ],
    );
    assert.deepEqual(decision.members, [
      { index: rowsIndex(utcDay(fractions.startedAt)), score: fractions.startedAt, member: coarse.id },
    ]);
  });

  it('of a user without an id has the principal name', () => {
    const row = { ...coarse, userId: null, userPrincipalName: 'anna@contoso.com' };
    assert.equal(knownAfter([row]).get(coarse.id)?.user, 'anna@contoso.com');
  });
});

describe('an empty batch', () => {
  it('decides nothing', () => {
    const decision = decideIntake([], new Map());
    assert.equal(decision.latestStartedAt, null);
    assert.equal(decision.records.size, 0);
  });
});

describe('several rows of a batch', () => {
  it('touch each field of a read model once', () => {
    const { counts } = decideIntake([coarse, { ...coarse, id: idOf(2) }], new Map());
    assert.equal(counts.length, 11);
    assert.deepEqual(
      counts.find(({ model }) => model === 'usage:USD:day-number'),
      { model: 'usage:USD:day-number', field: '2026-10-01|+4930555012', by: 260_000n },
    );
  });
});
