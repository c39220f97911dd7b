import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readTopUp, readTopUpEvent, storeTopUp, storeTopUpEvent } from '../../src/approvals/stored-top-up.ts';
import { NotBegun, topUp } from '../../src/approvals/top-up.ts';
import type { TopUpCommand } from '../../src/approvals/top-up-events.ts';
import type { TopUp } from '../../src/approvals/top-up-state.ts';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { moneyOf } from '../money/builders.ts';
import {
  accept,
  actor,
  approve,
  bought,
  grace,
  having,
  ingrid,
  jihoon,
  marcus,
  policy,
  reject,
  seoyeon,
  start,
  submitted,
  verdict,
  wish,
} from './builders.ts';

const small = submitted('200');
const large = submitted('2500');
const approvedSmall = having(small, [approve(actor(marcus))]);
const purchased = having(approvedSmall, [bought(actor(seoyeon), '200')]);
const proven = having(purchased, [{ type: 'prove', by: marcus }]);
const cancelled = having(small, [{ type: 'cancel', by: grace, comment: null }]);
const disproved = having(purchased, [{ type: 'disprove', by: marcus }]);
const unproven = having(purchased, [{ type: 'passTime' }], start + dayMs);

const edit = (amount: string, by = grace, revision = 1): TopUpCommand => ({
  type: 'edit',
  by,
  wish: wish(amount),
  revision,
});
const override = (balance: bigint, by = actor(grace)): TopUpCommand => ({
  type: 'override',
  by,
  balance,
  revision: 1,
});

