import assert from 'node:assert/strict';
import { minuteMs } from '../../src/decision/time.ts';
import { receipts } from '../../src/outbox/deliveries.ts';
import { outboxBody } from '../../src/outbox/message.ts';
import { recipientsOf } from '../../src/outbox/recipients.ts';
import { tell } from '../../src/outbox/sender.ts';
import type { SenderPorts } from '../../src/outbox/sender-ports.ts';
import { actOnSettings } from '../../src/workflows/act-on-settings.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { observe } from '../../src/workflows/follow-incident.ts';
import { tenantWide } from '../../src/workflows/tenant-wide.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { FollowedTenant } from '../workflows/incidents-under-test.ts';
import { administratorPerson, askerOf } from '../workflows/product-under-test.ts';
import { administrator } from '../workflows/tenant-under-test.ts';
import { SandboxChat, saying } from './sandbox-chat.ts';

const finance = '19:finance@thread.tacv2';

describe('the step of the chain that turns to a channel', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;
  let chat: SandboxChat;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    chat = new SandboxChat();
    const place = { serviceUrl: null, teamsUser: null, locale: 'ko-KR', timeZone: null, left: false };
    for (const conversation of [finance, '19:elsewhere'])
      await rememberConversation(
        tenant.store,
        { tenant: tenant.id, who: 'channel', conversation, ...place },
        tenant.at,
      );
    await tenant.opensWith('100');
  });

  it('comes to the channel that was chosen in the form, at its time, and nowhere else', async () => {
    await save({ channel: finance });
    await rechargeFails();
    await sayAll();
    assert.deepEqual(chat.heard, []);
    await tenant.after(15 * minuteMs).tick();
    await sayAll();
    assert.deepEqual(
      chat.heard.map(({ conversation, as }) => [conversation, as]),
      [[finance, 'card']],
    );
    assert.deepEqual(await outcome(), { state: 'sent', way: 'channel', why: null });
  });

  it('is left out where no channel is chosen, and says so', async () => {
    await save({});
    await rechargeFails();
    await tenant.after(15 * minuteMs).tick();
    await sayAll();
    assert.deepEqual(chat.requests, []);
    assert.deepEqual(await outcome(), { state: 'gave-up', way: null, why: 'no-channel' });
  });

  async function save(more: object): Promise<void> {
    const data = { critical_channel: '15', critical_roles: 'never', critical_mail: 'never', ...more };
    const ports = { ...tenant.ports, defaultCurrency: currencyOf('USD') };
    const asker = { ...askerOf(administratorPerson, { tenant: tenant.id }), person: administrator };
    const saved = await actOnSettings(ports, { verb: 'settings.save', data }, asker);
    assert.equal(saved.kind === 'alert-settings' && saved.state, 'saved');
  }

  async function rechargeFails(): Promise<void> {
    const signal = { type: 'rechargeFailed', currency: currencyOf('USD'), failedAt: tenant.at } as const;
    const told = { ...signal, reason: null, reference: null, by: null };
    await observe(tenant.ports, tenant.id, { signals: [told], actor: 'test' });
  }

  /** All that was committed for the channel, in its order. */
  async function sayAll(): Promise<void> {
    const waiting = await redis.store.outbox(tenant.id, 100);
    for (const { key, place, body } of waiting) {
      const { audience, about, mode, urgency, way } = outboxBody.parse(body);
      if (audience.kind !== 'channel') continue;
      for (const recipient of await recipientsOf(nobody, tenant.id, audience))
        await tell(ports(), tenant.id, { key, place, about, mode, urgency, way, recipient });
    }
    const places = waiting.map(({ place }) => place);
    await redis.store.outboxMoved(tenant.id, places);
  }

  const nobody = {
    directory: { person: async () => null },
    roleDirectory: { roleHoldings: async () => assert.fail('nobody is asked for') },
  };

  function ports(): SenderPorts {
    return {
      ...tenant.ports,
      directory: nobody.directory,
      deliver: chat,
      reach: chat,
      cards: { answerFor: async () => saying('zero') },
      throttle: { take: async () => ({ kind: 'taken', waitMs: 0 }) },
      speakingTo: async () => ({ kind: 'now', inQuietHours: false }),
      tenantWide: tenantWide(tenant.ports),
      sleep: async () => {},
      random: () => 0,
      handOver: async () => {},
    };
  }

  async function outcome() {
    const about = { kind: 'incident', id: await tenant.idOf('recharge-failed') } as const;
    const [receipt] = await receipts(tenant.store, tenant.id, about);
    const { state, way, why } = receipt ?? assert.fail('nothing was tried');
    return { state, way, why };
  }
});
