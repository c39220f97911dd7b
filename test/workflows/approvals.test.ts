import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import { dayMs } from '../../src/decision/time.ts';
import type { Question } from '../../src/language/question.ts';
import { answerQuestion, type SaidBeside } from '../../src/workflows/answer-question.ts';
import { withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';
import { askerFor, type Name, type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

describe('questions about top-ups', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;

  beforeEach(() => {
    topUps = topUpsUnderTest(redis.store);
  });

  const ask = (who: Name, question: Question, beside?: SaidBeside): Promise<Answer> =>
    answerQuestion(topUps.ports, question, askerFor(who, topUps.tenant), beside);
  const approvals = async (beside?: SaidBeside) => {
    const answer = await ask('jihoon', { intent: 'approvals' }, beside);
    return answer.kind === 'approvals' ? answer : assert.fail(answer.kind);
  };

  it('are answered with what is open, and with what was decided in a period', async () => {
    const first = await topUps.submit('grace', '150');
    topUps.setClock(now - 40 * dayMs);
    await topUps.submit('grace', '1000');
    topUps.setClock(now);
    await topUps.decide('marcus', 'topup.approve', first, { comment: 'fine' });
    const all = await approvals();
    assert.deepEqual(
      all.rows.map(({ number, status, open }) => [number, status, open]),
      [
        [2, 'expired', false],
        [1, 'approved', true],
      ],
    );
    assert.deepEqual([all.open, all.total, all.older], [1, 2, null]);

    const month = await approvals({ period: 'this_month' });
    assert.deepEqual(
      month.rows.map(({ number, approvals: by }) => [number, by[0]?.name]),
      [[1, 'Marcus']],
    );
    assert.deepEqual((await approvals({ period: 'last_month' })).rows, []);
  });

  it('are answered with one request where its number is said', async () => {
    const number = await topUps.submit('grace', '150');
    const known = await ask('jihoon', { intent: 'approvals' }, { request: number });
    assert.equal(known.kind === 'topup' && known.number, number);
    const unknown = await ask('jihoon', { intent: 'approvals' }, { request: 99 });
    assert.deepEqual(unknown, { kind: 'refused', code: 'topup-unknown', data: { number: 99 } });
  });

  it('are answered page by page, and no request is left out or told twice', async () => {
    for (let index = 0; index < 23; index += 1) {
      const number = await topUps.submit('grace', '150');
      await topUps.decide('grace', 'topup.cancel', number);
    }
    const numbers: number[] = [];
    let page = await approvals();
    for (;;) {
      numbers.push(...page.rows.map(({ number }) => number));
      if (page.older === null) break;
      const next = await topUps.tap('jihoon', 'approvals.older', { below: page.older });
      page = next.kind === 'approvals' ? next : assert.fail(next.kind);
    }
    assert.deepEqual(
      numbers,
      Array.from({ length: 23 }, (_, index) => 23 - index),
    );
  });

  it('are answered in person alone', async () => {
    for (const intent of ['topup', 'approvals'] as const) {
      const asker = { ...askerFor('jihoon', topUps.tenant), scope: 'shared' as const };
      assert.deepEqual(await answerQuestion(topUps.ports, { intent }, asker), { kind: 'in-person', intent });
    }
  });

  describe('that begin one', () => {
    const form = async (question: Omit<Extract<Question, { intent: 'topup' }>, 'intent'> = {}) => {
      const answer = await ask('jihoon', { intent: 'topup', ...question });
      return answer.kind === 'topup-form' ? answer : assert.fail(answer.kind);
    };

    it('open a form with the amount that was said, and who would have to approve it', async () => {
      const { typed, source, seats, refusal, runway } = await form({ amount: 2500, currency: 'USD' });
      assert.deepEqual(
        [typed.amount, source, seats.length, refusal, runway],
        ['2500.00', 'asked', 2, null, null],
      );
    });

    it('open a form with the amount that is advised, and how long the money lasts with it and without', async () => {
      const days = Array.from({ length: 60 }, (_, index) =>
        usageRow({
          id: idOf(index + 1),
          startedAt: now - (index + 3) * dayMs,
          charge: 5_000_000n,
        }),
      );
      const books = tenantUnderTest(redis.store, topUps.tenant);
      await books.check('400', { observedAt: now - 100 * dayMs, at: now - 100 * dayMs });
      await books.record(...days);
      const { amount, source, usualMonth, runway, balance } = await form();
      assert.equal(source, 'advised');
      assert.ok((amount?.microUnits ?? 0n) > 0n && (usualMonth?.microUnits ?? 0n) > 0n);
      assert.equal(balance?.microUnits, 100_000_000n);
      assert.ok(runway?.before && runway.after && runway.before < runway.after, JSON.stringify(runway));
    });

    it('say so where the amount or the currency cannot be asked for', async () => {
      await topUps.fund('10');
      assert.equal((await form({ amount: 60_000 })).refusal?.code, 'topup-over-limit');
      assert.equal((await form({ amount: 5.001 })).refusal?.code, 'amount-too-precise');
      assert.equal((await form({ amount: 50, currency: 'EUR' })).refusal?.code, 'wrong-currency');
    });

    it('open another form each time, and the same tap the same one', async () => {
      const forms = await Promise.all(
        ['card', 'card', 'other'].map((message) =>
          topUps.tap('jihoon', 'topup.open', { amount: '5' }, message),
        ),
      );
      const [one, same, other] = forms.map((answer) => answer.kind === 'topup-form' && answer.form);
      assert.equal(one, same);
      assert.notEqual(one, other);
    });
  });
});
