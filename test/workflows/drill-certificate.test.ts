import assert from 'node:assert/strict';
import type { IncidentAnswer } from '../../src/answers/incident.ts';
import type { PersonId } from '../../src/decision/ids.ts';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { tell } from '../../src/outbox/sender.ts';
import type { SenderPorts } from '../../src/outbox/sender-ports.ts';
import type { Product } from '../../src/product.ts';
import { product } from '../../src/product-on-ports.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { tenantWide } from '../../src/workflows/tenant-wide.ts';
import { withRedis } from '../fakes/redis.ts';
import { fine, SandboxChat } from '../outbox/sandbox-chat.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';

const [first, second, third, fourth] = sandboxPeople.filter(mayAsk) as [
  SandboxPerson,
  SandboxPerson,
  SandboxPerson,
  SandboxPerson,
];

/** Tells as the outbox does, in chats in memory. */
function senderOf(tenant: FollowedTenant, own: Product, chat: SandboxChat): SenderPorts {
  return {
    store: tenant.store,
    deliver: chat,
    reach: chat,
    cards: { answerFor: (of, { id }, person) => own.incidentAnswer(of, id, person) },
    directory: { person: async () => null },
    tenantWide: tenantWide(tenant.ports),
    throttle: { take: async () => ({ kind: 'taken', waitMs: 0 }) },
    speakingTo: async () => ({ kind: 'now', inQuietHours: false }),
    clock: tenant.ports.clock,
    sleep: async () => {},
    random: () => 0,
    handOver: async () => {},
  };
}

describe('the certificate of a drill', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;
  let graph: GraphDouble;
  let own: Product;
  let chat: SandboxChat;
  let places: number;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    graph = await startDirectory(tenant.id);
    own = product({ ...portsOf(tenant.store, graph, tenant.ports.clock) });
    chat = new SandboxChat();
    places = 0;
    await own.drill(tenant.id, 'credits drill');
  });
  afterEach(() => graph.stop());

  const about = { kind: 'incident', id: 'drill-1' } as const;
  const send = (recipient: PersonId, mode: 'new' | 'edit' | 'final' = 'new') => {
    places += 1;
    const place = `${tenant.at}-${places}`;
    const message = { key: place, place, about, recipient, mode, urgency: 'warning', way: 'chat' } as const;
    return tell(senderOf(tenant, own, chat), tenant.id, message);
  };
  const tap = (verb: string, by: SandboxPerson, messageId = 'card') =>
    own.act({ verb, data: { episode: 'drill-1' }, messageId }, askerOf(by, { tenant: tenant.id }));
  const card = async (): Promise<IncidentAnswer> => {
    const answer = await own.incidentAnswer(tenant.id, 'drill-1', administratorPerson.id);
    return answer?.kind === 'incident' ? answer : assert.fail();
  };

  /** The first is told after two seconds, the second after four, the third by nothing, the fourth perhaps. */
  async function tellEverybody(): Promise<void> {
    tenant.after(2_000);
    await send(first.id);
    tenant.after(2_000);
    await send(second.id);
    chat.fate = () => ({ done: false, answer: { kind: 'gave-up', why: 'blocked' } });
    await send(third.id);
    chat.fate = () => ({ done: false, answer: null });
    await send(fourth.id);
    chat.fate = () => fine;
  }

  it('is one entry of the audit when the drill ends, and agrees with the records of the deliveries', async () => {
    await tellEverybody();
    assert.equal(await own.drillCertificate(tenant.id, null), null, 'none while it goes on');
    await tap('alert.acknowledge', first);
    tenant.after(minuteMs);
    await send(first.id, 'edit');
    await tap('alert.resolve', first);

    const certificate = (await own.drillCertificate(tenant.id, null)) ?? assert.fail();
    const { incident, of, reached, medianSeconds, slowestSeconds, people } = certificate;
    assert.deepEqual([incident, of, reached, medianSeconds, slowestSeconds], ['drill-1', 4, 2, 2, 4]);
    const receipts = await own.deliveries(tenant.id, about);
    const { startedAt } = certificate;
    const expected = receipts.map(({ recipient, state, way, why, toldAt }) => ({
      person: recipient,
      outcome: way !== null ? 'sent' : state === 'unknown' ? 'unknown' : 'failed',
      way,
      why,
      seconds: toldAt === null ? null : (toldAt - startedAt) / 1_000,
    }));
    assert.deepEqual(people, expected);
    const told = new Map(people.map(({ person, outcome, seconds }) => [person, [outcome, seconds]]));
    assert.deepEqual(
      [first, second, third, fourth].map(({ id }) => told.get(id)),
      [
        ['sent', 2],
        ['sent', 4],
        ['failed', null],
        ['unknown', null],
      ],
    );

    const entries = [];
    for await (const batch of own.auditLog(tenant.id)) entries.push(...batch);
    const certified = entries.filter(({ type }) => type === 'drill.completed');
    assert.deepEqual(
      certified.map(({ seq, hash, actor }) => [seq, hash, actor]),
      [[certificate.seq, certificate.hash, first.id]],
    );
    assert.equal((await own.verify(tenant.id)).ok, true);
  });

  it('comes also where the drill ends by itself, and of the drill that is asked for', async () => {
    await tellEverybody();
    await tenant.after(4 * hourMs).tick();
    const certificate = await own.drillCertificate(tenant.id, 'drill-1');
    assert.equal(certificate?.reached, 2);
    await own.drill(tenant.id, 'credits drill');
    await tenant.after(4 * hourMs).tick();
    assert.equal((await own.drillCertificate(tenant.id, null))?.incident, 'drill-2');
    assert.deepEqual(await own.drillCertificate(tenant.id, 'drill-1'), certificate);
    assert.equal(await own.drillCertificate(tenant.id, 'drill-9'), null);
  });

  it('stands in short on the card of the drill, once that is over', async () => {
    await tellEverybody();
    tenant.after(minuteMs);
    assert.equal((await card()).ways?.told?.speed, null);
    await tap('alert.resolve', first);
    tenant.after(minuteMs);
    assert.deepEqual((await card()).ways?.told, {
      of: 4,
      told: 2,
      byMail: 0,
      seen: 1,
      pending: 0,
      unknown: 1,
      failed: [{ why: 'blocked', count: 1 }],
      speed: { medianMs: 2_000, slowestMs: 4_000 },
    });
  });

  it('is no news: what was heard is not said again because others were told meanwhile', async () => {
    const committed = tenant.at;
    const say = (recipient: PersonId, number: number) => {
      const place = `${committed}-${number}`;
      const message = { key: place, place, about, recipient, mode: 'new', urgency: 'warning' } as const;
      return tell(senderOf(tenant, own, chat), tenant.id, { ...message, way: 'chat' });
    };
    await say(second.id, 1);
    tenant.after(minuteMs);
    await say(first.id, 1);
    tenant.after(minuteMs);
    const counted = (await card()).ways?.told;
    tenant.after(minuteMs);
    await say(third.id, 1);
    tenant.after(minuteMs);
    assert.notDeepEqual((await card()).ways?.told, counted);
    await say(first.id, 2);
    assert.deepEqual(
      chat.heard.map(({ conversation }) => conversation),
      [second, first, third].map(({ id }) => `chat of ${id}`),
    );
  });
});

