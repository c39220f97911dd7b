import assert from 'node:assert/strict';
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
const evening = 1_000_000;
const morning = evening + 8 * hourMs;
const digest = `${person}:2026-11-24`;

describe('what waited for the same morning', () => {
  let now: number;
  let chat: SandboxChat;
  let when: SpeakingTo;
  let says: (id: string) => string | null;
  let ports: SenderPorts;

  beforeEach(() => {
    now = evening;
    chat = new SandboxChat();
    when = { kind: 'later', at: morning };
    says = (id) => id;
    ports = {
      store: new MemoryStore(),
      deliver: chat,
      reach: chat,
      cards: {
        answerFor: async (_tenant, { kind, id }) => {
          const text = says(kind === 'digest' ? 'list' : id);
          return text === null ? null : saying(text);
        },
      },
      tenantWide: { timeZone: async () => 'UTC', channel: async () => null },
      directory: { person: async () => null },
      throttle: { take: async () => ({ kind: 'taken', waitMs: 0 }) },
      speakingTo: async () => when,
      clock: { now: () => now },
      sleep: async () => {},
      random: () => 0,
      handOver: async () => {},
    };
  });

  const news = (id: string, more: Partial<Message> = {}): Message => ({
    key: `opened ${id}`,
    place: `${now}-0`,
    about: { kind: 'incident', id },
    recipient: person,
    mode: 'new',
    urgency: 'warning',
    way: 'chat',
    ...more,
  });
  const inTheMorning = (): void => {
    now = morning;
    when = { kind: 'now', inQuietHours: false, morning: { digest, since: morning } };
  };
  const heard = () => chat.heard.map(({ says: text, silent }) => (silent ? `${text}, silent` : text));

  it('is heard in one message that lists it, and each has its card without a sound', async () => {
    const both = [news('low'), news('blind')];
    for (const each of both) assert.equal((await tell(ports, tenant, each)).kind, 'later');
    inTheMorning();
    for (const each of [...both, ...both]) assert.equal((await tell(ports, tenant, each)).kind, 'done');
    assert.deepEqual(heard(), ['list', 'low, silent', 'blind, silent']);
  });

  it('is edited later in its own card', async () => {
    const both = [news('low'), news('blind')];
    inTheMorning();
    for (const each of both) await tell(ports, tenant, each);
    now += hourMs;
    says = (id) => `${id}, lower`;
    await tell(ports, tenant, news('low', { key: 'edit', mode: 'edit' }));
    assert.deepEqual(
      chat.heard.map(({ says: text }) => text),
      ['list', 'low, lower', 'blind'],
    );
  });

  it('takes the place of the card that is there, without a sound', async () => {
    when = { kind: 'now', inQuietHours: false };
    await tell(ports, tenant, news('low'));
    now += hourMs;
    const worse = news('low', { key: 'worsened' });
    says = (id) => `${id}, worse`;
    inTheMorning();
    await tell(ports, tenant, worse);
    assert.deepEqual(
      chat.heard.map(({ says: text, inert }) => [text, inert]),
      [
        ['low, worse', true],
        ['list, worse', false],
        ['low, worse', false],
      ],
    );
  });

  it('speaks for itself where the list of that day was told before', async () => {
    inTheMorning();
    await tell(ports, tenant, news('low'));
    const [evenLater] = [now + 9 * hourMs];
    now = evenLater;
    when = { kind: 'now', inQuietHours: false, morning: { digest, since: evenLater } };
    await tell(ports, tenant, news('blind'));
    assert.deepEqual(heard(), ['list', 'low, silent', 'blind']);
  });

  it('is heard all the same where something critical joins it', async () => {
    chat.fate = (operation) =>
      operation === 'send' && chat.requests.filter((each) => each === 'send').length === 2
        ? { done: false, answer: { kind: 'again', afterMs: 1_000, why: '429' } }
        : { done: true, answer: null };
    inTheMorning();
    assert.equal((await tell(ports, tenant, news('low'))).kind, 'later');
    now += 5_000;
    when = { kind: 'now', inQuietHours: false };
    await tell(ports, tenant, news('low', { key: 'zero', urgency: 'critical' }));
    assert.deepEqual(heard(), ['list', 'low']);
  });

  it('is told by mail and in channels as it always was', async () => {
    inTheMorning();
    await tell(ports, tenant, news('low', { way: 'mail' }));
    assert.deepEqual(
      chat.heard.map(({ as, says: text }) => `${as} ${text}`),
      ['mail low'],
    );
  });
});
