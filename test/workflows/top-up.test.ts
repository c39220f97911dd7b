import assert from 'node:assert/strict';
import { globalAdministrator } from '../../src/approvals/policy.ts';
import type { JsonValue } from '../../src/decision/json.ts';
import { addDays, dayMs, hourMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import { balances } from '../../src/workflows/balances.ts';
import { changePolicy } from '../../src/workflows/change-policy.ts';
import { delegationSays } from '../../src/workflows/delegation-says.ts';
import { reconcile } from '../../src/workflows/reconcile.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { now } from './tenant-under-test.ts';
import { cast, type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

describe('a top-up', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;

  beforeEach(() => {
    topUps = topUpsUnderTest(redis.store);
  });

  const balance = async (): Promise<string> => {
    const [first] = await balances(redis.store, topUps.tenant, now + dayMs);
    return first === undefined ? 'none' : `${first.estimate.microUnits}`;
  };
  const check = (observed: string, at: number) =>
    reconcile(redis.store, {
      tenant: topUps.tenant,
      observed: moneyOf(observed),
      reason: null,
      by: cast.marcus.id,
      byName: 'Marcus',
      observedAt: at,
      at,
      idempotencyKey: `tap:${observed} ${at}`,
    });
  const types = async (): Promise<readonly string[]> => (await topUps.audit()).map(({ type }) => type);

  it('goes from the wish to the proof, each step in the audit and the books sound', async () => {
    await topUps.fund('100');
    await check('100', now - hourMs);
    const number = await topUps.submit('grace', '500', { reason: 'December campaign' });
    assert.equal(number, 1);
    const seen = await topUps.view('grace', number);
    assert.deepEqual(
      [seen.status, seen.reason, seen.may],
      ['pending', 'December campaign', ['topup.open', 'topup.cancel']],
    );

    const approved = await topUps.decide('seoyeon', 'topup.approve', number, { comment: 'fine' });
    assert.deepEqual([approved.status, approved.note], ['approved', null]);
    assert.deepEqual(approved.may, ['topup.recordPurchase', 'topup.purchaseFailed']);
    const purchased = await topUps.decide('seoyeon', 'topup.recordPurchase', number, {
      orderNumber: 'e0100abc',
    });
    assert.deepEqual([purchased.status, purchased.purchase?.orderNumber], ['purchased', 'E0100ABC']);
    assert.equal(await balance(), '600000000');

    await check('598', now + hourMs);
    const proven = await topUps.view('grace', number);
    assert.deepEqual([proven.status, proven.may], ['proven', []]);
    assert.deepEqual(
      (await types()).filter((type) => !type.startsWith('balance')),
      [
        'purchase.recorded',
        'topup.requested',
        'topup.approved',
        'topup.granted',
        'topup.purchased',
        'purchase.recorded',
        'topup.proven',
      ],
    );
    assert.deepEqual((await verifyTenant(redis.store, topUps.tenant)).violations, []);
  });

  it('tells those who decide, then those who buy, then everybody that it is over', async () => {
    const said: string[] = [];
    const listening = topUps.over({
      ...redis.store,
      commit: async (change) => {
        const reply = await redis.store.commit(change);
        if (reply.kind === 'committed') said.push(...change.messages.map(({ body }) => JSON.stringify(body)));
        return reply;
      },
    });
    const number = await listening.submit('grace', '500');
    const bodies = (): readonly Record<string, unknown>[] => said.splice(0).map((body) => JSON.parse(body));
    assert.deepEqual(bodies(), [
      {
        v: 1,
        about: { kind: 'topup', id: '1' },
        audience: { kind: 'roles', roles: ['b0f54661-2d74-4c50-afa3-1ec803f12efe'] },
        mode: 'new',
        urgency: 'warning',
        at: now,
      },
      {
        v: 1,
        about: { kind: 'topup', id: '1' },
        audience: { kind: 'people', people: [cast.grace.id] },
        mode: 'edit',
        urgency: 'warning',
        at: now,
      },
    ]);
    await listening.decide('seoyeon', 'topup.approve', number);
    assert.deepEqual(
      bodies().map(({ mode }) => mode),
      ['new', 'new'],
    );
    await listening.decide('grace', 'topup.cancel', number);
    assert.deepEqual(
      bodies().map(({ mode }) => mode),
      ['final', 'final'],
    );
  });

  it('makes one request of one form, however often it is sent', async () => {
    const form = { form: 'the form', amount: '500', currency: 'USD' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => topUps.tap('grace', 'topup.submit', form)),
    );
    assert.deepEqual(
      answers.map((answer) => answer.kind === 'topup' && answer.number),
      Array(10).fill(1),
    );
    const other = await topUps.tap('grace', 'topup.submit', { ...form, amount: '501' });
    assert.deepEqual(other, { kind: 'refused', code: 'topup-form-used', data: {} });
    assert.equal((await types()).length, 1);
  });

  it('offers a similar request in place of a second one, and makes a second where that was seen', async () => {
    const first = await topUps.submit('grace', '500');
    const form = { form: 'another', amount: '450', currency: 'USD', reason: 'mine' };
    const offered = await topUps.tap('jihoon', 'topup.submit', form);
    assert.equal(offered.kind === 'topup' && offered.number, first);
    assert.deepEqual(offered.kind === 'topup' && offered.note?.code, 'topup-similar');
    assert.equal(offered.kind === 'topup' && offered.note?.typed.amount, '450');
    const second = await topUps.tap('jihoon', 'topup.submit', { ...form, despite: first });
    assert.equal(second.kind === 'topup' && second.number, 2);
    assert.equal(await topUps.submit('jihoon', '2000', {}), 3, 'four times as much is another wish');
  });

  it('refuses one order number twice, however it is written', async () => {
    const [first, second] = [await topUps.submit('grace', '100'), await topUps.submit('grace', '1000')];
    await topUps.decide('marcus', 'topup.approve', first);
    await topUps.decide('seoyeon', 'topup.approve', second);
    await topUps.decide('marcus', 'topup.recordPurchase', first, { orderNumber: 'E 0100 abc' });
    const refused = await topUps.decide('marcus', 'topup.recordPurchase', second, {
      orderNumber: 'e0100ABC',
    });
    assert.deepEqual([refused.status, refused.note?.code], ['approved', 'order-known']);
    assert.equal(await balance(), '100000000');
  });

  it('says that more was bought, and asks for approval of it', async () => {
    const number = await topUps.submit('grace', '150');
    await topUps.decide('marcus', 'topup.approve', number);
    const bought = await topUps.decide('marcus', 'topup.recordPurchase', number, {
      orderNumber: 'E1',
      amount: '250.00',
    });
    assert.equal(bought.purchase?.difference?.microUnits, 100_000_000n);
    assert.deepEqual([bought.review?.outcome, bought.needed.length, bought.may], ['open', 1, []]);
    const reviewed = await topUps.decide('seoyeon', 'topup.approve', number);
    assert.deepEqual([reviewed.status, reviewed.review?.outcome], ['purchased', 'approved']);
  });

  it('opens again where the balance does not show the money, and may then be bought anew', async () => {
    await topUps.fund('100');
    await check('100', now - hourMs);
    const number = await topUps.submit('grace', '500');
    await topUps.decide('seoyeon', 'topup.approve', number);
    await topUps.decide('seoyeon', 'topup.recordPurchase', number, { orderNumber: 'E1' });
    await check('99', now + hourMs);
    const seen = await topUps.view('seoyeon', number);
    assert.deepEqual([seen.status, seen.reopened], ['reopened', 'disproved']);
    assert.ok(seen.may.includes('topup.recordPurchase'));
    assert.equal(await balance(), '99000000');
  });

  it('opens again where nobody saw the money for a day, and is proven late', async () => {
    await topUps.fund('100');
    await check('100', now - hourMs);
    const number = await topUps.submit('grace', '500');
    await topUps.decide('seoyeon', 'topup.approve', number);
    await topUps.decide('seoyeon', 'topup.recordPurchase', number, { orderNumber: 'E1' });
    topUps.setClock(now + dayMs);
    assert.equal((await topUps.tick()).changed, 1);
    assert.equal((await topUps.tick()).changed, 0);
    assert.deepEqual((await topUps.view('seoyeon', number)).reopened, 'no-proof');
    await check('600', now + dayMs);
    assert.equal((await topUps.view('seoyeon', number)).status, 'proven');
  });

  it('expires by the clock, and its card is inert before anybody wrote it down', async () => {
    const number = await topUps.submit('grace', '500');
    topUps.setClock(now + 72 * hourMs);
    const seen = await topUps.view('seoyeon', number);
    assert.deepEqual([seen.status, seen.may], ['expired', []]);
    const late = await topUps.decide('seoyeon', 'topup.approve', number);
    assert.deepEqual([late.status, late.note?.code], ['expired', 'topup-closed']);
    await topUps.tick();
    assert.equal((await types()).at(-1), 'topup.expired');
  });

  it('is asked of somebody else once nobody is left who may approve', async () => {
    const number = await topUps.submit('grace', '500');
    assert.equal((await topUps.tick()).changed, 0);
    topUps.setRoles('seoyeon', []);
    assert.equal((await topUps.tick()).changed, 1);
    assert.equal((await topUps.tick()).changed, 0);
    assert.equal((await topUps.decide('marcus', 'topup.approve', number)).status, 'approved');
  });

  it('is not approved by one who lost the role since the card was sent, and the audit says so', async () => {
    const number = await topUps.submit('grace', '500');
    const { revision, version } = await topUps.view('seoyeon', number);
    topUps.setRoles('seoyeon', cast.jihoon.roles);
    const data = { request: number, revision, version };
    const answer = await topUps.tap('seoyeon', 'topup.approve', data);
    assert.equal(answer.kind === 'topup' && answer.note?.code, 'topup-not-approver');
    await topUps.tap('seoyeon', 'topup.approve', data);
    assert.deepEqual(
      (await topUps.audit()).slice(1).map(({ type, data: { code } }) => [type, code]),
      [['topup.denied', 'topup-not-approver']],
    );
  });

  it('tells a stale card what changed, and approves nothing', async () => {
    const number = await topUps.submit('grace', '300');
    const old = await topUps.view('seoyeon', number);
    const edit = { form: 'edit', amount: '1900', currency: 'USD', request: number, revision: old.revision };
    assert.equal((await topUps.tap('grace', 'topup.submit', edit)).kind, 'topup');
    const data = { request: number, revision: old.revision, version: old.version };
    const answer = await topUps.tap('seoyeon', 'topup.approve', data);
    assert.ok(answer.kind === 'topup');
    assert.deepEqual(
      [answer.note?.code, answer.status, answer.amount.microUnits],
      ['topup-changed', 'pending', 1_900_000_000n],
    );
  });

  it('may be forced by one person on an empty balance only, and is then looked at by another', async () => {
    await topUps.fund('10');
    await check('10', now - hourMs);
    const number = await topUps.submit('grace', '500');
    assert.ok(!(await topUps.view('grace', number)).may.includes('topup.override'));
    await check('0', now - 1);
    assert.ok((await topUps.view('grace', number)).may.includes('topup.override'));
    const forced = await topUps.decide('grace', 'topup.override', number);
    assert.deepEqual([forced.status, forced.review?.outcome], ['approved', 'open']);
    const seen = await topUps.decide('seoyeon', 'topup.approve', number);
    assert.equal(seen.review?.outcome, 'approved');
  });

  it('is nobody else’s: a number of another tenant is not found', async () => {
    const number = await topUps.submit('grace', '500');
    const elsewhere = topUpsUnderTest(redis.store);
    const data = { request: number, revision: 1, version: 1 };
    for (const verb of ['topup.approve', 'topup.reject', 'topup.cancel', 'topup.view']) {
      const answer = await elsewhere.tap('seoyeon', verb, { ...data, comment: 'x' });
      assert.equal(answer.kind === 'refused' && answer.code, 'topup-unknown');
    }
    assert.equal(await redis.store.knowsTenant(elsewhere.tenant), false);
  });

  it('keeps the rules that it was born with, and the next one has the new', async () => {
    const before = await topUps.submit('grace', '1000');
    const approvals = [{ roles: [globalAdministrator], people: [] }];
    const changed = await changePolicy(topUps.ports, topUps.tenant, {
      file: { bands: [{ upTo: '5000', approvals }] },
      currency: null,
      actor: 'test',
    });
    assert.equal(changed.kind === 'changed' && changed.shown.version, 2);
    const after = await topUps.submit('grace', '5000');
    const refused = await topUps.decide('seoyeon', 'topup.approve', after);
    assert.equal(refused.note?.code, 'topup-not-approver');
    assert.equal((await topUps.decide('marcus', 'topup.approve', after)).status, 'approved');
    assert.equal((await topUps.decide('marcus', 'topup.approve', before)).note?.code, 'topup-not-approver');
    assert.equal((await topUps.decide('seoyeon', 'topup.approve', before)).status, 'approved');
    assert.ok((await types()).includes('policy.changed'));
    assert.deepEqual((await verifyTenant(redis.store, topUps.tenant)).violations, []);
  });

  it('may be approved by one whom the rules name, and is not asked of others while they are there', async () => {
    await changePolicy(topUps.ports, topUps.tenant, {
      file: { bands: [{ upTo: '5000', approvals: [{ people: [cast.jihoon.id] }] }] },
      currency: null,
      actor: 'test',
    });
    const number = await topUps.submit('grace', '500');
    assert.equal((await topUps.tick()).changed, 0);
    assert.equal((await topUps.decide('seoyeon', 'topup.approve', number)).note?.code, 'topup-not-approver');
    assert.equal((await topUps.decide('jihoon', 'topup.approve', number)).status, 'approved');
  });

  describe('with a delegate', () => {
    const today = utcDay(now);
    const delegate = (who: 'grace' | 'seoyeon' | 'marcus' | 'jihoon', told: object = {}) =>
      topUps.tap(who, 'topup.delegate', {
        delegate: cast.jihoon.id,
        from: today,
        until: addDays(today, 3),
        ...told,
      });

    it('is approved by the delegate, with both names', async () => {
      const answer = await delegate('seoyeon');
      assert.deepEqual(answer.kind === 'delegations' && answer.recorded, true);
      const number = await topUps.submit('grace', '500');
      const approved = await topUps.decide('jihoon', 'topup.approve', number);
      assert.deepEqual(
        approved.approvals.map(({ name, actsFor }) => [name, actsFor]),
        [['지훈', '서연']],
      );
      assert.equal(approved.status, 'approved');
    });

    it('is not approved by the requester’s delegate', async () => {
      await delegate('grace');
      const number = await topUps.submit('grace', '500');
      const answer = await topUps.decide('jihoon', 'topup.approve', number);
      assert.equal(answer.note?.code, 'topup-not-approver');
    });

    it('is not approved for an absent person who lost the role, nor after the days are over', async () => {
      await delegate('seoyeon');
      const number = await topUps.submit('grace', '500');
      topUps.setRoles('seoyeon', []);
      assert.equal((await topUps.decide('jihoon', 'topup.approve', number)).note?.code, 'topup-not-approver');
      topUps.setRoles('seoyeon', cast.seoyeon.roles);
      topUps.setClock(now + 4 * dayMs);
      const later = await topUps.submit('grace', '5000');
      assert.equal((await topUps.decide('jihoon', 'topup.approve', later)).note?.code, 'topup-not-approver');
    });

    it('is arranged for another by a Global Administrator alone', async () => {
      const forSeoyeon = { absent: cast.seoyeon.id };
      const denied = await delegate('grace', forSeoyeon);
      assert.equal(denied.kind === 'delegations' && denied.refusal?.code, 'delegation-not-yours');
      const done = await delegate('marcus', forSeoyeon);
      assert.deepEqual(done.kind === 'delegations' && done.known.map(({ from, to }) => [from, to]), [
        ['서연', '지훈'],
      ]);
      assert.equal((await types()).at(-1), 'topup.delegated');
    });

    it('is told of it, and told again when it is taken back, each once', async () => {
      const said: { readonly key: string; readonly body: JsonValue }[] = [];
      const listening = topUps.over({
        ...redis.store,
        commit: async (change) => {
          const reply = await redis.store.commit(change);
          if (reply.kind === 'committed') said.push(...change.messages);
          return reply;
        },
      });
      const chosen = { delegate: cast.jihoon.id, from: today, until: addDays(today, 3) };
      const given = await listening.tap('seoyeon', 'topup.delegate', chosen);
      await listening.tap('seoyeon', 'topup.delegate', chosen);
      const id = (given.kind === 'delegations' && given.known[0]?.withdraw) || assert.fail('not theirs');
      const says = delegationSays(topUps.ports);
      const facts = { kind: 'delegation', from: '서연', start: now, end: startOfDay(addDays(today, 4)) };
      assert.deepEqual(await says(topUps.tenant, id, cast.jihoon.id), { ...facts, withdrawn: false });
      assert.equal(await says(topUps.tenant, id, cast.ingrid.id), null, 'it is nobody else’s');

      const number = await topUps.submit('grace', '500');
      await listening.tap('seoyeon', 'topup.undelegate', { delegation: id });
      await listening.tap('seoyeon', 'topup.undelegate', { delegation: id });
      assert.deepEqual(await says(topUps.tenant, id, cast.jihoon.id), { ...facts, withdrawn: true });
      assert.equal((await topUps.decide('jihoon', 'topup.approve', number)).note?.code, 'topup-not-approver');
      assert.deepEqual(
        said.map(({ body }) => Object(body)).map(({ about, audience, mode }) => [about, audience, mode]),
        ['new', 'final'].map((mode) => [
          { kind: 'delegation', id },
          { kind: 'people', people: [cast.jihoon.id] },
          mode,
        ]),
      );
      assert.equal(new Set(said.map(({ key }) => key)).size, 2);
      const audit = (await types()).filter((type) => type.includes('delegated'));
      assert.deepEqual(audit, ['topup.delegated', 'topup.undelegated']);
      topUps.setClock(now + 5 * dayMs);
      assert.equal(await says(topUps.tenant, id, cast.jihoon.id), null, 'what is over is not told of');
    });

    it('is told anew where the same is arranged again after it was taken back', async () => {
      const chosen = { delegate: cast.jihoon.id, from: today, until: addDays(today, 3) };
      const given = await topUps.tap('seoyeon', 'topup.delegate', chosen, 'one card');
      const id = given.kind === 'delegations' ? given.known[0]?.withdraw : null;
      await topUps.tap('seoyeon', 'topup.undelegate', { delegation: id }, 'one card');
      const again = await topUps.tap('seoyeon', 'topup.delegate', chosen, 'another card');
      assert.deepEqual(again.kind === 'delegations' && [again.recorded, again.known.length], [true, 1]);
    });

    it('is taken back by who is absent, or by a Global Administrator, and by nobody else', async () => {
      const given = await delegate('seoyeon');
      const id = given.kind === 'delegations' ? given.known[0]?.withdraw : null;
      const codeOf = async (who: 'grace' | 'marcus', delegation: unknown) => {
        const answer = await topUps.tap(who, 'topup.undelegate', { delegation });
        return answer.kind === 'delegations' ? (answer.refusal?.code ?? answer.known.length) : answer.kind;
      };
      assert.equal(await codeOf('grace', id), 'delegation-not-yours');
      assert.equal(await codeOf('grace', `${cast.grace.id}:x`), 'delegation-unknown');
      assert.equal(await codeOf('marcus', id), 0);
      assert.equal(await codeOf('marcus', `${id}0`), 'delegation-unknown');
    });

    it('is somebody who holds an eligible role', async () => {
      topUps.setRoles('jihoon', []);
      const answer = await delegate('grace');
      assert.equal(answer.kind === 'delegations' && answer.refusal?.code, 'delegation-not-eligible');
    });

    it('is only shown where nobody was chosen', async () => {
      const answer = await topUps.tap('jihoon', 'topup.delegate');
      assert.deepEqual(answer.kind === 'delegations' && [answer.recorded, answer.refusal], [false, null]);
      assert.equal(await redis.store.knowsTenant(topUps.tenant), false);
    });
  });
});