describe('a request', () => {
  const rows: readonly (readonly [
    sentence: string,
    state: TopUp,
    command: TopUpCommand,
    expected: string,
    at?: number,
  ])[] = [
    ['is approved by one who may', small, approve(actor(marcus)), 'approved'],
    ['is not approved by the requester', small, approve(actor(grace)), 'topup-own-request'],
    [
      'is not approved for the requester by a delegate',
      small,
      approve(actor(ingrid, grace)),
      'topup-not-approver',
    ],
    ['is approved by a delegate of another', small, approve(actor(ingrid, seoyeon)), 'approved'],
    [
      'is not approved with a role that no seat asks for',
      small,
      approve(actor(jihoon)),
      'topup-not-approver',
    ],
    ['is not approved as it no longer stands', small, approve(actor(marcus), 2), 'topup-changed'],
    ['waits for the second of two', large, approve(actor(marcus)), 'pending'],
    ['is rejected by one who may', small, reject(actor(marcus)), 'rejected'],
    ['is not rejected without a word', small, reject(actor(marcus), null), 'topup-comment-missing'],
    ['is not rejected by the requester', small, reject(actor(grace)), 'topup-own-request'],
    ['is not rejected by anybody', small, reject(actor(jihoon)), 'topup-not-approver'],
    ['is cancelled by the requester', small, { type: 'cancel', by: grace, comment: null }, 'cancelled'],
    [
      'is not cancelled by others',
      small,
      { type: 'cancel', by: marcus, comment: null },
      'topup-not-requester',
    ],
    [
      'may be cancelled once approved',
      approvedSmall,
      { type: 'cancel', by: grace, comment: null },
      'cancelled',
    ],
    [
      'may not be cancelled once bought',
      purchased,
      { type: 'cancel', by: grace, comment: null },
      'topup-closed',
    ],
    ['is not approved once it is over', cancelled, approve(actor(marcus)), 'topup-closed'],
    [
      'is not approved when its time is over',
      small,
      approve(actor(marcus)),
      'topup-closed',
      start + 72 * hourMs,
    ],
    ['is approved a moment before', small, approve(actor(marcus)), 'approved', start + 72 * hourMs - 1],
    ['is not bought before it is approved', small, bought(actor(seoyeon), '200'), 'topup-not-approved'],
    ['is bought once approved', approvedSmall, bought(actor(seoyeon), '200'), 'purchased'],
    ['is bought by the requester too', approvedSmall, bought(actor(grace), '200'), 'purchased'],
    ['is not bought by one who cannot buy', approvedSmall, bought(actor(jihoon), '200'), 'topup-not-buyer'],
    [
      'is not bought with a right of another',
      approvedSmall,
      bought(actor(jihoon, seoyeon), '200'),
      'topup-not-buyer',
    ],
    ['is not bought for nothing', approvedSmall, bought(actor(seoyeon), '0'), 'topup-not-positive'],
    [
      'is not bought in another currency',
      approvedSmall,
      {
        type: 'recordPurchase',
        by: actor(seoyeon),
        purchase: { orderNumber: 'E1', amount: moneyOf('200', 'EUR'), boughtAt: start },
      },
      'wrong-currency',
    ],
    [
      'is not bought the day after tomorrow',
      approvedSmall,
      bought(actor(seoyeon), '200', start + 2 * dayMs),
      'purchase-in-future',
    ],
    [
      'was not bought before it was asked for',
      approvedSmall,
      bought(actor(seoyeon), '200', start - 2 * dayMs),
      'purchase-before-request',
    ],
    [
      'is not bought when its time is over',
      approvedSmall,
      bought(actor(seoyeon), '200'),
      'topup-closed',
      start + 48 * hourMs,
    ],
    ['is not bought twice', purchased, bought(actor(seoyeon), '200'), 'topup-closed'],
    [
      'stays approved where the purchase failed',
      approvedSmall,
      { type: 'failPurchase', by: actor(seoyeon), comment: 'card expired' },
      'approved',
    ],
    ['is proven by the balance', purchased, { type: 'prove', by: null }, 'proven'],
    ['is not proven before it is bought', approvedSmall, { type: 'prove', by: null }, 'topup-closed'],
    ['is proven once', proven, { type: 'prove', by: null }, 'proven'],
    [
      'is open again where the balance does not show it',
      purchased,
      { type: 'disprove', by: marcus },
      'reopened',
    ],
    ['is bought again after that', disproved, bought(actor(seoyeon), '200'), 'purchased'],
    [
      'is not bought again before somebody looked',
      unproven,
      bought(actor(seoyeon), '200'),
      'topup-check-first',
    ],
    ['is proven late', unproven, { type: 'prove', by: null }, 'proven'],
    ['is given up', unproven, { type: 'cancel', by: grace, comment: null }, 'cancelled'],
    [
      'is not proven once it was given up',
      having(unproven, [{ type: 'cancel', by: grace, comment: null }]),
      { type: 'prove', by: null },
      'topup-closed',
    ],
    ['is changed by the requester', small, edit('300'), 'pending'],
    ['is not changed by others', small, edit('300', marcus), 'topup-not-requester'],
    ['is not changed beyond the limit', small, edit('50001'), 'topup-over-limit'],
    ['is not changed once it is over', cancelled, edit('300'), 'topup-closed'],
    ['waits anew where the amount changed', approvedSmall, edit('300'), 'pending'],
    ['is forced where nothing is left', small, override(0n), 'approved'],
    ['is not forced while money is left', small, override(1n), 'topup-balance-left'],
    ['is not forced above the cap', large, override(-1n), 'topup-over-cap'],
    ['is not forced by one who could not approve', small, override(0n, actor(jihoon)), 'topup-not-approver'],
    ['is not forced for somebody absent', small, override(0n, actor(ingrid, seoyeon)), 'topup-not-approver'],
    ['is not forced once approved', approvedSmall, override(0n), 'topup-closed'],
  ];
  for (const [sentence, state, command, expected, at = start] of rows) {
    it(sentence, () => {
      const decision = topUp.decide(state, command, at);
      const told =
        decision.kind === 'refused'
          ? decision.refusal.code
          : decision.events.reduce(topUp.evolve, state).status;
      assert.equal(told, expected);
    });
  }

  it('tells the loser what won', () => {
    const decision = topUp.decide(cancelled, approve(actor(marcus)), start);
    assert.deepEqual(decision.kind === 'refused' && decision.refusal.data, { status: 'cancelled' });
    const late = topUp.decide(small, approve(actor(marcus)), start + 72 * hourMs);
    assert.deepEqual(late.kind === 'refused' && late.refusal.data, { status: 'expired' });
  });

  it('takes the same approval again without a trace', () => {
    const once = having(large, [approve(actor(marcus))]);
    assert.deepEqual(accept(once, approve(actor(marcus))).events, []);
  });

  it('turns away an approval that fills no further seat, and takes the one that does', () => {
    const once = having(large, [approve(actor(marcus))]);
    const other = {
      ...actor(jihoon),
      rights: [{ of: jihoon, roles: [...(actor(marcus).rights[0]?.roles ?? [])] }],
    };
    assert.equal(verdict(once, approve(other)), 'topup-not-needed');
    assert.equal(having(once, [approve(actor(seoyeon))]).status, 'approved');
  });

  it('passes in either order', () => {
    const two = [approve(actor(marcus)), approve(actor(seoyeon))];
    assert.equal(having(large, two).status, 'approved');
    assert.equal(having(large, [...two].reverse()).status, 'approved');
  });

  it('names both the delegate and the absent person', () => {
    const { approvals, trail } = having(small, [approve(actor(ingrid, seoyeon))]);
    assert.deepEqual(
      approvals.map(({ person, actsFor }) => [person, actsFor]),
      [[ingrid, seoyeon]],
    );
    assert.deepEqual(trail[1], { type: 'approved', at: start, by: ingrid, actsFor: seoyeon, comment: null });
  });

  it('voids what was approved when the amount changes, and keeps it when only the reason does', () => {
    const half = having(large, [approve(actor(marcus))]);
    const changed = having(half, [edit('2600')]);
    assert.deepEqual([changed.approvals, changed.revision, changed.status], [[], 2, 'pending']);
    const reworded = having(approvedSmall, [
      { type: 'edit', by: grace, wish: wish('200', { reason: 'other' }), revision: 1 },
    ]);
    assert.deepEqual([reworded.approvals.length, reworded.revision, reworded.status], [1, 2, 'approved']);
  });

  it('takes the rule of the new amount', () => {
    assert.equal(having(small, [edit('2500')]).seats.length, 2);
    assert.equal(having(large, [edit('50')]).seats.length, 1);
  });

  it('tells who, when and by which rule in every event', () => {
    const { events } = accept(small, approve(actor(marcus), 1, 'fine'));
    assert.deepEqual(
      events.map(({ type, at, by, rule, comment }) => ({ type, at, by, rule, comment })),
      [
        { type: 'approved', at: start, by: marcus, rule: { policy: 1, band: 1 }, comment: 'fine' },
        { type: 'granted', at: start, by: marcus, rule: { policy: 1, band: 1 }, comment: null },
      ],
    );
  });

  it('is refused a second beginning, and a beginning without a request', () => {
    const opening = { number: 1, policy };
    assert.equal(verdict(small, { type: 'submit', by: grace, wish: wish('1'), opening }), 'topup-known');
    assert.equal(verdict({ status: 'draft' }, approve(actor(marcus))), 'topup-unknown');
    const [event] = accept(small, approve(actor(marcus))).events;
    assert.throws(() => topUp.evolve({ status: 'draft' }, event ?? assert.fail('no event')), NotBegun);
  });

  for (const [amount, code] of [
    ['0', 'topup-not-positive'],
    ['50001', 'topup-over-limit'],
  ] as const) {
    it(`is refused for ${amount}`, () => {
      const opening = { number: 1, policy };
      assert.equal(
        verdict({ status: 'draft' }, { type: 'submit', by: grace, wish: wish(amount), opening }),
        code,
      );
    });
  }
});

