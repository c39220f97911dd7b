import assert from 'node:assert/strict';
import { type AccountCommand, account, balance, emptyAccount } from '../../src/ledger/account.ts';
import { checks } from '../../src/ledger/check.ts';
import { UsageBelowZero } from '../../src/ledger/timeline.ts';
import { ChargeOfWrongSign } from '../../src/ledger/usage-batch.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import {
  at,
  call,
  day,
  followedBy,
  funding,
  journal,
  ledger,
  observe,
  reversalOf,
  usage,
  usd,
} from './builders.ts';

const now = at('2026-06-01');

describe('an account', () => {
  it('is empty before anything is known', () => {
    assert.deepEqual(balance(emptyAccount(usd)), moneyOf('0'));
  });

  it('books a batch of calls as one entry', () => {
    const { state, log } = ledger(
      now,
      usage('B1', call('2026-03-01T10:00', '1.25'), call('2026-03-02', '2')),
    );
    assert.deepEqual(balance(state), moneyOf('-3.25'));
    assert.equal(state.chargedCalls, 2);
    assert.deepEqual(journal({ state, log }), ['usage:B1 usage -3250000']);
    assert.deepEqual(
      [...state.usageByDay],
      [
        [day('2026-03-01'), 1_250_000n],
        [day('2026-03-02'), 2_000_000n],
      ],
    );
  });

  it('books nothing for a batch without charges', () => {
    assert.deepEqual(account.decide(emptyAccount(usd), usage('B1'), now), { kind: 'accepted', events: [] });
  });

  it('books a correction as a reversal and a new entry that names it', () => {
    const wrong = call('2026-03-01T10:00', '5');
    const right = { ...wrong, startedAt: at('2026-03-02'), microUnits: 3_000_000n };
    const before = ledger(now, usage('B1', wrong));

    const { state, log } = followedBy(before, usage('B2', reversalOf(wrong), right), now);

    assert.deepEqual(journal({ state, log }), [
      'usage:B1 usage -5000000',
      'reversal:usage:B2 reversal 5000000',
      'usage:B2 usage -3000000',
    ]);
    assert.equal(log.at(-1)?.entries[1]?.corrects, 'reversal:usage:B2');
    assert.equal(state.chargedCalls, 1);
    assert.deepEqual([...state.usageByDay], [[day('2026-03-02'), 3_000_000n]]);
  });

  it('forgets a call whose charge was corrected away', () => {
    const charged = call('2026-03-01', '5');
    const { state } = ledger(now, usage('B1', charged), usage('B2', reversalOf(charged)));
    assert.deepEqual(balance(state), moneyOf('0'));
    assert.equal(state.chargedCalls, 0);
  });

  it('books a purchase with its order number and who told it', () => {
    const { state, log } = ledger(now, funding({ id: 'F1', reference: 'order 7' }));
    const booked = log[0]?.entries[0];
    assert.deepEqual(balance(state), moneyOf('100'));
    assert.deepEqual(
      [booked?.id, booked?.kind, booked?.reason, booked?.actor],
      ['funding:F1', 'purchase', 'order 7', 'buyer'],
    );
  });

  it('opens with the first figure read, calls made before it included', () => {
    const { state, log } = ledger(
      now,
      usage('B1', call('2026-02-01', '30')),
      observe({ id: 'O1', at: at('2026-03-01'), usageBefore: 30_000_000n }),
    );
    assert.deepEqual(balance(state), moneyOf('100'));
    assert.deepEqual(journal({ state, log }).at(-1), 'observation:O1#1 opening 130000000');
  });

  it('posts a later figure as an adjustment, with its reason and who read it', () => {
    const { state, log } = ledger(
      now,
      observe({ id: 'O1' }),
      observe({ id: 'O2', at: at('2026-02-01'), amount: moneyOf('90'), reason: 'a call without a row' }),
    );
    const adjustment = log.at(-1)?.entries[0];
    assert.deepEqual(balance(state), moneyOf('90'));
    assert.deepEqual(
      [adjustment?.kind, adjustment?.reason, adjustment?.actor],
      ['adjustment', 'a call without a row', 'reader'],
    );
  });

  it('posts nothing for a figure that is just what the ledger says', () => {
    const { log } = ledger(now, observe({ id: 'O1' }), observe({ id: 'O2', at: at('2026-02-01') }));
    assert.deepEqual(log.at(-1)?.entries, []);
    assert.equal(log.at(-1)?.type, 'balanceObserved');
  });

  it('is told of the passing of time, and posts what lapsed once', () => {
    const before = ledger(now, funding({ id: 'F1', at: at('2026-01-10T08:00') }));
    const lapsed = followedBy(before, { type: 'settle' }, at('2027-01-11'));
    const again = followedBy(lapsed, { type: 'settle' }, at('2027-01-12'));
    assert.deepEqual(balance(lapsed.state), moneyOf('0'));
    assert.equal(journal(lapsed).at(-1), 'expiry:funding:F1#1 expiry -100000000');
    assert.equal(again.log.length, lapsed.log.length);
  });
});

