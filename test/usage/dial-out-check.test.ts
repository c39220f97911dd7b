import assert from 'node:assert/strict';
import { checkedSpans, compareDialOut, dialOutIn } from '../../src/usage/dial-out-check.ts';
import { eur, usd } from './samples.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('the cross-check of dial-out', () => {
  const cases: readonly (readonly [now: string, spans: readonly (readonly [string, string])[]])[] = [
    [
      '2026-11-24T12:00:00Z',
      [
        ['2026-10-01', '2026-11-01'],
        ['2026-11-01', '2026-11-22'],
      ],
    ],
    [
      '2026-12-03T00:00:00Z',
      [
        ['2026-10-01', '2026-11-01'],
        ['2026-11-01', '2026-12-01'],
      ],
    ],
    [
      '2027-01-03T23:00:00Z',
      [
        ['2026-11-01', '2026-12-01'],
        ['2026-12-01', '2027-01-01'],
      ],
    ],
  ];
  for (const [now, spans] of cases) {
    it(`reads whole reported days of two months at ${now}`, () => {
      const expected = spans.map(([from, to]) => ({ from: day(from), to: day(to) }));
      assert.deepEqual(checkedSpans(Date.parse(now)), expected);
    });
  }

  it('counts the calls that meetings made within the days', () => {
    const counts = new Map([
      ['2026-10-31|conf_out', 1n],
      ['2026-11-01|conf_out', 2n],
      ['2026-11-02|user_out_conf', 4n],
      ['2026-11-02|user_out', 8n],
      ['2026-11-03|conf_out', 16n],
    ]);
    assert.equal(dialOutIn(counts, { from: day('2026-11-01'), to: day('2026-11-03') }), 6n);
  });

  it('keeps currencies apart and tells a share where something is known', () => {
    const report = [
      { currency: usd, charge: 60n },
      { currency: usd, charge: 50n },
      { currency: eur, charge: 5n },
    ];
    const compared = compareDialOut(report, new Map([[usd, 100n]]));
    assert.deepEqual(
      compared.map(({ difference, basisPoints }) => [
        difference.currency,
        difference.microUnits,
        basisPoints,
      ]),
      [
        ['EUR', 5n, null],
        ['USD', 10n, 1_000],
      ],
    );
  });
});
