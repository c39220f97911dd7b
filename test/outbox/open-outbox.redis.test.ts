import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { sandboxAdapter } from '../../bot/adapter.ts';
import { teamsDeliver } from '../../bot/deliver.ts';
import { type PersonId, personId, type TenantId } from '../../src/decision/ids.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphPost } from '../../src/graph/post.ts';
import { graphReach } from '../../src/graph/reach-people.ts';
import type { Receipt } from '../../src/outbox/deliveries.ts';
import { receipts } from '../../src/outbox/deliveries.ts';
import type { OutboxBody } from '../../src/outbox/message.ts';
import { type OpenOutbox, openOutbox } from '../../src/outbox/open-outbox.ts';
import { type ConnectorDouble, startConnectorDouble } from '../../src/sandbox/connector/connector-double.ts';
import { connectorErrors } from '../../src/sandbox/connector/connector-errors.ts';
import { teamsAppsOf } from '../../src/sandbox/connector/teams-apps.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { changeAlertSettings } from '../../src/workflows/alert-settings.ts';
import { changeOf } from '../../src/workflows/booking.ts';
import { conversationWith, rememberConversation } from '../../src/workflows/conversations.ts';
import type { Loud, SpeakingTo } from '../../src/workflows/speaking-to.ts';
import { tenantWide } from '../../src/workflows/tenant-wide.ts';
import { freshTenant, type TestStore, withRedis, withRedisCluster } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { saying } from './sandbox-chat.ts';

const role = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
const about = { kind: 'incident', id: 'zero' } as const;
const appId = '7a0c2d1e-8a64-4c55-9a31-6f3b7d1e2c40';