describe('a purchase of another amount', () => {
  const more = having(approvedSmall, [bought(actor(seoyeon), '2500')]);

  it('asks the quorum of the whole amount, without whoever asked or bought', () => {
    assert.equal(more.status, 'purchased');
    assert.equal(more.review?.why, 'difference');
    assert.equal(more.review?.seats.length, 2);
    assert.equal(verdict(more, approve(actor(grace))), 'topup-own-request');
    assert.equal(verdict(more, approve(actor(seoyeon))), 'topup-own-request');
    const half = having(more, [approve(actor(marcus))]);
    assert.equal(half.review?.outcome, 'open');
  });

  it('is closed by that quorum, even after the proof', () => {
    const little = having(approvedSmall, [bought(actor(grace), '250'), { type: 'prove', by: null }]);
    const done = having(little, [approve(actor(seoyeon))]);
    assert.deepEqual([done.status, done.review?.outcome], ['proven', 'approved']);
    assert.equal(verdict(done, approve(actor(marcus))), 'topup-closed');
  });

  it('may be objected to with a word', () => {
    assert.equal(verdict(more, reject(actor(marcus), null)), 'topup-comment-missing');
    const objected = having(more, [reject(actor(marcus), 'why so much?')]);
    assert.deepEqual([objected.status, objected.review?.outcome], ['purchased', 'objected']);
  });

  it('asks nobody where it is less', () => {
    assert.equal(having(approvedSmall, [bought(actor(seoyeon), '150')]).review, null);
  });
});

