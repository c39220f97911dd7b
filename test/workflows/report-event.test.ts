import assert from 'node:assert/strict';
import { hourMs } from '../../src/decision/time.ts';
import { answerIncident } from '../../src/workflows/answer-incident.ts';
import { doAbout } from '../../src/workflows/follow-incident.ts';
import { mailFeedOf } from '../../src/workflows/mail-feed.ts';
import { reportEvent } from '../../src/workflows/report-event.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administrator, now, tenantUnderTest } from './tenant-under-test.ts';

const usd = currencyOf('USD');
const directory = { person: async () => null };
const timestamp = new Date(now).toISOString();

describe('a billing event', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
  });

  const report = (type: string, data: object = {}, id = 'webhook-1', at = timestamp) =>
    reportEvent(tenant.ports, {
      id,
      payload: { type, timestamp: at, data: { tenantId: tenant.id, currency: 'USD', ...data } },
    });
  const codeOf = async (reported: ReturnType<typeof report>): Promise<string | null> => {
    const done = await reported;
    return done.kind === 'refused' ? done.refusal.code : null;
  };
  const estimates = () => tenantUnderTest(redis.store, tenant.id).estimates(tenant.at);

  it('of a failed recharge is one incident, however often it comes', async () => {
    for (let again = 0; again < 3; again += 1) {
      assert.equal(await codeOf(report('recharge.failed', { reason: 'card expired' })), null);
    }
    assert.deepEqual(tenant.news(), ['new critical recharge-failed-usd-1 roles']);
    assert.equal(await codeOf(report('recharge.failed', { reference: 'A-1' }, 'webhook-2')), null);
    assert.deepEqual(
      tenant.news().filter((said) => said.startsWith('new')),
      [],
    );
  });

  it('under an id that was used for another is refused', async () => {
    await report('recharge.failed');
    assert.equal(await codeOf(report('recharge.failed', { reason: 'other' })), 'idempotency-key-reused');
  });

  it('of a successful recharge with its amount books the money once, by its reference', async () => {
    await report('recharge.succeeded', { amount: '12.34', reference: 'INV-7' });
    await report('recharge.succeeded', { amount: '12.34', reference: 'INV-7' }, 'webhook-2');
    assert.deepEqual(await estimates(), { USD: '112.34' });
    await tenant.after(hourMs).look();
    assert.deepEqual(tenant.news(), ['new info recharge-succeeded-usd-1 roles']);
  });

  it('of a successful recharge without an amount ends the failure and books nothing', async () => {
    await report('recharge.failed');
    tenant.news();
    await report('recharge.succeeded', {}, 'webhook-2', new Date(now + hourMs).toISOString());
    assert.deepEqual(tenant.news(), ['final critical recharge-failed-usd-1 roles']);
    assert.deepEqual(await estimates(), { USD: '100.00' });
  });

  it('of an observed balance brings the ledger to it, once', async () => {
    await report('balance.observed', { amount: '97.50', reason: 'morning mail' });
    await report('balance.observed', { amount: '97.50', reason: 'morning mail' });
    assert.deepEqual(await estimates(), { USD: '97.50' });
    const audited = await tenant.store.latest(tenant.id, 'audit', 1);
    assert.match(JSON.stringify(audited), /"actor":"event-feed"/);
    assert.match(JSON.stringify(audited), /"type":"balance.reconciled"/);
  });

  it('from a clock that is a little ahead counts as of now', async () => {
    const ahead = new Date(tenant.at + 5_000).toISOString();
    assert.equal(await codeOf(report('balance.observed', { amount: '97.50' }, 'ahead', ahead)), null);
    assert.equal(await codeOf(report('recharge.failed', {}, 'ahead-2', ahead)), null);
    assert.equal(await codeOf(report('recharge.succeeded', { amount: '5' }, 'ahead-3', ahead)), null);
    assert.equal(await codeOf(report('recharge.succeeded', { amount: '5' }, 'ahead-3', ahead)), null);
  });

  const wrong: readonly (readonly [sentence: string, type: string, data: object, code: string])[] = [
    ['of a type that is none', 'recharge.maybe', {}, 'event-unreadable'],
    ['of no tenant', 'recharge.failed', { tenantId: 'contoso' }, 'event-unreadable'],
    ['of no currency', 'recharge.failed', { currency: 'XX$' }, 'event-unreadable'],
    ['with an amount as a number', 'recharge.succeeded', { amount: 12.34 }, 'event-unreadable'],
    ['with an amount that is none', 'recharge.succeeded', { amount: '12,3x' }, 'amount-not-a-number'],
    ['of a balance without its figure', 'balance.observed', {}, 'amount-missing'],
    [
      'of another currency than the ledger',
      'balance.observed',
      { amount: '5', currency: 'EUR' },
      'wrong-currency',
    ],
    [
      'of a tenant that nobody knows',
      'recharge.failed',
      { tenantId: '00000000-0000-4000-8000-00000000dead' },
      'tenant-unknown',
    ],
  ];
  for (const [sentence, type, data, code] of wrong) {
    it(`${sentence} is refused and changes nothing`, async () => {
      const before = await tenant.store.heads(tenant.id);
      assert.equal(await codeOf(report(type, data)), code);
      assert.deepEqual(await tenant.store.heads(tenant.id), before);
    });
  }

  it('shows that the mails of the billing mailbox come, and when one told of a failure', async () => {
    const feed = () => mailFeedOf(tenant.store, tenant.id);
    assert.deepEqual(await feed(), { lastEventAt: null, failures: new Map() });
    await report('balance.observed', { amount: '97.50' });
    assert.deepEqual(await feed(), { lastEventAt: tenant.at, failures: new Map() });
    const failedAt = tenant.at - hourMs;
    await report('recharge.failed', {}, 'webhook-2', new Date(failedAt).toISOString());
    tenant.after(hourMs);
    const older = new Date(failedAt - hourMs).toISOString();
    await report('recharge.failed', { reason: 'again' }, 'webhook-3', older);
    assert.deepEqual(await feed(), { lastEventAt: tenant.at, failures: new Map([['USD', failedAt]]) });
    const answer = await answerIncident({ ...tenant.ports, directory }, tenant.id, {
      id: await tenant.idOf('recharge-failed'),
      reader: administrator,
    });
    assert.deepEqual(answer?.ways?.mail?.sight, { kind: 'arrived', at: failedAt });
  });

  it('that never comes beside what a person saw is told on the card, where the mails ever came', async () => {
    const sight = async () => {
      const id = await tenant.idOf('recharge-failed');
      const asked = { id, reader: administrator };
      return (await answerIncident({ ...tenant.ports, directory }, tenant.id, asked))?.ways?.mail?.sight.kind;
    };
    const command = { type: 'reportFailedRecharge', currency: usd, by: administrator, reason: null } as const;
    await doAbout(tenant.ports, tenant.id, { command });
    assert.equal(await sight(), 'no-feed');
    await report('balance.observed', { amount: '100' });
    assert.equal(await sight(), 'awaited');
    tenant.after(2 * hourMs);
    assert.equal(await sight(), 'not-seen');
    await report('recharge.failed', {}, 'late', new Date(tenant.at).toISOString());
    assert.equal(await sight(), 'arrived');
  });

  it('that is no event at all is refused', async () => {
    for (const payload of [null, 'text', [], { type: 'recharge.failed' }, { data: {} }]) {
      const done = await reportEvent(tenant.ports, { id: 'x', payload });
      assert.deepEqual(done, { kind: 'refused', refusal: { code: 'event-unreadable' } });
    }
  });
});