describe('who has seen an incident', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;
  let graph: GraphDouble;
  let own: Product;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    graph = await startDirectory(tenant.id);
    own = product({ ...portsOf(tenant.store, graph, tenant.ports.clock) });
    await own.drill(tenant.id, 'credits drill');
    const ports = senderOf(tenant, own, new SandboxChat());
    const place = `${tenant.at}-1`;
    const about = { kind: 'incident', id: 'drill-1' } as const;
    const message = { key: 'new', place, about, mode: 'new', urgency: 'warning', way: 'chat' } as const;
    for (const { id: recipient } of [first, second]) await tell(ports, tenant.id, { ...message, recipient });
  });
  afterEach(() => graph.stop());

  const tap = (verb: string, by: SandboxPerson, episode = 'drill-1') =>
    own.act({ verb, data: { episode }, messageId: verb }, askerOf(by, { tenant: tenant.id }));
  const seenAt = async (id = 'drill-1') => {
    const receipts = await own.deliveries(tenant.id, { kind: 'incident', id });
    return new Map<string, number | null>(receipts.map(({ recipient, seenAt: at }) => [recipient, at]));
  };

  it('is who tapped on its card, from the first tap on, whatever the tap came to', async () => {
    assert.deepEqual([...(await seenAt()).values()], [null, null]);
    const firstTap = tenant.after(minuteMs).at;
    await tap('alert.take', first);
    tenant.after(minuteMs);
    await tap('alert.acknowledge', first);
    assert.equal((await seenAt()).get(first.id), firstTap);
    const refused = await tap('alert.take', second);
    assert.equal(refused.kind === 'refused' && refused.code, 'held-by-another');
    assert.equal((await seenAt()).get(second.id), tenant.at);
  });

  it('is also who asks for money on it', async () => {
    await tap('topup.open', first);
    assert.equal((await seenAt()).get(first.id), tenant.at);
  });

  it('is nobody for a card of an incident that there never was', async () => {
    await tap('alert.acknowledge', first, 'drill-77');
    await tap('topup.open', first, 'drill-77');
    assert.deepEqual([...(await seenAt()).values()], [null, null]);
  });

  it('is counted once by taps that come together', async () => {
    await Promise.all([
      tap('alert.acknowledge', first),
      tap('alert.take', first),
      tap('alert.acknowledge', first),
    ]);
    assert.equal((await seenAt()).get(first.id), tenant.at);
    const events = (await own.incident(tenant.id, 'drill-1'))?.summary.steps.map(({ type }) => type);
    assert.deepEqual([...(events ?? [])].sort(), ['acknowledged', 'opened', 'taken']);
  });
});
