import assert from 'node:assert/strict';
import { spy } from 'sinon';
import { personId, tenantId } from '../../src/decision/ids.ts';
import { hourMs } from '../../src/decision/time.ts';
import type { Message } from '../../src/outbox/message.ts';
import { tell } from '../../src/outbox/sender.ts';
import type { SenderPorts } from '../../src/outbox/sender-ports.ts';
import type { SpeakingTo } from '../../src/workflows/speaking-to.ts';
import { MemoryStore } from './memory-store.ts';
import { SandboxChat, saying } from './sandbox-chat.ts';

const tenant = tenantId('0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960') ?? assert.fail();
const person = personId('1cddbfb5-9c7b-48e7-9dd7-a240ed516d91') ?? assert.fail();
const morning = 1_000_000 + 8 * hourMs;

describe('quiet hours of a recipient', () => {
  let now: number;
  let chat: SandboxChat;
  let when: SpeakingTo;
  let says: string;
  let ports: SenderPorts;

  beforeEach(() => {
    now = 1_000_000;
    chat = new SandboxChat();
    when = { kind: 'later', at: morning };
    says = 'low';
    ports = {
      store: new MemoryStore(),
      deliver: chat,
      reach: chat,
      cards: { answerFor: async () => saying(says) },
      directory: { person: async () => null },
      throttle: { take: async () => ({ kind: 'taken', waitMs: 0 }) },
      speakingTo: async () => when,
      tenantWide: { timeZone: async () => 'UTC', channel: async () => null },
      clock: { now: () => now },
      sleep: async () => {},
      random: () => 0,
      handOver: async () => {},
    };
  });

  const message = (key: string, more: Partial<Message> = {}): Message => ({
    key,
    place: `${now}-0`,
    about: { kind: 'incident', id: 'low' },
    recipient: person,
    mode: 'new',
    urgency: 'warning',
    way: 'chat',
    ...more,
  });
  const heard = () => chat.heard.map(({ as, says: text }) => `${as} ${text}`);

  it('put off what can wait until they end, and say then what holds then', async () => {
    const low = message('low');
    assert.deepEqual(await tell(ports, tenant, low), { kind: 'later', afterMs: 8 * hourMs });
    assert.deepEqual(heard(), []);
    now = morning;
    when = { kind: 'now', inQuietHours: false };
    says = 'lower';
    assert.deepEqual(await tell(ports, tenant, low), { kind: 'done' });
    assert.deepEqual(heard(), ['card lower']);
  });

  it('put off the sound alone: the card that is there is edited at once', async () => {
    when = { kind: 'now', inQuietHours: false };
    await tell(ports, tenant, message('low'));
    when = { kind: 'later', at: morning };
    now += hourMs;
    says = 'well again';
    const end = message('end', { mode: 'final' });
    assert.equal((await tell(ports, tenant, end)).kind, 'later');
    assert.deepEqual(heard(), ['card well again']);
    now += hourMs;
    says = 'well for an hour';
    await tell(ports, tenant, message('shown', { mode: 'edit' }));
    assert.deepEqual(heard(), ['card well for an hour']);
    now = morning;
    when = { kind: 'now', inQuietHours: false };
    await tell(ports, tenant, end);
    assert.deepEqual(heard(), ['card well for an hour', 'note well for an hour']);
  });

  it('leave nothing to be said of what ended meanwhile', async () => {
    const low = message('low');
    await tell(ports, tenant, low);
    now = morning;
    when = { kind: 'never' };
    assert.deepEqual(await tell(ports, tenant, low), { kind: 'done' });
    assert.deepEqual(chat.requests, []);
  });

  it('are broken by what is critical, and the card is told so', async () => {
    when = { kind: 'now', inQuietHours: true };
    const heardBy = spy(chat, 'send');
    await tell(ports, tenant, message('zero', { urgency: 'critical' }));
    const readers = heardBy.args.map((args: readonly unknown[]) => args[2]);
    assert.deepEqual(readers, [{ language: null, locale: 'en-US', timeZone: 'UTC', inQuietHours: true }]);
  });

  it("are told in the tenant's time zone where the person's is unknown", async () => {
    when = { kind: 'now', inQuietHours: false };
    ports = { ...ports, tenantWide: { ...ports.tenantWide, timeZone: async () => 'Asia/Seoul' } };
    const heardBy = spy(chat, 'send');
    await tell(ports, tenant, message('zero', { urgency: 'critical' }));
    const readers = heardBy.args.map((args: readonly unknown[]) => args[2]);
    assert.deepEqual(readers, [
      { language: null, locale: 'en-US', timeZone: 'Asia/Seoul', inQuietHours: false },
    ]);
  });
});
