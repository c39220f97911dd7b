import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attributeDrift, type DriftEvidence } from '../../src/ledger/attribution.ts';
import { driftLimit, isOverLimit } from '../../src/ledger/drift-limit.ts';
import { type DriftPart, restated, unexplainedOf } from '../../src/ledger/drift-parts.ts';
import { moneyOf } from '../money/builders.ts';

const units = (amount: string): bigint => moneyOf(amount).microUnits;

/** Two to eighteen dollars are late, recharges are of two hundred, and eight dollars need nobody. */
const usual: DriftEvidence = {
  drift: 0n,
  unreported: { low: units('2'), high: units('18') },
  usualRecharges: [units('200')],
  lapses: [],
  changedRows: 0n,
  rejected: { rows: 0, charges: null },
  limit: units('8'),
};

const cases: readonly (readonly [
  sentence: string,
  drift: string,
  evidence: Partial<DriftEvidence>,
  parts: readonly string[],
])[] = [
  ['nothing where both agree', '0', {}, []],
  ['calls that are late', '-7.80', {}, ['lag -7.80 likely']],
  ['fewer calls that are late than usual', '-0.50', {}, ['lag -0.50 likely']],
  ['more than is late, within the limit', '-20', {}, ['lag -18.00 likely', 'unexplained -2.00 sure']],
  ['more than is late, by far', '-100', {}, ['lag -18.00 likely', 'unexplained -82.00 sure']],
  ['a little too much', '4', {}, ['unexplained 4.00 sure']],
  ['a recharge', '192', {}, ['unknown-recharge 200.00 likely', 'lag -8.00 likely']],
  ['a recharge and no late call', '200', {}, ['unknown-recharge 200.00 likely']],
  ['a recharge, to within the limit', '203', {}, ['unknown-recharge 200.00 likely', 'unexplained 3.00 sure']],
  ['three recharges', '585', {}, ['unknown-recharge 600.00 likely', 'lag -15.00 likely']],
  ['never four recharges', '790', {}, ['unexplained 790.00 sure']],
  [
    'the less usual recharge where it fits',
    '45',
    { usualRecharges: [units('200'), units('50')] },
    // One of fifty may be chance where eighteen may be late.
    ['unknown-recharge 50.00 possible', 'lag -5.00 likely'],
  ],
  ['money of no usual amount', '90', {}, ['unexplained 90.00 sure']],
  ['money where none ever came in', '200', { usualRecharges: [] }, ['unexplained 200.00 sure']],
  [
    'funds that lapsed already',
    '-58',
    { lapses: [units('-50')] },
    ['expired-funds -50.00 likely', 'lag -8.00 likely'],
  ],
  [
    'funds that lapsed, and the late calls within them',
    '-50',
    { lapses: [units('-50')] },
    ['expired-funds -50.00 likely'],
  ],
  [
    'funds that have not lapsed after all',
    '44',
    { lapses: [units('50')] },
    ['expired-funds 50.00 likely', 'lag -6.00 likely'],
  ],
  [
    'two lots that lapsed at once',
    '-95',
    { lapses: [units('-50'), units('-40')] },
    ['expired-funds -90.00 likely', 'lag -5.00 likely'],
  ],
  ['no lapse where late calls are enough', '-9', { lapses: [units('-5')] }, ['lag -9.00 likely']],
  [
    'a recharge beside a lapse',
    '145',
    { lapses: [units('-50')] },
    ['unknown-recharge 200.00 likely', 'expired-funds -50.00 likely', 'lag -5.00 likely'],
  ],
  [
    'a correction, for it is a fact',
    '-10',
    { changedRows: units('-3') },
    ['lag -7.00 likely', 'changed-rows -3.00 sure'],
  ],
  ['no correction that only makes it worse', '-3', { changedRows: units('-9') }, ['lag -3.00 likely']],
  [
    'rows that were rejected, by what they charge',
    '-30',
    { rejected: { rows: 2, charges: units('20') } },
    ['rejected-rows -20.00 likely', 'lag -10.00 likely'],
  ],
  [
    'rows that nobody can read, for what else is left',
    '-30',
    { rejected: { rows: 2, charges: null } },
    ['lag -18.00 likely', 'rejected-rows -12.00 possible'],
  ],
  [
    'no row that nobody can read for money that came in',
    '30',
    { rejected: { rows: 2, charges: null } },
    ['unexplained 30.00 sure'],
  ],
  [
    'all of it as unexplained where nothing is known',
    '-30',
    { unreported: { low: 0n, high: 0n } },
    ['unexplained -30.00 sure'],
  ],
];

