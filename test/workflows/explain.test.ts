import assert from 'node:assert/strict';
import type { ExplainAnswer } from '../../src/answers/explain.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import { explanation } from '../../src/workflows/explain.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';
import { now, purchase, tenantUnderTest } from './tenant-under-test.ts';

describe('the explanation', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let explained: ExplainAnswer;

  before(async () => {
    tenant = freshTenant();
    const books = tenantUnderTest(redis.store, tenant);
    await recordFunding(redis.store, tenant, purchase({ id: 'P1' }), now);
    const old = { at: now - 366 * dayMs, amount: moneyOf('10') };
    await recordFunding(redis.store, tenant, purchase({ id: 'P0', ...old }), now);
    const recharge = { kind: 'recharge', at: now - dayMs, amount: moneyOf('20.5') } as const;
    await recordFunding(redis.store, tenant, purchase({ id: 'R1', ...recharge }), now);
    const call = { callType: 'user_out', usageCountryCode: 'US', startedAt: now - 2 * dayMs };
    const tollFree = { callType: 'conf_in', calleeNumber: '+18005550123', destinationName: 'United States' };
    await books.record(
      usageRow({ ...call, id: idOf(1), charge: 1_234_567n, destinationName: 'Japan' }),
      usageRow({ ...call, id: idOf(2), charge: 1n, destinationName: 'United States' }),
      usageRow({ ...call, ...tollFree, id: idOf(3), charge: 90_000n, startedAt: now - 20 * dayMs }),
      usageRow({ ...call, ...tollFree, id: idOf(4), charge: 90_000n }),
      usageRow({ ...call, id: idOf(5), charge: 70_000n, callType: 'conf_out', destinationName: null }),
    );
    await books.check('105', { observedAt: now - 60_000 });
    explained = await explanation(redis.store, tenant, { now });
  });

  it('leads from the opening to the closing, to the last micro-unit', () => {
    const [change] = explained.changes;
    assert.ok(change);
    const lines = [...change.usage, ...change.movements].map(({ amount }) => amount.microUnits);
    const sum = lines.reduce((total, line) => total + line, change.otherUsage?.microUnits ?? 0n);
    assert.equal(change.opening.microUnits + sum, change.closing.microUnits);
    assert.equal(toDecimal(change.closing), '105.00');
  });

  it('names destinations, the dearest first, and each kind of movement', () => {
    const [change] = explained.changes;
    assert.deepEqual(
      change?.usage.map(({ destination, amount }) => [destination, toDecimal(amount)]),
      [
        ['Japan', '-1.234567'],
        ['United States', '-0.090001'],
        [null, '-0.07'],
      ],
    );
    assert.deepEqual(
      change?.movements.map(({ kind }) => kind),
      ['opening', 'recharge', 'expiry'],
    );
  });

  it('tells what stops by the calls of the last four weeks, with the own toll-free numbers', () => {
    assert.deepEqual(explained.stops, [
      { service: 'toll-free', calls: 2, numbers: [{ number: '+18005550123', calls: 2 }] },
      { service: 'dial-out', calls: 1, numbers: [] },
      { service: 'international', calls: 1, numbers: [] },
      { service: 'domestic', calls: 1, numbers: [] },
    ]);
  });

  it('is of the days asked for', async () => {
    const day = explained.usageDays.from;
    const before = await explanation(redis.store, tenant, { now, days: { from: day, to: day } });
    assert.deepEqual(before.changes[0]?.usage, []);
  });
});

describe('the explanation that a person is given', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;

  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
    const hours = { licenseCapability: 'MCOMEETADD', charge: 0n, durationSeconds: 3_600 * 56 };
    await tenantUnderTest(redis.store, tenant).record(
      usageRow({ id: idOf(1), startedAt: now - dayMs }),
      usageRow({ id: idOf(2), startedAt: now - dayMs, ...hours }),
    );
  });
  afterEach(() => graph.stop());

  const ask = () =>
    answerQuestion(
      portsOf(redis.store, graph),
      { intent: 'explain' },
      askerOf(administratorPerson, { tenant }),
    );

  it('names the pools of included minutes that are nearly used up, and no other', async () => {
    const answer = await ask();
    assert.ok(answer.kind === 'explain');
    assert.deepEqual(
      answer.pools.map(({ capability, state }) => [capability, state]),
      [['MCOMEETADD', 'at-80']],
    );
  });

  it('goes without them while the directory does not tell of licences', async () => {
    graph.faults.add({
      kind: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      on: 'subscribedSkus',
    });
    const answer = await ask();
    assert.ok(answer.kind === 'explain');
    assert.deepEqual([answer.pools, answer.changes.length], [[], 1]);
  });
});
