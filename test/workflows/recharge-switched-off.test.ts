import assert from 'node:assert/strict';
import { dayMs, hourMs, type Instant } from '../../src/decision/time.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import type { SandboxCall } from '../../src/sandbox/usage-maker.ts';
import { changeAlertSettings } from '../../src/workflows/alert-settings.ts';
import { incidents } from '../../src/workflows/incidents.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { withRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { begin, feedOf, someCalls } from './feed-under-test.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { purchase, tenantUnderTest } from './tenant-under-test.ts';

const opening = 50_000_000n;
const trigger = 30_000_000n;
const lookEveryMs = 6 * hourMs;

/** Goal: what nobody tells of, no mail and no event, is found from the calls alone while money is left. */
describe('auto-recharge of the sandbox tenant, with its calls as Graph reports them', () => {
  const redis = withRedis();
  const calls = someCalls({ every: 8, endAt: begin + 60 * dayMs });
  const zeroAt = whenSpent(calls);
  let graph: GraphDouble;
  let tenant: FollowedTenant;
  let read: (at: Instant) => Promise<unknown>;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    tenant.at = begin;
    graph = await startGraph({
      calls: ({ from, to }) => calls.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
      now: () => tenant.at,
      expectedToken: null,
    });
    read = feedOf({ store: tenant.store, graph, tenant: tenant.id }).read;
    const autoRecharge = { [currencyOf('USD')]: { trigger, amount: null } };
    const command = { type: 'change', to: { autoRecharge } } as const;
    await changeAlertSettings(tenant.ports, tenant.id, { command, by: 'test' });
    await read(begin);
    await tenant.opensWith('50');
  });
  afterEach(() => graph.stop());

  const opened = async (kind: string) => {
    const all = await incidents(tenant.store, tenant.id, { from: 0, to: tenant.at + 1 });
    return all.map(({ episode }) => episode).find((episode) => episode.kind === kind);
  };
  const watch = async (): Promise<void> => {
    await read(tenant.after(lookEveryMs).at);
    await tenant.look();
    await tenant.tick();
  };

  it('that was switched off silently is overdue before the money is gone', async () => {
    while (tenant.at < zeroAt && (await opened('recharge-overdue')) === undefined) await watch();
    const overdue = await opened('recharge-overdue');
    assert.ok(overdue !== undefined && overdue.openedAt < zeroAt);
    assert.equal(await opened('balance-zero'), undefined);
    assert.ok(tenant.news().includes(`new warning ${overdue.id} roles`));
  });

  it('that works is never overdue', async () => {
    let recharges = 0;
    while (tenant.at < zeroAt) {
      await watch();
      if (Number((await estimates()).USD) >= 30) continue;
      recharges += 1;
      const id = `auto ${recharges}`;
      const funding = purchase({ id, kind: 'recharge', amount: moneyOf('10'), at: tenant.at });
      await recordFunding(tenant.store, tenant.id, funding, tenant.at);
    }
    assert.ok(recharges > 1);
    assert.equal(await opened('recharge-overdue'), undefined);
  });

  const estimates = () => tenantUnderTest(tenant.store, tenant.id).estimates(tenant.at);
});

/** When the opening figure is used up by the calls made since, whenever they are reported. */
function whenSpent(calls: readonly SandboxCall[]): Instant {
  let left = opening;
  for (const { startedAt, chargeMicroUnits } of calls) {
    if (startedAt > begin) left -= chargeMicroUnits;
    if (left <= 0n) return startedAt;
  }
  return assert.fail('The calls do not use it up.');
}
