import assert from 'node:assert/strict';
import { personId } from '../../src/decision/ids.ts';
import type { Receipt } from '../../src/outbox/deliveries.ts';
import { firstDelivery, readDelivery } from '../../src/outbox/delivery.ts';
import { speedOf, type Told, toldOf } from '../../src/outbox/told.ts';

const recipient = personId('1cddbfb5-9c7b-48e7-9dd7-a240ed516d91') ?? assert.fail();

function receipt(told: Partial<Receipt>): Receipt {
  const nothing = { way: null, why: null, unknowns: 0, resent: 0, at: 0, toldAt: null, seenAt: null };
  return { recipient, asked: 'chat', state: 'waiting', ...nothing, ...told };
}

describe('a delivery that an earlier release wrote', () => {
  it('reads as one of which nobody knows when it was first told', () => {
    const way = 'chat' as const;
    const { toldAt: _, ...earlier } = firstDelivery({
      about: { kind: 'incident', id: 'low' },
      recipient,
      way,
    });
    assert.equal(readDelivery({ ...earlier, way }).toldAt, null);
  });
});

describe('what became of one recipient', () => {
  const cases: readonly [
    sentence: string,
    receipts: readonly Partial<Receipt>[],
    outcome: Told['outcome'] | null,
  ][] = [
    ['nothing yet', [{}], 'pending'],
    ['on its way', [{ state: 'sending' }], 'pending'],
    ['told in the chat', [{ state: 'sent', way: 'chat' }], 'sent'],
    ['told before, and now being edited', [{ state: 'sending', way: 'chat' }], 'sent'],
    ['told before, and blocked since', [{ state: 'gave-up', way: 'chat', why: 'blocked' }], 'sent'],
    ['perhaps', [{ state: 'unknown' }], 'unknown'],
    ['not at all', [{ state: 'gave-up', why: 'blocked' }], 'failed'],
    [
      'by mail beside the chat',
      [{ state: 'gave-up' }, { asked: 'mail', state: 'sent', way: 'mail' }],
      'sent',
    ],
    ['over before it was said', [{ state: 'nothing-to-say' }], null],
  ];
  for (const [sentence, given, outcome] of cases) {
    it(`is ${sentence}`, () => {
      const told = toldOf(given.map(receipt));
      assert.deepEqual(
        told.map((one) => one.outcome),
        outcome === null ? [] : [outcome],
      );
      assert.deepEqual(toldOf(given.map(receipt).reverse()), told, 'in any order');
    });
  }
});

describe('how fast everybody was told', () => {
  const cases: readonly [times: readonly (number | null)[], speed: ReturnType<typeof speedOf>][] = [
    [[], null],
    [[null], null],
    [[1_500], { medianMs: 500, slowestMs: 500 }],
    [[3_000, 1_100, null, 9_000], { medianMs: 2_000, slowestMs: 8_000 }],
    [[1_100, 1_200, 1_300, 1_400], { medianMs: 200, slowestMs: 400 }],
    [[900], { medianMs: 0, slowestMs: 0 }],
  ];
  for (const [times, speed] of cases) {
    it(`is ${JSON.stringify(speed)} for ${times.join(', ') || 'nobody'}`, () => {
      const told = times.map((toldAt) => ({ ...toldOf([receipt({ state: 'sent' })])[0], toldAt }) as Told);
      assert.deepEqual(speedOf(told, 1_000), speed);
    });
  }
});
