import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import type { ForecastAnswer } from '../../src/answers/forecast.ts';
import type { RecommendAnswer } from '../../src/answers/recommend.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs } from '../../src/decision/time.ts';
import type { Question } from '../../src/language/question.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { readers } from '../cards/samples.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';

const daysOfCalls = 60;
const perDay = 5_000_000n;

describe('the forecast and the advice that follows from it', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let young: TenantId;
  let graph: GraphDouble;
  let ports: Ports;

  before(async () => {
    tenant = await tenantWithCalls(daysOfCalls);
    young = await tenantWithCalls(10);
  });
  beforeEach(async () => {
    graph = await startDirectory(tenant);
    ports = portsOf(redis.store, graph);
  });
  afterEach(() => graph.stop());

  /** Five a day, and 200.00 read in the admin centre today. */
  async function tenantWithCalls(days: number): Promise<TenantId> {
    const books = tenantUnderTest(redis.store, freshTenant());
    const calls = Array.from({ length: days }, (_, index) =>
      usageRow({ id: idOf(index + 1), startedAt: now - (index + 1) * dayMs, charge: perDay }),
    );
    await books.record(...calls);
    await books.check('200');
    return books.id;
  }

  const asker = () => ({ ...askerOf(administratorPerson, { tenant }), timeZone: 'UTC' });
  const ask = (question: Question): Promise<Answer> => answerQuestion(ports, question, asker());

  async function forecast(
    until?: Extract<Question, { intent: 'forecast' }>['until'],
  ): Promise<ForecastAnswer> {
    const answer = await ask({ intent: 'forecast', ...(until === undefined ? {} : { until }) });
    return answer.kind === 'forecast' ? answer : assert.fail(`answered with ${answer.kind}`);
  }

  async function outlook(until?: Parameters<typeof forecast>[0]) {
    const outcome = (await forecast(until)).accounts[0]?.outcome;
    return outcome?.kind === 'outlook' ? outcome : assert.fail('there is no outlook');
  }

  it('says when a steady spend uses the balance up, in order', async () => {
    const { zero, daily, daysOfData } = await outlook();
    const { p10, p50, p90 } = zero;
    assert.ok(p10 !== null && p50 !== null && p90 !== null && p10 <= p50 && p50 <= p90);
    // 200 at 5 a day are 40 days.
    assert.ok(p50 >= '2026-12-25' && p50 <= '2027-01-10', p50);
    assert.equal(daily.length, 30);
    assert.ok(daysOfData >= daysOfCalls - 4 && daysOfData < daysOfCalls);
  });

  it('starts from the balance that was confirmed, and says so', async () => {
    const [account] = (await forecast()).accounts;
    assert.equal(account?.from.estimate.microUnits, 200_000_000n);
    assert.equal(account?.from.confirmed?.at, now);
  });

  it('gives the same answer on the same day', async () => {
    assert.deepEqual(await forecast(), await forecast());
  });

  it('tells the chance and the balance of the day that was asked about', async () => {
    const { asked: near } = await outlook('tomorrow');
    const { asked: far } = await outlook('2027-06-30');
    assert.ok(near?.kind === 'within' && far?.kind === 'within');
    assert.deepEqual([near.day, near.lasts, far.lasts], ['2026-11-25', 10_000, 0]);
    assert.ok(near.p10.microUnits <= near.p50.microUnits && near.p50.microUnits <= near.p90.microUnits);
  });

  it('says so where the day is past or beyond the horizon', async () => {
    assert.deepEqual((await outlook('2026-11-01')).asked, { kind: 'past', day: '2026-11-01' });
    assert.deepEqual((await outlook('2029-01-01')).asked, { kind: 'beyond', day: '2029-01-01' });
  });

  it('says how many days are missing where there are too few', async () => {
    const directory = await startDirectory(young);
    try {
      const of = { ...asker(), tenant: young };
      const answer = await answerQuestion(portsOf(redis.store, directory), { intent: 'forecast' }, of);
      assert.ok(answer.kind === 'forecast');
      const outcome = answer.accounts[0]?.outcome;
      assert.ok(outcome?.kind === 'too-early' && outcome.daysNeeded === 14 && outcome.daysOfData < 14);
    } finally {
      await directory.stop();
    }
  });

  it('advises a trigger that three days of such spend do not pass, and guesses nothing of the contract', async () => {
    const answer = await ask({ intent: 'recommend' });
    assert.ok(answer.kind === 'recommend');
    const outcome = onlyOutcome(answer);
    assert.ok(outcome.kind === 'advice');
    assert.ok(outcome.trigger.microUnits >= outcome.worst72Hours.microUnits);
    assert.ok(outcome.amount.microUnits >= 50_000_000n);
    assert.deepEqual(answer.unknown, ['agreement']);
    assert.deepEqual(outcome.warnings, []);
  });

  function onlyOutcome({ accounts }: RecommendAnswer) {
    assert.equal(accounts.length, 1);
    return accounts[0]?.outcome ?? assert.fail('there is no account');
  }

  for (const intent of ['forecast', 'recommend'] as const) {
    it(`answers ${intent} to eligible roles alone, and in person alone`, async () => {
      for (const person of sandboxPeople) {
        const own = await answerQuestion(ports, { intent }, askerOf(person, { tenant }));
        assert.equal(own.kind, mayAsk(person) ? intent : 'not-eligible', person.displayName);
        const shared = askerOf(person, { tenant, scope: 'shared' });
        const seen = await answerQuestion(ports, { intent }, shared);
        assert.equal(seen.kind, mayAsk(person) ? 'in-person' : 'not-eligible', person.displayName);
      }
    });

    it(`is rendered in both languages: ${intent}`, async () => {
      const answer = await ask({ intent });
      for (const reader of Object.values(readers))
        assert.ok(render(answer, { ...reader, now }).text.split('\n').length > 5);
    });
  }
});