/** Administrators who are not the sandbox's own, so that a test has as many as it needs. */
function administrators(count: number): readonly SandboxPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    id: personId(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`) ?? assert.fail(),
    displayName: `Administrator ${index}`,
    userPrincipalName: `administrator.${index}@harborline.example`,
    locale: index % 2 === 0 ? 'en-US' : 'ko-KR',
    timeZone: 'Asia/Seoul',
    roles: [role],
  }));
}

describe('the outbox, from the commit to the chats', () => sendsAll(withRedis()));
describe('the outbox on a cluster', () => sendsAll(withRedisCluster()));

function sendsAll(redis: TestStore): void {
  const people = administrators(40);
  const [blocked, removed, absent] = people as [SandboxPerson, SandboxPerson, SandboxPerson];
  let tenant: TenantId;
  let teams: ConnectorDouble;
  let graph: GraphDouble;
  let running: OpenOutbox[];
  let version: number;
  let speakingTo: (loud: Loud) => SpeakingTo;
  let says: (person: PersonId | null) => string;

  beforeEach(async () => {
    tenant = freshTenant();
    version = 1;
    says = () => `v${version}v`;
    speakingTo = () => ({ kind: 'now', inQuietHours: false });
    running = [];
    teams = await startConnectorDouble({
      tenant,
      // Whose account is switched off has no place in Teams.
      people: people.map((person) => (person === absent ? { ...person, via: 'disabled' as const } : person)),
      bot: { id: '28:bot', name: 'Credits Bot' },
      botUrl: 'http://127.0.0.1:1/',
      now: Date.now,
      patience: { repeatAfterMs: 1_000, giveUpAfterMs: 2_000 },
      port: 0,
    });
    graph = await startGraph({
      tenant: { ...sandboxTenant, id: tenant },
      people: [...sandboxPeople, ...people.filter((person) => person !== absent)],
      expectedToken: null,
    });
    graph.joinTeams(teamsAppsOf(teams));
    for (const person of people) {
      if (person !== absent && person !== removed) await meet(person);
    }
    teams.client.block(blocked.id);
  });
  afterEach(async () => {
    await Promise.all(running.map((outbox) => outbox.stop()));
    await teams.stop();
    await graph.stop();
  });

  it('reaches each in the way that is left, and tells of each how', async () => {
    start(2);
    await commit('opened', { mode: 'new', urgency: 'critical' });
    const told = await settled(people.length + 1);

    const wayOf = (who: string) => {
      const { state, way, why } = told.get(who) ?? assert.fail(who);
      return { state, way, why };
    };
    for (const { id } of people.slice(3))
      assert.deepEqual(wayOf(id), { state: 'sent', way: 'chat', why: null });
    assert.deepEqual(wayOf(blocked.id), { state: 'sent', way: 'mail', why: 'blocked' });
    assert.deepEqual(wayOf(removed.id), { state: 'sent', way: 'chat', why: null });
    assert.deepEqual(wayOf(absent.id), { state: 'gave-up', way: null, why: 'refused' });
    // Nobody has chosen a channel.
    assert.deepEqual(wayOf('channel'), { state: 'gave-up', way: null, why: 'no-channel' });
    assert.deepEqual(
      graph.mails.map(({ to }) => to),
      [blocked.userPrincipalName],
    );
    for (const person of people.slice(3)) assert.equal(cardsOf(person).length, 1);
    // Who never wrote to the bot is written to in the language of the account.
    assert.match(JSON.stringify(cardsOf(removed)), /안녕하세요/);
    const kept = await conversationWith(redis.store, tenant, removed.id);
    assert.equal(kept?.locale, 'ko-KR');
  });

  it('tells once what is committed, relayed and taken up more than once', async () => {
    start(3);
    await commit('opened', { mode: 'new', urgency: 'critical' });
    await commit('opened', { mode: 'new', urgency: 'critical' });
    await settled(people.length + 1);
    await commit('opened', { mode: 'new', urgency: 'critical' });
    await commit('after', { mode: 'edit', urgency: 'info', audience: only(people[5]) });
    version = 2;
    await until(() => cardsOf(people[5]).some(({ state }) => state === 'edited'));
    for (const person of people.slice(3)) assert.equal(cardsOf(person).length, 1);
  });

  it('edits one card to the end, makes the older inert, and says in a line that it is over', async () => {
    const [, , , one = blocked] = people;
    start(1);
    for (const [key, mode, urgency] of [
      ['opened', 'new', 'warning'],
      ['acknowledged', 'edit', 'info'],
      ['worse', 'new', 'critical'],
      ['resolved', 'final', 'info'],
    ] as const) {
      await commit(key, { mode, urgency, audience: only(one) });
      const { version: now } = { version };
      await until(async () => {
        const text = JSON.stringify(cardsOf(one).at(-1) ?? '');
        const stored = (await receiptsNow()).get(one.id);
        // The older card is made inert after the new one is there, from what holds then.
        const older = mode === 'new' ? messagesOf(one).slice(0, -1) : [];
        const isInert = !/Action\./.test(JSON.stringify(older.map(({ cards }) => cards)));
        return text.includes(`v${now}v`) && stored?.state === 'sent' && isInert;
      });
      // The line that it is over is said last, from what holds then.
      if (mode === 'final') await until(() => messagesOf(one).length === 3);
      else version += 1;
    }
    const [first, second, note] = messagesOf(one);
    assert.match(JSON.stringify(first), /v3v/);
    assert.doesNotMatch(JSON.stringify(first?.cards), /Action\./);
    assert.match(JSON.stringify(second), /v4v/);
    assert.deepEqual(note?.cards, []);
    assert.match(note?.text ?? '', /v4v/);
  });

  it('goes on where the connector fails, and doubles only what nobody knows of', async () => {
    const some = people.slice(3, 13);
    teams.faults.add(
      { kind: 'answer', operation: 'send', answer: connectorErrors.badGateway },
      { kind: 'answer', operation: 'send', answer: { ...connectorErrors.throttled, retryAfterSeconds: 1 } },
      { kind: 'cut-after-success', operation: 'send' },
      { kind: 'cut-after-success', operation: 'send' },
    );
    start(2);
    await commit('opened', { mode: 'new', urgency: 'critical', audience: only(...some) });
    const told = await settled(some.length);
    const resent = [...told.values()].reduce((sum, receipt) => sum + receipt.resent, 0);
    assert.equal(resent, 2);
    const cards = some.map((person) => cardsOf(person).length);
    assert.deepEqual(
      cards.sort((left, right) => left - right),
      [1, 1, 1, 1, 1, 1, 1, 1, 2, 2],
    );
  });

  it('sends nothing again that is not critical, where nobody knows whether it came', async () => {
    const some = people.slice(3, 6);
    teams.faults.add({ kind: 'cut-after-success', operation: 'send' });
    start(1);
    await commit('opened', { mode: 'new', urgency: 'warning', audience: only(...some) });
    const told = await settled(some.length);
    assert.deepEqual([...told.values()].map(({ state }) => state).sort(), ['sent', 'sent', 'unknown']);
    for (const person of some) assert.equal(cardsOf(person).length, 1);
  });

  it('tells the channel that was chosen, once, of those whom nothing else reaches', async () => {
    await chooseChannel();
    says = (person) => (person === null ? 'everybody' : 'somebody');
    start(1);
    await commit('opened', { mode: 'new', urgency: 'critical', audience: only(absent, people[7]) });
    const told = await settled(3);
    assert.deepEqual(told.get('channel')?.way, 'channel');
    assert.deepEqual(told.get(absent.id)?.state, 'gave-up');
    const posted = teams.client.seen(blocked.id, 'channel').filter(({ from }) => from === null);
    assert.equal(posted.length, 1);
    assert.match(JSON.stringify(posted), /everybody/);
  });

  it('tells the channel what is for the channel, and where none is chosen says so and nothing else', async () => {
    const toChannel = { mode: 'new', urgency: 'warning', audience: { kind: 'channel' } } as const;
    const inChannel = () => teams.client.seen(blocked.id, 'channel').filter(({ from }) => from === null);
    start(1);
    await commit('escalated', toChannel);
    const skipped = (await settled(1)).get('channel');
    assert.deepEqual([skipped?.state, skipped?.why], ['gave-up', 'no-channel']);
    assert.deepEqual(inChannel(), []);

    await chooseChannel();
    await commit('escalated-again', toChannel);
    await until(() => inChannel().length === 1);
    const told = await settled(1);
    assert.deepEqual([told.get('channel')?.state, told.get('channel')?.way], ['sent', 'channel']);
  });

  it('writes nowhere but in the channel that was chosen, wherever else the app is', async () => {
    await chooseChannel();
    const elsewhere = { tenant, who: 'channel', conversation: '19:elsewhere', teamsUser: null } as const;
    const place = { serviceUrl: teams.serviceUrl, locale: 'en-US', timeZone: null, left: false };
    await rememberConversation(redis.store, { ...elsewhere, ...place }, Date.now() + 1);
    start(1);
    await commit('escalated', { mode: 'new', urgency: 'critical', audience: { kind: 'channel' } });
    await settled(1);
    assert.equal(teams.client.seen(blocked.id, 'channel').filter(({ from }) => from === null).length, 1);
  });

  it('mails beside the chat what is asked to go by mail, and says where that is not possible', async () => {
    const [, , , one, other] = people;
    start(1);
    await commit('opened', { mode: 'new', urgency: 'critical', audience: only(one) });
    await settled(1);
    version = 2;
    await commit('escalated', { mode: 'new', urgency: 'critical', audience: only(one, absent), way: 'mail' });
    await commit('shown', { mode: 'edit', urgency: 'critical', audience: only(one, absent, other) });
    const told = await settled(3);
    await until(() => JSON.stringify(cardsOf(one)).includes('v2v'));

    const wayOf = (who: string) => {
      const { asked, state, way, why } = told.get(who) ?? assert.fail(who);
      return { asked, state, way, why };
    };
    assert.deepEqual(wayOf(one?.id ?? ''), { asked: 'chat', state: 'sent', way: 'chat', why: null });
    assert.deepEqual(wayOf(`${one?.id} by mail`), { asked: 'mail', state: 'sent', way: 'mail', why: null });
    const { state, way, why } = wayOf(`${absent.id} by mail`);
    assert.deepEqual({ state, way }, { state: 'gave-up', way: null });
    assert.ok(why === 'no-mailbox' || why === 'refused', why ?? '');
    assert.deepEqual(
      graph.mails.map(({ to }) => to),
      [one?.userPrincipalName],
    );
    assert.equal(cardsOf(one).length, 1);
  });

  it('sets aside what no release understands, and sends the rest', async () => {
    start(1);
    await redis.store.commit(changeOf(tenant, [], { messages: [{ key: 'odd', body: { v: 9 } }] }));
    await commit('opened', { mode: 'new', urgency: 'info', audience: only(people[4]) });
    await settled(1);
    assert.equal((await redis.store.latest(tenant, 'unreadable-messages', 5)).length, 1);
    assert.deepEqual(await redis.store.outbox(tenant, 5), []);
    const { committed, waiting, prioritized, failed } = (await running[0]?.depth()) ?? assert.fail();
    assert.deepEqual([committed, waiting, prioritized, failed], [0, 0, 0, 0]);
  });

  /** The app comes into a team, and somebody chooses that channel. */
  async function chooseChannel(): Promise<void> {
    const { id: channel } = teams.client.conversation(blocked.id, 'channel');
    await teams.client.install(blocked.id, 'channel');
    const place = { conversation: channel, serviceUrl: teams.serviceUrl, teamsUser: null };
    await rememberConversation(
      redis.store,
      { tenant, who: 'channel', ...place, locale: 'en-US', timeZone: null, left: false },
      Date.now(),
    );
    const command = { type: 'change', to: { channel } } as const;
    await changeAlertSettings({ store: redis.store, clock: { now: Date.now } }, tenant, {
      command,
      by: 'test',
    });
  }

  async function meet({ id, locale, timeZone }: SandboxPerson): Promise<void> {
    await teams.client.install(id, 'personal');
    const { id: conversation } = teams.client.conversation(id, 'personal');
    const { serviceUrl } = teams;
    const meeting = {
      tenant,
      who: id,
      conversation,
      serviceUrl,
      teamsUser: null,
      locale,
      timeZone,
      left: false,
    };
    await rememberConversation(redis.store, meeting, Date.now());
  }

  function start(processes: number): void {
    const clock = { now: () => Date.now() };
    const tokens = { token: async () => null };
    const client = graphClient({
      baseUrl: graph.baseUrl,
      tokens,
      now: clock.now,
      sleep: async (ms) => wait(ms),
      random: Math.random,
    });
    for (let process = 0; process < processes; process += 1) {
      const outbox = openOutbox({
        redisUrl: redis.url,
        prefix: `{${tenant}}`,
        store: { ...redis.store, tenants: async () => [tenant] },
        directory: { person: async (_, id) => directoryPerson(id) },
        roleDirectory: {
          roleHoldings: async () => ({
            readAt: 0,
            holders: new Map([[role, people.map((person) => ({ ...holder, ...person, person: person.id }))]]),
            eligibleKnown: true,
          }),
        },
        cards: { answerFor: async (_, __, person) => saying(says(person)) },
        reach: graphReach({
          client,
          post: graphPost({ baseUrl: graph.baseUrl, tokens, now: clock.now }),
          baseUrl: graph.baseUrl,
          teamsAppId: appId,
          mailSender: sandboxPeople[0]?.id ?? '',
        }),
        speakingTo: async (_, loud) => speakingTo(loud),
        tenantWide: tenantWide({ store: redis.store, clock }),
        throttle: { take: async () => ({ kind: 'taken', waitMs: 0 }) },
        clock,
        deliver: teamsDeliver({
          adapter: sandboxAdapter(),
          botId: '',
          reach: { kind: 'loopback' },
          serviceUrl: () => teams.serviceUrl,
          now: clock.now,
        }),
        onTrouble: () => {},
      });
      outbox.start();
      running.push(outbox);
    }
  }

  const holder = { enabled: true, guest: false, how: 'direct', scope: '/', until: null } as const;

  function directoryPerson(id: PersonId) {
    const found = people.find((person) => person.id === id) ?? assert.fail(id);
    return { ...found, enabled: true, guest: false, preferredLanguage: found.locale };
  }

  async function commit(
    key: string,
    body: Pick<OutboxBody, 'mode' | 'urgency'> &
      Partial<Pick<OutboxBody, 'audience'>> & { readonly way?: 'mail' },
  ): Promise<void> {
    // As earlier releases wrote it, unless a way is asked for.
    const whole = {
      v: 1,
      about,
      audience: { kind: 'roles', roles: [role] },
      at: Date.now(),
      ...body,
    };
    await redis.store.commit(changeOf(tenant, [], { messages: [{ key, body: whole }] }));
  }

  async function receiptsNow(): Promise<ReadonlyMap<string, Receipt>> {
    const found = await receipts(redis.store, tenant, about);
    return new Map(
      found.map((receipt) => [
        receipt.asked === 'mail' ? `${receipt.recipient} by mail` : receipt.recipient,
        receipt,
      ]),
    );
  }

  async function settled(count: number): Promise<ReadonlyMap<string, Receipt>> {
    let now = await receiptsNow();
    const isSettled = ({ state }: Receipt) => state !== 'waiting' && state !== 'sending';
    await until(async () => {
      now = await receiptsNow();
      return now.size === count && [...now.values()].every(isSettled);
    });
    return now;
  }

  function messagesOf(person: SandboxPerson | undefined) {
    return teams.client.seen((person ?? assert.fail()).id, 'personal').filter(({ from }) => from === null);
  }

  function cardsOf(person: SandboxPerson | undefined) {
    return messagesOf(person).filter(({ cards }) => cards.length > 0);
  }
}

function only(...people: readonly (SandboxPerson | undefined)[]): OutboxBody['audience'] {
  return { kind: 'people', people: people.map((person) => person?.id ?? '') };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(20);
}
