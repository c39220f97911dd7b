import assert from 'node:assert/strict';
import { graphBetaReports } from '../../src/graph/beta-reports.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { makeUsage } from '../../src/sandbox/usage-maker.ts';
import { crossCheck } from '../../src/workflows/cross-check.ts';
import { withRedis } from '../fakes/redis.ts';
import { clientOf, startGraph } from '../graph/sandbox-graph.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';
import { graphRows, usages } from '../usage/samples.ts';
import { now, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

describe('the cross-check', () => {
  const redis = withRedis();
  const calls = makeUsage({ ...usageMaking, endAt: now }).filter(({ reportedAt }) => reportedAt <= now);
  let graph: GraphDouble;
  let tenant: TenantUnderTest;
  beforeEach(async () => {
    tenant = tenantUnderTest(redis.store);
    graph = await startGraph({
      calls: ({ from, to }) => calls.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
      now: () => now,
      pageSize: 3,
    });
  });
  afterEach(() => graph.stop());

  const check = async () => {
    const betaReports = graphBetaReports(clientOf(graph).client);
    const checked = await crossCheck(
      { store: redis.store, betaReports, clock: { now: () => now } },
      tenant.id,
    );
    return checked ?? assert.fail('it is on');
  };

  it('agrees to the micro-unit with the calls that are known, over all pages', async () => {
    const dialOut = calls.filter(({ row }) => row.callType === 'conf_out').map(({ row }) => row);
    for (let start = 0; start < dialOut.length; start += 1_000) {
      await tenant.record(...usages(graphRows(...dialOut.slice(start, start + 1_000))));
    }
    const { dialOut: compared } = await check();
    assert.equal(compared.length, 2);
    for (const { result } of compared) {
      assert.ok(result.kind === 'compared' && result.accounts.length === 1);
      const [account] = result.accounts;
      assert.ok(account && account.known.microUnits > 0n);
      assert.deepEqual([account.difference.microUnits, account.basisPoints], [0n, 0]);
    }
  });

  it('tells whom Microsoft blocked, and each to the audit once, however often and at once it is read', async () => {
    const read = await Promise.all([check(), check()]);
    const newly = read.map(({ blockedUsers }) => (blockedUsers.kind === 'told' ? blockedUsers.newly : -1));
    assert.deepEqual(newly.sort(), [0, 2]);
    await check();
    const audited = await redis.store.latest(tenant.id, 'audit', 10);
    assert.equal(audited.length, 2);
    assert.match(JSON.stringify(audited), /usage\.user-blocked.*High Overall Usage/);
  });

  for (const status of [400, 403, 404]) {
    it(`is not available, and no error, where Graph answers ${status}`, async () => {
      const fault = { kind: 'status', status, code: 'No' } as const;
      graph.faults.add(fault, fault, fault);
      const { dialOut, blockedUsers } = await check();
      const refused = { kind: 'unavailable', reason: 'refused' };
      assert.deepEqual([...dialOut.map(({ result }) => result), blockedUsers], [refused, refused, refused]);
    });
  }

  it('asks nothing where it is off', async () => {
    const ports = { store: redis.store, betaReports: null, clock: { now: () => now } };
    assert.equal(await crossCheck(ports, tenant.id), null);
    assert.deepEqual(graph.questions, []);
  });
});
