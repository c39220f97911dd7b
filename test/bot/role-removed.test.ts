import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { product } from '../../src/product-on-ports.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { portsOf, startDirectory } from '../workflows/product-under-test.ts';
import { now, tenantUnderTest } from '../workflows/tenant-under-test.ts';
import { adaptiveCard, invoke } from './activities.ts';
import { grace } from './bot-in-teams.ts';
import { type BotUnderTest, from, startSandboxBot } from './bot-under-test.ts';

describe('a role that is taken away between two taps', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  let bot: BotUnderTest;

  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
    bot = await startSandboxBot(product(portsOf(redis.store, graph)));
  });
  afterEach(async () => {
    await bot.stop();
    await graph.stop();
  });

  const tap = (messageId: string) =>
    bot.post(
      from(
        'http://127.0.0.1:9/',
        invoke('balance.reconcile', {
          replyToId: messageId,
          conversation: { id: 'a:chat', conversationType: 'personal', tenantId: tenant },
          channelData: { tenant: { id: tenant } },
        }),
      ),
    );
  const entries = async () => (await tenantUnderTest(redis.store, tenant).verify()).entries;

  const reader = { language: 'en', locale: 'en-US', timeZone: grace.timeZone, now } as const;
  const refused: Answer = { kind: 'not-eligible', reason: 'no-role' };
  const refusedReply = {
    status: 200,
    body: { statusCode: 200, type: adaptiveCard, value: render(refused, reader).card },
  };

  it('lets the first tap through, and the second no more', async () => {
    assert.equal((await tap('one')).status, 200);
    assert.equal(await entries(), 1);

    graph.setRoles(grace.id, []);
    assert.deepEqual(await tap('two'), refusedReply);
    assert.equal(await entries(), 1);
  });

  it('is gone too where the list of people, read before, still has it', async () => {
    const whole = product(portsOf(redis.store, graph));
    await whole.refreshPeople(tenant);
    graph.setRoles(grace.id, [], 'direct');

    assert.deepEqual(await tap('one'), refusedReply);
    const listed = (await whole.people(tenant))?.roles.flatMap(({ holders }) => holders);
    assert.ok(listed?.some(({ person }) => person === grace.id));
    assert.equal(await entries(), 0);
  });

  for (const how of ['eligible', 'in a part of the organisation'] as const) {
    it(`is gone where it becomes ${how}`, async () => {
      const [role = ''] = grace.roles;
      graph.setHeldRoles(grace.id, [
        how === 'eligible'
          ? { role, standing: 'eligible', through: 'direct', scope: '/' }
          : { role, standing: 'assigned', through: 'direct', scope: '/administrativeUnits/hamburg' },
      ]);
      assert.deepEqual(await tap('one'), refusedReply);
    });
  }

  it('is there again at the next tap where it is activated', async () => {
    graph.setRoles(grace.id, grace.roles, 'eligible');
    assert.deepEqual(await tap('one'), refusedReply);
    graph.setRoles(grace.id, grace.roles, 'activated');
    assert.notDeepEqual(await tap('two'), refusedReply);
    assert.equal(await entries(), 1);
  });
});
