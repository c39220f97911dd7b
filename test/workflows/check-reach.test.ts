import assert from 'node:assert/strict';
import type { IncidentAnswer } from '../../src/answers/incident.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { defaultRoles } from '../../src/people/role-catalogue.ts';
import type { Product } from '../../src/product.ts';
import { product } from '../../src/product-on-ports.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { reachSeen } from '../../src/workflows/reach-seen.ts';
import { withRedis } from '../fakes/redis.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, mayAsk, portsOf, startDirectory } from './product-under-test.ts';

const able = sandboxPeople.filter(mayAsk);
const counted = sandboxPeople.filter(({ roles }) => roles.some((role) => defaultRoles.includes(role)));
const disabled = sandboxPeople.find(({ via }) => via === 'disabled') ?? assert.fail();

describe('the daily look at who could be told', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;
  let graph: GraphDouble;
  let own: Product;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    graph = await startDirectory(tenant.id);
    own = product({ ...portsOf(tenant.store, graph, tenant.ports.clock) });
    await own.checkReach(tenant.id);
  });
  afterEach(() => graph.stop());

  const meet = ({ id, locale, timeZone }: SandboxPerson, left = false) => {
    const place = { conversation: `chat of ${id}`, serviceUrl: null, teamsUser: null, locale, timeZone };
    return rememberConversation(redis.store, { tenant: tenant.id, who: id, ...place, left }, tenant.at);
  };
  const check = () => own.checkReach(tenant.id);
  const asked = async (work: () => Promise<unknown>): Promise<number> => {
    const before = graph.questions.length;
    await work();
    return graph.questions.length - before;
  };
  const said = async (id: string): Promise<IncidentAnswer> => {
    const answer = await own.incidentAnswer(tenant.id, id, administratorPerson.id);
    return answer?.kind === 'incident' ? answer : assert.fail();
  };

  it('is not on the day on which the bot came, and then once a day', async () => {
    assert.equal(await asked(check), 0);
    assert.equal(await reachSeen(redis.store, tenant.id), null);
    for (const person of able) await meet(person);
    tenant.after(dayMs);
    assert.ok((await asked(check)) > 0);
    assert.equal(await asked(check), 0);
    tenant.after(hourMs);
    assert.equal(await asked(check), 0, 'enough can be told: no look by the hour');
    tenant.after(dayMs);
    assert.ok((await asked(check)) > 0);
  });

  it('finds everybody who is blocked, has no bot, or is switched off, before anything is sent', async () => {
    const [first, second, third, ...others] = able as [SandboxPerson, SandboxPerson, SandboxPerson];
    for (const person of [first, second, ...others, disabled]) await meet(person);
    await meet(second, true);
    await check();
    await tenant.after(dayMs);
    await check();
    const seen = (await reachSeen(redis.store, tenant.id)) ?? assert.fail();
    const stateOf = ({ id }: SandboxPerson) => seen.people.find(({ person }) => person === id)?.state;
    assert.deepEqual([first, second, third, disabled].map(stateOf), [
      'chat',
      'not-in-roster',
      'no-chat',
      'disabled',
    ]);
    assert.deepEqual(
      seen.people.filter(({ mailbox }) => mailbox === false).map(({ displayName }) => displayName),
      ['Tomás Herrera'],
    );
    assert.ok(seen.unheld.length > 0);
  });

  it('is an incident while fewer than two can, which names the others, and ends soon after two wrote', async () => {
    await meet(administratorPerson);
    tenant.after(dayMs);
    const [id = assert.fail()] = await check();
    assert.deepEqual(tenant.news(), [`new warning ${id} roles`]);
    const answer = await said(id);
    assert.equal(answer.about, 'few-reachable');
    assert.deepEqual([answer.figures.count, answer.figures.of], [1, counted.length]);
    const { people = [] } = answer.ways?.unreached ?? {};
    assert.ok(people.some(({ name, why }) => name === disabled.displayName && why === 'disabled'));
    assert.ok(!people.some(({ name }) => name === administratorPerson.displayName));

    const [, second = assert.fail()] = able;
    await meet(second);
    tenant.after(hourMs);
    assert.equal(await asked(check), 0, 'the directory is not asked by the hour');
    await tenant.after(10 * minuteMs).tick();
    const end = await said(id);
    assert.equal(end.resolved?.how, 'recovered');
    assert.equal(end.ways?.unreached, undefined);
  });

  it('says on the first look of a week who cannot be told, once, and nothing where everybody can', async () => {
    const [first, second] = able;
    for (const person of [first, second]) await meet(person ?? assert.fail());
    for (let days = 0; days < 7; days += 1) {
      tenant.after(dayMs);
      await check();
      await check();
    }
    const reports = tenant.news().filter((text) => text.includes('reach-report'));
    assert.equal(reports.length, 2, 'the week in which the bot came, and the next');
    const known = await own.incidents(tenant.id, { from: 0, to: tenant.at + 1 });
    const { episode } = known.find((one) => one.episode.kind === 'reach-report') ?? assert.fail();
    const answer = await said(episode.id);
    assert.deepEqual(answer.actions, []);
    const { people = [], unheld = [] } = answer.ways?.unreached ?? {};
    assert.ok(people.length > 0 && people.length <= 10);
    assert.ok(unheld.length > 0);
    assert.equal((await own.incidentAnswer(tenant.id, episode.id, null))?.kind, 'incident');
    const inChannel = await own.incidentAnswer(tenant.id, episode.id, null);
    assert.equal(
      inChannel?.kind === 'incident' && inChannel.ways,
      undefined,
      'no name where others read along',
    );
  });

  it('is tried again while the directory is away', async () => {
    tenant.after(dayMs);
    await graph.stop();
    await assert.rejects(check(), DirectoryUnavailable);
    assert.equal(await reachSeen(redis.store, tenant.id), null);
  });
});