describe('attribute drift', () => {
  for (const [sentence, drift, evidence, parts] of cases) {
    it(`tells ${sentence}: ${drift}`, () => {
      assert.deepEqual(attributeDrift({ ...usual, ...evidence, drift: units(drift) }).map(legible), parts);
    });
  }

  const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  const size = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const anything: fc.Arbitrary<DriftEvidence> = fc
    .record({
      drift: amount,
      low: size,
      width: size,
      usualRecharges: fc.array(
        size.map((one) => one + 1n),
        { maxLength: 3 },
      ),
      lapses: fc.array(amount, { maxLength: 3 }),
      changedRows: amount,
      rejected: fc.record({ rows: fc.nat(9), charges: fc.option(size) }),
      limit: size,
    })
    .map(({ low, width, ...rest }) => ({
      ...rest,
      unreported: { low, high: low + width },
    }));

  it('sums to the drift to the last micro-unit, names each cause once, and never claims more lag than there is', () => {
    fc.assert(
      fc.property(anything, (evidence) => {
        const parts = attributeDrift(evidence);
        const sum = parts.reduce((total, { microUnits }) => total + microUnits, 0n);
        assert.equal(sum, evidence.drift);
        assert.ok(parts.every(({ microUnits }) => microUnits !== 0n));
        const lag = parts.find(({ cause }) => cause === 'lag')?.microUnits ?? 0n;
        assert.ok(lag <= 0n && -lag <= evidence.unreported.high);
        assert.deepEqual(
          attributeDrift(structuredClone(evidence)),
          parts,
          'the same evidence, the same parts',
        );
      }),
    );
  });

  it('is restated to any other drift, and to the same drift as it was', () => {
    fc.assert(
      fc.property(anything, amount, (evidence, drift) => {
        const parts = attributeDrift(evidence);
        assert.deepEqual(restated(parts, evidence.drift), parts);
        const sum = restated(parts, drift).reduce((total, { microUnits }) => total + microUnits, 0n);
        assert.equal(sum, drift);
      }),
    );
  });
});

describe('restate the parts of a drift', () => {
  const parts = attributeDrift({ ...usual, drift: units('192') });
  const later: readonly (readonly [sentence: string, drift: string, parts: readonly string[]])[] = [
    ['takes a late call from the lag', '195', ['unknown-recharge 200.00 likely', 'lag -5.00 likely']],
    ['has no more lag than it had', '201', ['unknown-recharge 200.00 likely', 'unexplained 1.00 sure']],
    ['takes a recharge that was recorded from the unknown one', '-8', ['lag -8.00 likely']],
    ['leaves the rest unexplained', '-58', ['lag -8.00 likely', 'unexplained -50.00 sure']],
  ];
  for (const [sentence, drift, expected] of later) {
    it(sentence, () => assert.deepEqual(restated(parts, units(drift)).map(legible), expected));
  }
});

describe('the limit of a drift', () => {
  it('is 2 % of the figure, and five major units at the least', () => {
    assert.equal(driftLimit(moneyOf('400')), units('8'));
    assert.equal(driftLimit(moneyOf('-400')), units('8'));
    assert.equal(driftLimit(moneyOf('100')), units('5'));
    assert.equal(driftLimit(moneyOf('0')), units('5'));
  });

  it('is passed by what is unexplained or only possible, and not by what is explained', () => {
    const part = (
      cause: DriftPart['cause'],
      amount: string,
      certainty: DriftPart['certainty'],
    ): DriftPart => ({
      cause,
      microUnits: units(amount),
      certainty,
    });
    const observed = moneyOf('400');
    assert.equal(isOverLimit([part('lag', '-500', 'likely')], observed), false);
    assert.equal(isOverLimit([part('unexplained', '-8', 'sure')], observed), false);
    assert.equal(isOverLimit([part('unexplained', '-8.000001', 'sure')], observed), true);
    assert.equal(isOverLimit([part('unexplained', '9', 'sure')], observed), true);
    assert.equal(isOverLimit([part('unknown-recharge', '50', 'possible')], observed), true);
    assert.equal(unexplainedOf([part('unknown-recharge', '50', 'likely')]), 0n);
  });
});

function legible({ cause, microUnits, certainty }: DriftPart): string {
  const cents = microUnits / 10_000n;
  const size = cents < 0n ? -cents : cents;
  const sign = microUnits < 0n ? '-' : '';
  return `${cause} ${sign}${size / 100n}.${(size % 100n).toString().padStart(2, '0')} ${certainty}`;
}
