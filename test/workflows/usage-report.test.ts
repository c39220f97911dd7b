import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { UsageAnswer } from '../../src/answers/usage.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { type Question, usageDimensions } from '../../src/language/question.ts';
import { understand } from '../../src/language/understand.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { usageReport } from '../../src/workflows/usage-report.ts';
import { readers } from '../cards/samples.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';

type UsageQuestion = Extract<Question, { readonly intent: 'usage' }>;

const helpdesk = '729827e3-9c14-49f7-bb1b-9608f156bbb8';
const day = 24 * 3_600_000;

describe('the report of usage', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let ports: Ports;

  before(async () => {
    tenant = freshTenant();
    const call = {
      userId: 'kim',
      userDisplayName: '김민준',
      callType: 'user_out',
      calleeNumber: '+81355501234',
    };
    await tenantUnderTest(redis.store, tenant).record(
      usageRow({ ...call, id: idOf(1), startedAt: now - day, charge: 1_500_000n, destinationName: 'Japan' }),
      usageRow({
        ...call,
        id: idOf(2),
        startedAt: now - 2 * day,
        charge: 250_001n,
        destinationName: 'Japan',
      }),
      usageRow({
        ...call,
        id: idOf(3),
        userId: null,
        userDisplayName: null,
        callType: 'ucap_in',
        calleeNumber: '+18005550123',
        startedAt: now - 40 * day,
        charge: 4_000_000n,
        destinationName: 'United States',
      }),
    );
  });
  beforeEach(async () => {
    graph = await startDirectory(tenant);
    ports = portsOf(redis.store, graph);
  });
  afterEach(() => graph.stop());

  async function ask(question: Omit<UsageQuestion, 'intent'>): Promise<UsageAnswer> {
    const asker = { ...askerOf(administratorPerson, { tenant }), timeZone: 'UTC' };
    const answer = await answerQuestion(ports, { intent: 'usage', ...question }, asker);
    return answer.kind === 'usage' ? answer : assert.fail(`answered with ${answer.kind}`);
  }

  const linesOf = ({ accounts }: UsageAnswer) =>
    accounts.flatMap(({ rows }) => rows.map(({ label, amount, calls }) => [label, toDecimal(amount), calls]));

  it('tells the spend of the last thirty days by destination where nothing else is said', async () => {
    const answer = await ask({});
    assert.deepEqual(linesOf(answer), [['Japan', '1.750001', 2]]);
    assert.equal(answer.accounts[0]?.totalBefore.microUnits, 4_000_000n);
  });

  for (const by of usageDimensions) {
    it(`comes to the same total by ${by}`, async () => {
      const [account] = (await ask({ by, period: 'last_7_days' })).accounts;
      assert.deepEqual([account?.total.microUnits, account?.calls], [1_750_001n, 2]);
    });
  }

  it('names users by the name that came with their calls, and a bot by none', async () => {
    assert.deepEqual(linesOf(await ask({ by: 'user' })), [['김민준', '1.750001', 2]]);
    assert.deepEqual(linesOf(await ask({ by: 'user', period: '2026-10' })), [[null, '4.00', 1]]);
  });

  it('hides the end of numbers from roles that need no numbers', async () => {
    assert.deepEqual(linesOf(await ask({ by: 'number' })), [['+81355501234', '1.750001', 2]]);
    graph.setRoles(administratorPerson.id, [helpdesk]);
    ports = portsOf(redis.store, graph);
    const masked = await ask({ by: 'number' });
    assert.deepEqual(linesOf(masked), [['+8135550****', '1.750001', 2]]);
    assert.equal(
      JSON.stringify(masked, (_, value) => (typeof value === 'bigint' ? `${value}` : value)).includes(
        '01234',
      ),
      false,
    );
  });

  it('is nothing where others read along', async () => {
    const asker = askerOf(administratorPerson, { tenant, scope: 'shared' });
    assert.deepEqual(await answerQuestion(ports, { intent: 'usage' }, asker), {
      kind: 'in-person',
      intent: 'usage',
    });
  });

  it('leads a tenant without an account to its first figure', async () => {
    const empty = freshTenant();
    const report = await usageReport(redis.store, empty, {
      period: 'today',
      by: 'day',
      now,
      timeZone: 'UTC',
      numbersMasked: true,
    });
    assert.deepEqual(report.accounts, []);
  });

  it('offers further questions that the grammar reads as they are meant, in both languages', async () => {
    for (const period of [
      'today',
      'yesterday',
      'this_week',
      'last_week',
      'this_month',
      'last_month',
      'last_7_days',
      'last_30_days',
      '2026-10',
    ] as const) {
      for (const by of usageDimensions) {
        const answer = await ask({ period, by });
        for (const language of ['en', 'ko'] as const) {
          const { card } = render(answer, readers[language]);
          const read = (card.actions as readonly { readonly title: string }[]).map(
            ({ title }) =>
              understand(title, {
                locale: readers[language].locale,
                now,
                timeZone: 'UTC',
                currency: currencyOf('USD'),
              }).question,
          );
          const others = usageDimensions.filter((dimension) => dimension !== by);
          assert.ok(read.length >= 4);
          for (const question of read) {
            assert.equal(question.intent, 'usage');
            const asked = question as UsageQuestion;
            const isOtherDimension = asked.period === period && others.some((other) => other === asked.by);
            const isOtherPeriod = asked.period !== period && asked.by === by;
            assert.ok(isOtherDimension || isOtherPeriod, `${period} ${by}: ${JSON.stringify(asked)}`);
          }
        }
      }
    }
  });
});