describe('an account refuses', () => {
  const known = ledger(now, funding({ id: 'F1' }), observe({ id: 'O1' })).state;
  const eur = { currency: currencyOf('EUR'), microUnits: 0n };
  const future = now + 24 * 3_600_000 + 1;

  // In the order of precedence: each command has all faults that follow its own, where they can go together.
  const cases: readonly [sentence: string, command: AccountCommand, code: string][] = [
    ['a funding in another currency', funding({ id: 'F1', amount: eur, at: future }), 'wrong-currency'],
    ['a funding of nothing', funding({ id: 'F1', amount: moneyOf('0'), at: future }), 'funding-not-positive'],
    ['a funding below zero', funding({ id: 'F2', amount: moneyOf('-1') }), 'funding-not-positive'],
    ['a funding more than a day ahead', funding({ id: 'F1', at: future }), 'funding-in-future'],
    ['another amount under a known id', funding({ id: 'F1', amount: moneyOf('99') }), 'funding-known'],
    ['another kind under a known id', funding({ id: 'F1', kind: 'recharge' }), 'funding-known'],
    ['another time under a known id', funding({ id: 'F1', at: at('2026-01-02') }), 'funding-known'],
    ['another order under a known id', funding({ id: 'F1', reference: 'order 8' }), 'funding-known'],
    ['a figure in another currency', observe({ id: 'O1', amount: eur, at: now + 1 }), 'wrong-currency'],
    ['a figure read in the future', observe({ id: 'O1', at: now + 1 }), 'observation-in-future'],
    ['another figure under a known id', observe({ id: 'O1', amount: moneyOf('99') }), 'observation-known'],
    ['another reason under a known id', observe({ id: 'O1', reason: 'other' }), 'observation-known'],
  ];
  for (const [sentence, command, code] of cases) {
    it(sentence, () => {
      const decision = account.decide(known, command, now);
      assert.equal(decision.kind === 'refused' ? decision.refusal.code : decision.kind, code);
    });
  }

  it('nothing of a funding dated within a day, by the clock of the shop', () => {
    assert.equal(account.decide(known, funding({ id: 'F2', at: future - 1 }), now).kind, 'accepted');
  });

  it('neither the same funding nor the same figure again, and changes nothing', () => {
    const nothing = { kind: 'accepted', events: [] };
    assert.deepEqual(account.decide(known, funding({ id: 'F1', recordedBy: 'another' }), now), nothing);
    assert.deepEqual(
      account.decide(known, observe({ id: 'O1', usageBefore: 5n, by: 'another' }), now),
      nothing,
    );
  });
});

describe('an account stops at a defect', () => {
  const charge = call('2026-03-01', '5');

  it('of a charge that gives money', () => {
    const command = usage('B1', { ...charge, microUnits: -1n });
    assert.throws(() => account.decide(emptyAccount(usd), command, now), ChargeOfWrongSign);
  });

  it('of a reversal that takes money', () => {
    const command = usage('B1', { ...charge, kind: 'reversal' });
    assert.throws(() => account.decide(emptyAccount(usd), command, now), ChargeOfWrongSign);
  });

  it('of a reversal of what was never charged', () => {
    assert.throws(
      () => account.decide(emptyAccount(usd), usage('B1', reversalOf(charge)), now),
      UsageBelowZero,
    );
  });

  it('of more calls before a figure than there are', () => {
    const { state } = ledger(now, usage('B1', charge));
    const command = observe({ id: 'O1', at: at('2026-03-05'), usageBefore: 5_000_001n });
    assert.throws(() => account.decide(state, command, now), UsageBelowZero);
  });
});

