import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Signal } from '../../src/alerts/signal.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import type { Address, Outcome, Reader } from '../../src/outbox/deliver.ts';
import { type OpenOutbox, openOutbox } from '../../src/outbox/open-outbox.ts';
import { incidentSays } from '../../src/workflows/answer-incident.ts';
import { cardSource } from '../../src/workflows/card-source.ts';
import { digestSays } from '../../src/workflows/digest-says.ts';
import { observe } from '../../src/workflows/follow-incident.ts';
import type { Outbox } from '../../src/workflows/ports.ts';
import { choosePreferences } from '../../src/workflows/preferences.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { sendDigests } from '../../src/workflows/send-digests.ts';
import { speakingTo } from '../../src/workflows/speaking-to.ts';
import { tenantWide } from '../../src/workflows/tenant-wide.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { SandboxChat } from '../outbox/sandbox-chat.ts';
import { MorningTenant } from './digests-under-test.ts';
import { purchase } from './tenant-under-test.ts';
import { cast } from './top-ups-under-test.ts';

/** A Monday of the past, so that what waits in the queue until a time of the test is looked at anew at once. */
const monday = Date.parse('2025-03-03T08:00:00Z');

/** What came to one person, in order. */
class Chat extends SandboxChat {
  readonly came: string[] = [];

  constructor(readonly person: string) {
    super();
  }

  override async send(to: Address, answer: Answer, reader: Reader): Promise<Outcome> {
    if (to.conversation === `chat of ${this.person}`) this.came.push(inShort(answer, reader));
    return super.send(to, answer, reader);
  }
}

function inShort(answer: Answer, { silent = false }: Reader): string {
  const about = answer.kind === 'digest' ? `digest, ${answer.night.length} of the night` : subjectOf(answer);
  return silent ? `${about}, silent` : about;
}

function subjectOf(answer: Answer): string {
  return answer.kind === 'incident' ? answer.about : answer.kind;
}

describe('a digest, from the commit to the chat', () => {
  const redis = withRedis();
  let tenant: MorningTenant;
  let chat: Chat;
  let running: OpenOutbox[];

  beforeEach(async () => {
    tenant = new MorningTenant(redis.store, monday);
    chat = new Chat(cast.grace.id);
    running = [];
    const funds = purchase({ id: 'opening', amount: moneyOf('500'), at: monday - dayMs });
    await recordFunding(redis.store, tenant.id, funds, monday);
  });
  afterEach(() => stop());

  const start = (): void => {
    const { ports, id } = tenant;
    const outbox = openOutbox({
      redisUrl: redis.url,
      prefix: `{${id}}`,
      store: { ...redis.store, ...outboxAt(redis.store, () => tenant.at), tenants: async () => [id] },
      directory: ports.directory,
      roleDirectory: ports.roleDirectory,
      cards: cardSource({ incident: incidentSays(ports), digest: digestSays(ports) }),
      reach: chat,
      throttle: { take: async () => ({ kind: 'taken', waitMs: 0 }) },
      tenantWide: tenantWide(ports),
      speakingTo: speakingTo(ports),
      clock: ports.clock,
      deliver: chat,
      onTrouble: () => {},
    });
    outbox.start();
    running.push(outbox);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(running.splice(0).map((outbox) => outbox.stop()));
  };
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) await wait(20);
  };
  const heldBack = () =>
    redis.store.members(tenant.id, `held-back:${cast.grace.id}`, { from: 0, to: Number.MAX_SAFE_INTEGER });

  it('comes once, with a restart in between and another process beside', async () => {
    await tenant.meets({ grace: 'UTC' });
    await Promise.all([1, 2].map(() => sendDigests(tenant.ports, tenant.id)));
    start();
    await until(() => chat.came.length > 0);
    await stop();
    await Promise.all([1, 2].map(() => sendDigests(tenant.ports, tenant.id)));
    start();
    start();
    tenant.at = monday + 7 * dayMs;
    await tenant.spends(1_000_000n);
    await sendDigests(tenant.ports, tenant.id);
    await until(() => chat.came.length > 1);
    assert.deepEqual(chat.came, ['digest, 0 of the night', 'digest, 0 of the night']);
  });

  it('lists what waited in the night, and is not said again at eight', async () => {
    await tenant.meets({ grace: 'UTC' });
    const person = { tenant: tenant.id, person: cast.grace.id };
    await choosePreferences(redis.store, person, {
      digest: 'daily',
      quietHours: { from: '22:00', to: '07:00' },
    });
    tenant.at = monday - 6 * hourMs;
    await observe(tenant.ports, tenant.id, { signals: [blind, drift], actor: 'test' });
    start();
    await until(async () => (await heldBack()).length === 2);
    assert.deepEqual(chat.came, []);
    // Whatever waits is lost with the queue's process, and found again by another.
    await stop();
    tenant.at = monday - hourMs;
    start();
    await sendDigests(tenant.ports, tenant.id);
    await until(() => chat.came.length > 2);
    tenant.at = monday;
    assert.ok((await sendDigests(tenant.ports, tenant.id)).said > 0, 'it is committed, and known to be told');
    await until(async () => (await tenant.toBeSaid()).length === 0);
    await wait(200);
    assert.equal(chat.came[0], 'digest, 2 of the night');
    assert.deepEqual(chat.came.slice(1).sort(), ['drift, silent', 'feed-blind, silent']);
  });
});

/** Commits are dated by the store's clock, which here is to go with the test's. */
function outboxAt(store: Outbox, now: () => number): Outbox {
  const places = new Map<string, string>();
  return {
    outbox: async (tenant, count) => {
      const waiting = await store.outbox(tenant, count);
      return waiting.map((message, index) => {
        const place = `${now()}-${index}`;
        places.set(place, message.place);
        return { ...message, place };
      });
    },
    outboxLength: (tenant) => store.outboxLength(tenant),
    outboxMoved: (tenant, moved) =>
      store.outboxMoved(
        tenant,
        moved.map((place) => places.get(place) ?? place),
      ),
  };
}

const drift: Signal = {
  type: 'driftFound',
  currency: currencyOf('USD'),
  observation: 'read in the night',
  amount: -9_000_000n,
  basisPoints: -900,
  isOver: true,
};

const blind: Signal = { type: 'feedSeen', completedAt: monday - dayMs };
