import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { addDays, minuteMs, utcDay } from '../../src/decision/time.ts';
import { type Question, questionSchema } from '../../src/language/question.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { act } from '../../src/workflows/act.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import { DirectoryUnavailable, type Ports } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import {
  administratorPerson,
  askerOf,
  mayAsk,
  portsOf,
  shows,
  startDirectory,
} from './product-under-test.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';

/** Figures that nothing else on a card can be mistaken for. */
const opening = '98765.43';
const estimateDigits = '9753199';
const figures = ['9876543', estimateDigits, '123344'];

/** What is answered from the ledger. */
const tellsFigures: ReadonlySet<string> = new Set([
  'balance',
  'usage',
  'history',
  'explain',
  'forecast',
  'topup',
]);

const intents = questionSchema.options.map((option) => option.shape.intent.value);
const questions = intents.map((intent) => ({ intent }) as Question);

describe('answer a question', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let ports: Ports;

  before(async () => {
    tenant = freshTenant();
    const books = tenantUnderTest(redis.store, tenant);
    await books.check(opening, { observedAt: now - 2 * minuteMs });
    await books.record(usageRow({ id: idOf(1), startedAt: now - minuteMs, charge: 1_233_440_000n }));
    assert.deepEqual(await books.estimates(), { USD: '97531.99' });
  });
  beforeEach(async () => {
    graph = await startDirectory(tenant);
    ports = portsOf(redis.store, graph);
  });
  afterEach(() => graph.stop());

  const isTold = (answer: Answer): boolean => figures.some((digits) => shows(answer, digits));

  it('shows the estimate, equal to the sum of the entries, to who may see it', async () => {
    const answer = await answerQuestion(
      ports,
      { intent: 'balance' },
      askerOf(administratorPerson, { tenant }),
    );
    assert.ok(answer.kind === 'balance' && shows(answer, estimateDigits), 'the scan finds what is shown');
    const heads = await redis.store.heads(tenant);
    assert.match(JSON.stringify(heads.get('account:USD')?.state), /"credits":"97531990000"/);
  });

  for (const person of sandboxPeople) {
    const kind = `${person.displayName} (${person.via ?? 'direct'}, ${person.roles.length} roles)`;
    it(`tells ${kind} a figure ${mayAsk(person) ? 'in person alone' : 'never'}, whatever is asked`, async () => {
      for (const question of questions) {
        const inPerson = await answerQuestion(ports, question, askerOf(person, { tenant }));
        const maySee = mayAsk(person) && tellsFigures.has(question.intent);
        assert.equal(isTold(inPerson), maySee, `${question.intent} in person: ${inPerson.kind}`);
        const shared = await answerQuestion(ports, question, askerOf(person, { tenant, scope: 'shared' }));
        assert.equal(isTold(shared), false, `${question.intent} where others read along: ${shared.kind}`);
      }
    });

    it(`tells ${kind} ${mayAsk(person) ? 'the status' : 'nothing'} where others read along`, async () => {
      const asker = askerOf(person, { tenant, scope: 'shared' });
      const answer = await answerQuestion(ports, { intent: 'balance' }, asker);
      assert.equal(answer.kind, mayAsk(person) ? 'balance-status' : 'not-eligible');
    });
  }

  it('tells why somebody is told nothing', async () => {
    const reasonOf = async (via: string | undefined, roles: number) => {
      const found = sandboxPeople.find((person) => person.via === via && person.roles.length === roles);
      const asker = askerOf(found ?? assert.fail(`nobody is ${via}`), { tenant });
      const answer = await answerQuestion(ports, { intent: 'balance' }, asker);
      return answer.kind === 'not-eligible' && answer.reason;
    };
    assert.equal(await reasonOf(undefined, 0), 'no-role');
    assert.equal(await reasonOf('eligible', 1), 'no-role');
    assert.equal(await reasonOf('guest', 1), 'guest');
    assert.equal(await reasonOf('disabled', 2), 'disabled');
  });

  it('tells nothing to somebody whom the channel does not name, or the directory does not know', async () => {
    const asker = askerOf(administratorPerson, { tenant });
    const stranger = '99999999-9999-4999-8999-999999999999' as NonNullable<typeof asker.person>;
    for (const person of [null, stranger]) {
      const answer = await answerQuestion(ports, { intent: 'balance' }, { ...asker, person });
      assert.deepEqual(answer, { kind: 'not-eligible', reason: 'unknown-person' });
    }
  });

  it('tells one tenant nothing of another', async () => {
    const other = freshTenant();
    const asker = askerOf(administratorPerson, { tenant: other });
    await assert.rejects(answerQuestion(ports, { intent: 'balance' }, asker), DirectoryUnavailable);

    const ofOther = await startDirectory(other);
    try {
      const answer = await answerQuestion(portsOf(redis.store, ofOther), { intent: 'balance' }, asker);
      assert.deepEqual(answer, { kind: 'no-account', currency: 'USD' });
      const tap = { verb: 'balance.reconcile', data: { observed: '1', currency: 'USD' }, messageId: 'm' };
      const checked = await act(portsOf(redis.store, ofOther), tap, asker);
      assert.equal(checked.kind === 'balance-reconciled' && checked.opening, true);
      assert.deepEqual(await tenantUnderTest(redis.store, tenant).estimates(), { USD: '97531.99' });
    } finally {
      await ofOther.stop();
    }
  });

  it('shows the worst level of all accounts where others read along', async () => {
    const own = freshTenant();
    const books = tenantUnderTest(redis.store, own);
    await books.check(opening);
    await books.record(usageRow({ id: idOf(9), currency: 'EUR' as never }));
    const ofOwn = await startDirectory(own);
    try {
      const asker = askerOf(administratorPerson, { tenant: own, scope: 'shared' });
      const answer = await answerQuestion(portsOf(redis.store, ofOwn), { intent: 'balance' }, asker);
      assert.equal(answer.kind === 'balance-status' && answer.level, 'empty');
    } finally {
      await ofOwn.stop();
    }
  });

  it('explains the days that were named, and the last seven where none were', async () => {
    const asker = { ...askerOf(administratorPerson, { tenant }), timeZone: 'UTC' };
    const daysOf = async (period?: 'yesterday') => {
      const answer = await answerQuestion(ports, { intent: 'explain' }, asker, { period });
      return answer.kind === 'explain' && answer.days;
    };
    const today = utcDay(now);
    assert.deepEqual(await daysOf('yesterday'), { from: addDays(today, -1), to: addDays(today, -1) });
    assert.deepEqual(await daysOf(), { from: addDays(today, -6), to: today });
  });

  it('keeps the language that somebody chooses, and asks where none is named', async () => {
    const asker = askerOf(administratorPerson, { tenant });
    const chosen = await answerQuestion(ports, { intent: 'language', language: 'ko' }, asker);
    assert.deepEqual(chosen, { kind: 'language', chosen: 'ko' });
    const asked = await answerQuestion(ports, { intent: 'language' }, asker);
    assert.deepEqual(asked, { kind: 'language', chosen: null });
  });
});