describe('a late fact', () => {
  const opened = ledger(
    now,
    observe({ id: 'O1', at: at('2026-02-01') }),
    observe({ id: 'O2', at: at('2026-03-01T12:00'), amount: moneyOf('80') }),
  );

  it('moves the adjustment and not the balance, where the call was inside the figure', () => {
    const late = followedBy(opened, usage('B1', call('2026-03-01T11:59', '15')), now);
    assert.deepEqual(balance(late.state), moneyOf('80'));
    assert.deepEqual(journal(late).slice(-3), [
      'usage:B1 usage -15000000',
      'reversal:observation:O2#1 reversal 20000000',
      'observation:O2#2 adjustment -5000000',
    ]);
  });

  it('links the new adjustment to the reversal, and the reversal to the old one', () => {
    const late = followedBy(opened, usage('B1', call('2026-03-01T11:59', '15')), now);
    const [reversal, renewed] = late.log.at(-1)?.entries ?? [];
    assert.equal(reversal?.reverses, 'observation:O2#1');
    assert.equal(renewed?.corrects, reversal?.id);
  });

  it('only reverses the adjustment, where it explains all of it', () => {
    const late = followedBy(opened, usage('B1', call('2026-03-01T11:59', '20')), now);
    assert.deepEqual(journal(late).slice(-2), [
      'usage:B1 usage -20000000',
      'reversal:observation:O2#1 reversal 20000000',
    ]);
  });

  it('numbers on, where the adjustment comes back', () => {
    const charge = call('2026-03-01T11:59', '20');
    const explained = followedBy(opened, usage('B1', charge), now);
    const back = followedBy(explained, usage('B2', reversalOf(charge)), now);
    assert.equal(journal(back).at(-1), 'observation:O2#2 adjustment -20000000');
  });

  it('reduces the balance, where the call started at the figure’s instant or after', () => {
    const late = followedBy(opened, usage('B1', call('2026-03-01T12:00', '15')), now);
    assert.deepEqual(balance(late.state), moneyOf('65'));
  });

  it('explains a part of the drift of its check', () => {
    const late = followedBy(opened, usage('B1', call('2026-02-20', '15')), now);
    const check = checks(late.state)[1];
    assert.deepEqual(
      [check?.opening, check?.estimateBefore, check?.drift],
      [false, moneyOf('85'), { amount: moneyOf('-5'), basisPoints: -588 }],
    );
  });

  it('does not move the balance either, where money came in before the figure was read', () => {
    const late = followedBy(opened, funding({ id: 'F1', at: at('2026-02-10') }), now);
    assert.deepEqual(balance(late.state), moneyOf('80'));
    assert.equal(journal(late).at(-1), 'observation:O2#2 adjustment -120000000');
  });

  it('makes the first figure an adjustment, where an earlier one is told', () => {
    const late = followedBy(opened, observe({ id: 'O0', at: at('2026-01-01'), amount: moneyOf('110') }), now);
    assert.deepEqual(journal(late).slice(-3), [
      'observation:O0#1 opening 110000000',
      'reversal:observation:O1#1 reversal -100000000',
      'observation:O1#2 adjustment -10000000',
    ]);
  });

  it('changes what lapsed, where the call took funds that were thought to be left', () => {
    const lapsed = followedBy(ledger(now, funding({ id: 'F1' })), { type: 'settle' }, at('2027-02-01'));
    const late = followedBy(lapsed, usage('B1', call('2026-12-31', '40')), at('2027-02-02'));
    assert.deepEqual(balance(late.state), moneyOf('0'));
    assert.deepEqual(journal(late).slice(-2), [
      'reversal:expiry:funding:F1#1 reversal 100000000',
      'expiry:funding:F1#2 expiry -60000000',
    ]);
  });
});