describe('a request that one person forced', () => {
  const forced = having(small, [override(0n)]);

  it('is looked at by others within 72 hours, or flagged', () => {
    assert.equal(verdict(forced, approve(actor(grace))), 'topup-own-request');
    assert.equal(having(forced, [approve(actor(marcus))]).review?.outcome, 'approved');
    const late = having(forced, [{ type: 'passTime' }], start + 72 * hourMs);
    assert.equal(late.review?.outcome, 'overdue');
    assert.equal(having(late, [approve(actor(marcus))]).review?.outcome, 'approved');
  });

  it('is not changed afterwards', () => {
    assert.equal(verdict(forced, edit('250')), 'topup-closed');
  });

  it('keeps earlier approvals of others, and none given in place of who forced it', () => {
    const half = having(submitted('400'), []);
    const two: TopUp = { ...half, seats: [...half.seats, ...half.seats] };
    const approvedForSeoyeon = having(two, [approve(actor(ingrid, seoyeon))]);
    const bySeoyeon = having(approvedForSeoyeon, [override(0n, actor(seoyeon))]);
    assert.deepEqual(bySeoyeon.review?.approvals, []);
    const byGrace = having(approvedForSeoyeon, [override(0n)]);
    assert.equal(byGrace.review?.approvals.length, 1);
  });
});

describe('the stored shapes', () => {
  const states = [
    small,
    large,
    approvedSmall,
    purchased,
    proven,
    cancelled,
    disproved,
    unproven,
    having(small, [override(0n)]),
  ];
  for (const state of states) {
    it(`of a request that is ${state.status} are read back`, () => {
      assert.deepEqual(readTopUp(JSON.parse(JSON.stringify(storeTopUp(state)))), state);
    });
  }

  it('of the first version are still read, and written as they were', () => {
    const fixture = new URL('fixtures/stored-v1.json', import.meta.url);
    const { request, events } = JSON.parse(readFileSync(fixture, 'utf8'));
    assert.deepEqual(storeTopUp(readTopUp(request)), request);
    for (const event of events) assert.deepEqual(storeTopUpEvent(readTopUpEvent(event)), event);
  });

  it('of every event are read back', () => {
    const commands: readonly (readonly [TopUp, TopUpCommand, number?])[] = [
      [small, approve(actor(marcus), 1, 'fine')],
      [small, reject(actor(marcus))],
      [small, edit('300')],
      [small, override(0n)],
      [small, { type: 'passTime' }, start + 24 * hourMs],
      [small, { type: 'passTime' }, start + 72 * hourMs],
      [small, { type: 'reroute', possible: [] }],
      [approvedSmall, { type: 'passTime' }, start + 48 * hourMs],
      [approvedSmall, bought(actor(seoyeon), '2500')],
      [approvedSmall, { type: 'failPurchase', by: actor(seoyeon), comment: null }],
      [approvedSmall, { type: 'cancel', by: grace, comment: 'no need' }],
      [purchased, { type: 'prove', by: null }],
      [purchased, { type: 'disprove', by: null }],
      [having(small, [override(0n)]), approve(actor(marcus))],
      [having(small, [override(0n)]), { type: 'passTime' }, start + 72 * hourMs],
    ];
    const events = commands.flatMap(([state, command, at]) => accept(state, command, at).events);
    assert.equal(new Set(events.map(({ type }) => type)).size, 16, 'all types but the request itself');
    for (const event of events) {
      assert.deepEqual(readTopUpEvent(JSON.parse(JSON.stringify(storeTopUpEvent(event)))), event);
    }
    const opening = { number: 42, policy };
    const [requested] = accept(
      { status: 'draft' },
      { type: 'submit', by: grace, wish: wish('5'), opening },
    ).events;
    assert.deepEqual(readTopUpEvent(storeTopUpEvent(requested ?? assert.fail('no event'))), requested);
  });
});
