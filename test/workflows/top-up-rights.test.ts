import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import { type TopUpVerb, topUpVerbs } from '../../src/answers/top-up.ts';
import { billingAdministrator, globalAdministrator } from '../../src/approvals/policy.ts';
import { defaultRoles } from '../../src/people/role-catalogue.ts';
import roles from '../../src/people/roles.json' with { type: 'json' };
import { act } from '../../src/workflows/act.ts';
import { withRedis } from '../fakes/redis.ts';
import { askerFor, type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

/** What a verb needs, and to which state of a request of Grace's for 400 dollars it is put. */
interface Row {
  readonly before: 'pending' | 'approved';
  readonly data: object;
  /** The roles whose holders may; the others are told why not, by this code. */
  readonly may: readonly string[] | 'all' | 'requester';
  readonly otherwise: string;
}

const buyers = [billingAdministrator, globalAdministrator];

/** Every verb of a request has a row here, or the test below fails. */
const matrix: Readonly<Record<TopUpVerb, Row>> = {
  'topup.open': { before: 'pending', data: {}, may: 'all', otherwise: '' },
  'topup.submit': {
    before: 'pending',
    data: { form: 'edit', amount: '900', currency: 'USD' },
    may: 'requester',
    otherwise: 'topup-not-requester',
  },
  'topup.view': { before: 'pending', data: {}, may: 'all', otherwise: '' },
  'topup.delegate': { before: 'pending', data: {}, may: 'all', otherwise: '' },
  'topup.undelegate': { before: 'pending', data: {}, may: 'all', otherwise: '' },
  'topup.approve': {
    before: 'pending',
    data: {},
    may: [billingAdministrator],
    otherwise: 'topup-not-approver',
  },
  'topup.reject': {
    before: 'pending',
    data: { comment: 'no' },
    may: [billingAdministrator],
    otherwise: 'topup-not-approver',
  },
  'topup.override': {
    before: 'pending',
    data: {},
    may: [billingAdministrator],
    otherwise: 'topup-not-approver',
  },
  'topup.cancel': { before: 'pending', data: {}, may: 'requester', otherwise: 'topup-not-requester' },
  'topup.recordPurchase': {
    before: 'approved',
    data: { orderNumber: 'E1' },
    may: buyers,
    otherwise: 'topup-not-buyer',
  },
  'topup.purchaseFailed': { before: 'approved', data: {}, may: buyers, otherwise: 'topup-not-buyer' },
};

/** Why a holder of the role may not; null where it may. */
function expectation({ may, otherwise }: Row, role: string): string | null {
  if (!defaultRoles.includes(role)) return 'no-role';
  return may === 'all' || (may !== 'requester' && may.includes(role)) ? null : otherwise;
}

function codeOf(answer: Answer): string | null {
  if (answer.kind === 'not-eligible') return answer.reason;
  return answer.kind === 'topup' ? (answer.note?.code ?? null) : null;
}

describe('who may do what with a request', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;

  beforeEach(() => {
    topUps = topUpsUnderTest(redis.store);
  });

  it('has a row for every verb', () => {
    assert.deepEqual(Object.keys(matrix).sort(), [...topUpVerbs].sort());
  });

  /** Of an amount that only a Billing Administrator approves. */
  async function requestThatIs(status: Row['before']): Promise<number> {
    const number = await topUps.submit('grace', '400');
    if (status === 'pending') return number;
    await topUps.decide('seoyeon', 'topup.approve', number);
    return number;
  }

  for (const verb of topUpVerbs) {
    const row = matrix[verb];
    for (const { roleTemplateId, displayName } of roles) {
      const expected = expectation(row, roleTemplateId);
      it(`${verb} by a ${displayName} in person is ${expected === null ? 'done' : 'refused'}`, async () => {
        const number = await requestThatIs(row.before);
        const { revision, version } = await topUps.view('grace', number);
        topUps.setRoles('ingrid', [roleTemplateId]);
        const data = verb === 'topup.delegate' ? {} : { request: number, revision, version, ...row.data };
        const before = await topUps.heads();
        assert.equal(codeOf(await topUps.tap('ingrid', verb, data)), expected);
        if (expected === null) return;
        assert.deepEqual(
          (await topUps.heads()).get(`topup:${number}`),
          before.get(`topup:${number}`),
          'a refusal changes nothing of the request',
        );
      });
    }

    it(`${verb} by one without a role is not even told of the request`, async () => {
      const number = await requestThatIs(row.before);
      topUps.setRoles('ingrid', []);
      const data = { request: number, revision: 1, version: 1, roles: [billingAdministrator], ...row.data };
      assert.deepEqual(await topUps.tap('ingrid', verb, data), { kind: 'not-eligible', reason: 'no-role' });
    });

    it(`${verb} is not done where others read along`, async () => {
      const number = await requestThatIs(row.before);
      const before = await topUps.heads();
      const data = { request: number, revision: 1, version: 1, ...row.data };
      const asker = { ...askerFor('seoyeon', topUps.tenant), scope: 'shared' as const };
      const answer = await act(topUps.ports, { verb, data, messageId: 'card' }, asker);
      assert.equal(answer.kind === 'refused' && answer.code, 'personal-only');
      assert.deepEqual(await topUps.heads(), before);
    });

    it(`${verb} with data that no card carries is refused`, async () => {
      const strange = [
        null,
        'text',
        [],
        { request: -1 },
        { request: '1e3' },
        { request: {} },
        { delegate: 5 },
      ];
      for (const data of strange) {
        const answer = await act(
          topUps.ports,
          { verb, data, messageId: 'card' },
          askerFor('seoyeon', topUps.tenant),
        );
        const isHarmless = ['refused', 'topup-form', 'delegations'].includes(answer.kind);
        assert.ok(isHarmless, `${JSON.stringify(data)}: ${answer.kind}`);
      }
      assert.equal(await redis.store.knowsTenant(topUps.tenant), false);
    });
  }

  it('lets nobody approve their own, in whatever role', async () => {
    for (const roleTemplateId of defaultRoles) {
      const own = topUpsUnderTest(redis.store);
      own.setRoles('ingrid', [roleTemplateId]);
      const number = await own.submit('ingrid', '150');
      const { note, status } = await own.decide('ingrid', 'topup.approve', number);
      assert.deepEqual([note?.code, status], ['topup-own-request', 'pending']);
    }
  });

  const inputs: readonly (readonly [sentence: string, told: object, code: string])[] = [
    ['an amount below zero', { amount: '-5' }, 'topup-not-positive'],
    ['an amount that is none', { amount: 'NaN' }, 'amount-not-a-number'],
    ['an amount beyond numbers', { amount: '1e309' }, 'amount-not-a-number'],
    ['an amount with too many decimals', { amount: '5.001' }, 'amount-too-precise'],
    ['an amount beyond the limit', { amount: '50000.01' }, 'topup-over-limit'],
    ['no amount', { amount: '0' }, 'topup-not-positive'],
    ['an amount beyond all that is counted', { amount: '9'.repeat(30) }, 'amount-too-large'],
    ['another currency', { currency: 'EUR' }, 'wrong-currency'],
    ['a currency that is none', { currency: 'XX$' }, 'unknown-currency'],
    ['a link in the reason', { reason: 'see https://pay.example' }, 'text-has-link'],
    ['a mention in the reason', { reason: '<at>all</at>' }, 'text-has-markup'],
    ['a reason that turns the line', { reason: 'a\u202eb' }, 'text-has-hidden'],
    ['a reason that hides something', { reason: 'a\u200bb' }, 'text-has-hidden'],
    ['a reason as long as a page', { reason: 'x'.repeat(501) }, 'text-too-long'],
    ['a card number in the reason', { reason: '4111 1111 1111 1111' }, 'text-has-card-number'],
    ['a card number as the amount', { amount: '4111111111111111' }, 'text-has-card-number'],
    ['a day that is over', { neededBy: '2020-01-01' }, 'needed-by-unreadable'],
  ];
  for (const [sentence, told, code] of inputs) {
    it(`refuses ${sentence}, keeps what was typed, and changes nothing`, async () => {
      await topUps.fund('10');
      const before = await topUps.heads();
      const form = { form: 'a form', amount: '500', currency: 'USD', reason: '', ...told };
      const answer = await topUps.tap('grace', 'topup.submit', form);
      assert.ok(answer.kind === 'topup-form', answer.kind);
      assert.equal(answer.refusal?.code, code);
      assert.equal(JSON.stringify(answer.typed).includes('4111'), false, 'no card number is shown again');
      if (code !== 'text-has-card-number') {
        assert.deepEqual([answer.typed.reason, answer.typed.amount], [form.reason, form.amount]);
      }
      assert.deepEqual(await topUps.heads(), before);
    });
  }

  it('refuses a comment with a link, and takes none for a rejection', async () => {
    const number = await topUps.submit('grace', '400');
    const linked = await topUps.decide('seoyeon', 'topup.reject', number, { comment: 'see www.x.example' });
    assert.deepEqual([linked.status, linked.note?.code], ['pending', 'text-has-link']);
    const silent = await topUps.decide('seoyeon', 'topup.reject', number, { comment: '  ' });
    assert.deepEqual([silent.status, silent.note?.code], ['pending', 'topup-comment-missing']);
    const rejected = await topUps.decide('seoyeon', 'topup.reject', number, { comment: 'not now' });
    assert.deepEqual([rejected.status, rejected.trail.at(-1)?.comment], ['rejected', 'not now']);
  });

  it('takes an invoke that comes twice as one, though the request went on meanwhile', async () => {
    const number = await topUps.submit('grace', '400');
    const { revision, version } = await topUps.view('seoyeon', number);
    const data = { request: number, revision, version };
    await topUps.tap('seoyeon', 'topup.approve', data);
    await topUps.decide('grace', 'topup.cancel', number);
    const again = await topUps.tap('seoyeon', 'topup.approve', data);
    assert.deepEqual(again.kind === 'topup' && [again.status, again.note], ['cancelled', null]);
  });
});
