import assert from 'node:assert/strict';
import type { Asker } from '../../src/answers/asker.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { understand } from '../../src/language/understand.ts';
import { type Connection, connect } from '../../src/store/connection.ts';
import { redisShortMemory } from '../../src/store/short-memory.ts';
import { inConversation } from '../../src/workflows/in-conversation.ts';
import { type ShortMemory, StoreUnavailable } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { administratorPerson, askerOf } from './product-under-test.ts';
import { now } from './tenant-under-test.ts';

const chat = 'a:personal-chat';
const channel = '19:channel@thread.tacv2';

describe('a conversation', () => {
  const redis = withRedis();
  let connection: Connection;
  let memory: ShortMemory;
  let tenant: TenantId;
  let grace: Asker;

  before(() => {
    connection = connect(redis.url, { onError: (error) => assert.fail(error) });
    memory = redisShortMemory(connection);
  });
  after(() => connection.quit());
  beforeEach(() => {
    tenant = freshTenant();
    grace = askerOf(administratorPerson, { tenant });
  });

  it('keeps the subject: another place, then another language', async () => {
    await say('How much is a 10 minute call to Germany?');

    assert.deepEqual((await say('and to Japan?')).question, {
      intent: 'rate',
      region: 'JP',
      destination: 'Japan',
      minutes: 10,
    });
    assert.deepEqual((await say('그럼 프랑스는?')).question, {
      intent: 'rate',
      region: 'FR',
      destination: '프랑스',
      minutes: 10,
    });
  });

  it('keeps the subject over a question that stands for itself', async () => {
    await say('usage by country this month');
    await say("what's our balance?");

    const { question } = await say('지난달은?');
    assert.deepEqual(question, { intent: 'usage', period: 'last_month', by: 'country' });
  });

  it('has no subject before the first question', async () => {
    assert.deepEqual((await say('and to Japan?')).question, understandAlone('and to Japan?').question);
  });

  it('never takes the subject of another person', async () => {
    await say('How much is a call to Germany?', { conversationId: channel });

    const other = { ...grace, person: '0f0f0f0f-0000-4000-8000-000000000001' as Asker['person'] };
    const { question } = await say('30 minutes?', { conversationId: channel, asker: other });
    assert.deepEqual(question, understandAlone('30 minutes?').question);
  });

  it('never takes the subject of another place', async () => {
    await say('How much is a call to Germany?', { conversationId: channel });

    assert.deepEqual((await say('30 minutes?')).question, understandAlone('30 minutes?').question);
  });

  it('keeps nothing for somebody whom nobody knows', async () => {
    const stranger = { ...grace, person: null };
    await say('How much is a call to Germany?', { asker: stranger });

    assert.deepEqual(
      (await say('30 minutes?', { asker: stranger })).question,
      understandAlone('30 minutes?').question,
    );
  });

  it('forgets the subject ten minutes after the last word on it', async () => {
    await say('How much is a call to Germany?');

    const [key, ...more] = await connection.keys(`{${tenant}}:memory:*`);
    assert.ok(key);
    assert.deepEqual(more, []);
    assert.ok(!key.includes(chat), 'no key tells who spoke where');
    const seconds = await connection.ttl(key);
    assert.ok(seconds > 540 && seconds <= 600, String(seconds));
  });

  it('takes a text by itself where the memory holds what this release does not know', async () => {
    await say('How much is a call to Germany?');
    const [key] = await connection.keys(`{${tenant}}:memory:*`);
    await connection.set(key ?? '', '{"intent":"horoscope"}');

    assert.deepEqual((await say('30 minutes?')).question, understandAlone('30 minutes?').question);
  });

  it('takes a text by itself where the memory does not answer', async () => {
    memory = { recalled: absent, remember: absent };

    const { question } = await say('How much is a call to Germany?');
    assert.deepEqual(question, understandAlone('How much is a call to Germany?').question);
    memory = redisShortMemory(connection);
  });

  function say(
    text: string,
    { conversationId = chat, asker = grace }: { conversationId?: string; asker?: Asker } = {},
  ) {
    const ports = { shortMemory: memory, clock: { now: () => now }, defaultCurrency: currencyOf('USD') };
    return inConversation(ports, { text, own: understandAlone(text), conversationId, asker });
  }

  function understandAlone(text: string) {
    const { locale, timeZone } = grace;
    return understand(text, { locale, timeZone, now, currency: 'USD' });
  }
});

async function absent(): Promise<never> {
  throw new StoreUnavailable(new Error('connect ECONNREFUSED'));
}
