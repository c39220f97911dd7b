import assert from 'node:assert/strict';
import type { AccountEvent, AccountState } from '../../src/ledger/account.ts';
import { ledgerFacts, type Violation, verify } from '../../src/ledger/verify.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { at, call, followedBy, funding, ledger, observe, usage } from './builders.ts';

const now = at('2026-06-01');
const sound = ledger(
  now,
  funding({ id: 'F1' }),
  usage('B1', call('2026-03-01', '30')),
  observe({ id: 'O1', at: at('2026-04-01'), amount: moneyOf('50'), usageBefore: 30_000_000n }),
);

describe('verify', () => {
  it('finds nothing in a sound ledger', () => {
    assert.deepEqual(verify(sound.state, sound.log), []);
  });

  const [first] = sound.log;
  const [entry] = first?.entries ?? [];
  assert.ok(first?.type === 'fundingRecorded' && entry !== undefined);
  const tampered = (change: Partial<typeof entry>): readonly AccountEvent[] => [
    { ...first, entries: [{ ...entry, ...change }] },
    ...sound.log.slice(1),
  ];
  const state = (change: Partial<AccountState>): AccountState => ({ ...sound.state, ...change });

  const cases: readonly [
    sentence: string,
    state: AccountState,
    log: readonly AccountEvent[],
    codes: readonly Violation['code'][],
  ][] = [
    [
      'an entry with one side',
      sound.state,
      tampered({ postings: [{ account: 'credits', microUnits: 100_000_000n }] }),
      ['entry-unbalanced', 'total-differs', 'replay-differs'],
    ],
    [
      'an entry in another currency',
      sound.state,
      tampered({ currency: currencyOf('EUR') }),
      ['entry-in-other-currency'],
    ],
    [
      'an event that is missing',
      sound.state,
      sound.log.slice(1),
      ['total-differs', 'total-differs', 'entry-count-differs', 'replay-differs'],
    ],
    [
      'an event that is there twice',
      sound.state,
      [first, ...sound.log],
      ['entry-id-repeated', 'total-differs', 'total-differs', 'entry-count-differs', 'replay-differs'],
    ],
    [
      'a balance that was changed by hand',
      state({ totals: { ...sound.state.totals, credits: 1n } }),
      sound.log,
      ['totals-unbalanced', 'total-differs', 'replay-differs', 'lots-differ'],
    ],
    [
      'calls that were forgotten',
      state({ usageByDay: new Map(), observations: [] }),
      sound.log,
      ['replay-differs', 'lots-differ', 'settlement-due'],
    ],
    [
      'funds that lapsed and were not posted as such',
      state({ settledAt: at('2027-06-01') }),
      sound.log,
      ['replay-differs', 'lots-differ', 'settlement-due'],
    ],
  ];
  for (const [sentence, seen, log, codes] of cases) {
    it(`finds ${sentence}`, () => {
      assert.deepEqual(
        verify(seen, log).map(({ code }) => code),
        codes,
      );
    });
  }

  it('says what is wrong in figures', () => {
    const violations = verify({ ...sound.state, entries: 7 }, sound.log);
    assert.deepEqual(violations[0], { code: 'entry-count-differs', data: { kept: 7, posted: 3 } });
  });
});

describe('ledgerFacts', () => {
  it('are the facts, what was concluded from them, and the totals', () => {
    assert.deepEqual(ledgerFacts(sound.state), [
      '["USD","funding","F1","purchase","100000000","1767225600000",null]',
      '["USD","observation","O1","50000000","1775001600000","30000000","monthly check"]',
      '["USD","settlement","observation:O1","opening","1775001600000","-20000000"]',
      '["USD","total","adjustment","0"]',
      '["USD","total","credits","50000000"]',
      '["USD","total","expiry","0"]',
      '["USD","total","funding","-80000000"]',
      '["USD","total","usage","30000000"]',
      '["USD","usage","2026-03-01","30000000"]',
    ]);
  });

  const others: readonly [sentence: string, command: Parameters<typeof followedBy>[1]][] = [
    ['a call', usage('B2', call('2026-05-01', '0.000001'))],
    ['a call inside a figure', usage('B2', call('2026-02-01', '0.000001'))],
    ['a purchase', funding({ id: 'F2', at: at('2026-05-01') })],
    [
      'a figure that says what the ledger says',
      observe({ id: 'O2', at: at('2026-05-01'), amount: moneyOf('50'), usageBefore: 30_000_000n }),
    ],
  ];
  for (const [sentence, command] of others) {
    it(`are others after ${sentence}`, () => {
      assert.notDeepEqual(ledgerFacts(followedBy(sound, command, now).state), ledgerFacts(sound.state));
    });
  }
});
