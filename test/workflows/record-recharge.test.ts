import assert from 'node:assert/strict';
import type { Answer, BalanceReconciledAnswer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { act } from '../../src/workflows/act.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';
import { checked, now, purchase, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

describe('the causes of a drift', () => {
  const redis = withRedis();
  let tenant: TenantUnderTest;

  beforeEach(async () => {
    tenant = await tenantWithHistory(tenantUnderTest(redis.store));
  });

  it('are a recharge that nobody recorded and the calls that are late', async () => {
    const answer = await checked(tenant, '592');
    assert.equal(toDecimal(answer.drift), '192.00');
    assert.deepEqual(legible(answer), ['unknown-recharge 200.00 likely', 'lag -8.00 likely']);
    assert.equal(answer.recharge?.state, 'proposed');
    assert.equal(answer.overLimit, false);
    assert.deepEqual((await tenant.verify()).violations, []);
  });

  it('are told again as they were where the tap is repeated', async () => {
    const first = await checked(tenant, '592');
    const again = await checked(tenant, '592', { at: now + hourMs, observedAt: now + hourMs });
    assert.deepEqual([again.parts, again.recharge, again.repeated], [first.parts, first.recharge, true]);
  });

  it('follow the ledger: a late call that was told takes from the lag', async () => {
    await checked(tenant, '592');
    await tenant.record(usageRow({ id: idOf(900), startedAt: now - hourMs, charge: 3_000_000n }));
    const again = await checked(tenant, '592');
    assert.deepEqual(legible(again), ['unknown-recharge 200.00 likely', 'lag -5.00 likely']);
    assert.equal(toDecimal(again.drift), '195.00');
  });

  it('are corrections of calls that the check before held already', async () => {
    const row = usageRow({ id: idOf(901), startedAt: now - 11 * dayMs, charge: 4_000_000n });
    await tenant.record(row);
    await tenant.record({ ...row, charge: 6_500_000n });
    const answer = await checked(tenant, '390');
    assert.deepEqual(legible(answer), ['lag -7.50 likely', 'changed-rows -2.50 sure']);
  });

  it('are no corrections of calls that were made since', async () => {
    const row = usageRow({ id: idOf(902), startedAt: now - 5 * dayMs, charge: 4_000_000n });
    await tenant.record(row);
    await tenant.record({ ...row, charge: 6_500_000n });
    assert.deepEqual(legible(await checked(tenant, '383.50')), ['lag -10.00 likely']);
  });

  it('are not asked for where the figure opens the ledger, or agrees', async () => {
    const opened = await checked(tenantUnderTest(redis.store), '592');
    assert.deepEqual([opened.parts, opened.recharge, opened.overLimit], [[], null, false]);
    const equal = await checked(tenant, '400');
    assert.deepEqual([equal.parts, equal.recharge, equal.overLimit], [[], null, false]);
  });

  it('are audited with the check, and a drift over the limit for itself', async () => {
    await checked(tenant, '250');
    const [drifted, reconciled] = await redis.store.latest(tenant.id, 'audit', 2);
    const told = { currency: 'USD', limit: '5.00', unexplained: '-130.00' };
    assert.deepEqual(typeAndData(drifted), ['balance.drifted', told]);
    const parts = [
      { cause: 'lag', amount: '-20.00', certainty: 'likely' },
      { cause: 'unexplained', amount: '-130.00', certainty: 'sure' },
    ];
    const data = { observed: '250.00', currency: 'USD', reason: null, parts };
    assert.deepEqual(typeAndData(reconciled), ['balance.reconciled', data]);
    assert.deepEqual((await tenant.verify()).violations, []);
  });
});

describe('a tap that records a recharge', () => {
  const redis = withRedis();
  const asker = () => askerOf(administratorPerson, { tenant: id });
  let id: TenantId;
  let tenant: TenantUnderTest;
  let graph: GraphDouble;
  let ports: Ports;

  beforeEach(async () => {
    id = freshTenant();
    graph = await startDirectory(id);
    ports = portsOf(redis.store, graph);
    tenant = await tenantWithHistory(tenantUnderTest(redis.store, id));
  });
  afterEach(() => graph.stop());

  const tap = (data: unknown, by = asker()): Promise<Answer> =>
    act(ports, { verb: 'balance.recordRecharge', data, messageId: 'message' }, by);

  it('books the amount of the check, whatever the card says, and the adjustment shrinks to the rest', async () => {
    const check = checkOf(await checked(tenant, '592'));
    const answer = await tap({ check, amount: '9999', currency: 'EUR', by: 'somebody' });
    assert.ok(answer.kind === 'balance-reconciled');
    assert.deepEqual(answer.recharge, { state: 'recorded', amount: moneyOf('200') });
    assert.equal(toDecimal(answer.estimateBefore), '600.00');
    assert.equal(toDecimal(answer.drift), '-8.00');
    assert.deepEqual(legible(answer), ['lag -8.00 likely']);
    assert.equal(answer.by, administratorPerson.displayName);
    assert.deepEqual(await tenant.estimates(), { USD: '592.00' });
    assert.deepEqual((await tenant.verify()).violations, []);
    const [audited] = await redis.store.latest(id, 'audit', 1);
    const told = { amount: '200.00', currency: 'USD', reference: null };
    assert.deepEqual(typeAndData(audited), ['recharge.recorded', told]);
  });

  it('books it once, however often and at once it is tapped', async () => {
    const check = checkOf(await checked(tenant, '592'));
    const answers = await Promise.all([1, 2, 3].map(() => tap({ check })));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    const { entries } = await tenant.verify();
    assert.deepEqual(await tap({ check }), answers[0]);
    assert.equal((await tenant.verify()).entries, entries);
  });

  it('shows a repeated check without its button', async () => {
    await tap({ check: checkOf(await checked(tenant, '592')) });
    const again = await checked(tenant, '592');
    assert.deepEqual([again.recharge?.state, again.repeated], ['recorded', true]);
  });

  it('is refused where the recharge was recorded otherwise since', async () => {
    const check = checkOf(await checked(tenant, '592'));
    const order = purchase({ id: 'order-7', kind: 'recharge', amount: moneyOf('200'), at: now - dayMs });
    await tenant.fund(order);
    const answer = await tap({ check });
    assert.deepEqual(answer, { kind: 'refused', code: 'recharge-explained', data: {} });
    assert.deepEqual(await tenant.estimates(), { USD: '592.00' });
  });

  it('is refused where the check has no recharge to record, and where there is no such check', async () => {
    await checked(tenant, '390');
    const heads = await redis.store.heads(id);
    const [account] = [...heads].filter(([name]) => name === 'account:USD');
    const { observations } = JSON.parse(JSON.stringify(account?.[1].state));
    for (const observation of observations) {
      const answer = await tap({ check: observation.id });
      assert.equal(answer.kind === 'refused' && answer.code, 'recharge-explained');
    }
    for (const [check, code] of [
      ['0'.repeat(32), 'check-unknown'],
      ['', 'bad-input'],
      [7, 'bad-input'],
      [undefined, 'bad-input'],
    ]) {
      const answer = await tap({ check });
      assert.equal(answer.kind === 'refused' && answer.code, code);
    }
    assert.deepEqual(await redis.store.heads(id), heads);
  });

  for (const person of sandboxPeople) {
    it(`is ${mayAsk(person) ? 'done' : 'not done'} for ${person.displayName} (${person.via ?? 'direct'})`, async () => {
      const check = checkOf(await checked(tenant, '592'));
      const heads = await redis.store.heads(id);
      const shared = await tap({ check }, askerOf(person, { tenant: id, scope: 'shared' }));
      assert.notEqual(shared.kind, 'balance-reconciled');
      assert.deepEqual(await redis.store.heads(id), heads);
      const answer = await tap({ check }, askerOf(person, { tenant: id }));
      assert.equal(answer.kind, mayAsk(person) ? 'balance-reconciled' : 'not-eligible');
      if (!mayAsk(person)) assert.deepEqual(await redis.store.heads(id), heads);
    });
  }

  it('is not done for somebody whose role was taken away since the card was sent', async () => {
    const check = checkOf(await checked(tenant, '592'));
    graph.setRoles(administratorPerson.id, []);
    assert.deepEqual(await tap({ check }), { kind: 'not-eligible', reason: 'no-role' });
  });
});

/**
 * Eight weeks of ten dollars a day up to two days ago, a recharge of 200 that is known, and a check ten days ago that
 * leaves 400 now. Ten to twenty dollars or so are late.
 */
async function tenantWithHistory(tenant: TenantUnderTest): Promise<TenantUnderTest> {
  const rows = Array.from({ length: 56 }, (_, index) =>
    usageRow({ id: idOf(index + 1), startedAt: now - (index + 2) * dayMs, charge: 10_000_000n }),
  );
  await tenant.record(...rows);
  await tenant.fund(purchase({ id: 'r1', kind: 'recharge', amount: moneyOf('200'), at: now - 40 * dayMs }));
  await checked(tenant, '480', { observedAt: now - 10 * dayMs + hourMs, idempotencyKey: 'before' });
  return tenant;
}

function legible({ parts }: BalanceReconciledAnswer): readonly string[] {
  return parts.map(({ cause, amount, certainty }) => `${cause} ${toDecimal(amount)} ${certainty}`);
}

function checkOf({ recharge }: BalanceReconciledAnswer): string {
  return recharge?.state === 'proposed' ? recharge.check : assert.fail('no recharge was proposed');
}

function typeAndData(entry: unknown): readonly unknown[] {
  const { type, data } = JSON.parse(JSON.stringify(entry));
  return [type, data];
}
