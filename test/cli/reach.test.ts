import assert from 'node:assert/strict';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { connect } from '../../src/store/connection.ts';
import { type RedisStore, redisStore } from '../../src/store/store.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { freshTenant, startRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { purchase } from '../workflows/tenant-under-test.ts';

describe('credits reach', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);

  const [grace] = sandboxPeople;
  let redisUrl: string;
  let store: RedisStore;
  const run = (...given: readonly string[]): Promise<Ended> => credits(['reach', ...given], { redisUrl });

  before(async () => {
    ({ url: redisUrl } = await startRedis());
    store = redisStore(connect(redisUrl, { onError: () => undefined }));
    const { id: tenant } = sandboxTenant;
    await recordFunding(store, tenant, purchase({ id: 'first' }), Date.now());
    const { id: who, locale, timeZone } = grace ?? assert.fail();
    const place = { conversation: 'a:chat', serviceUrl: null, teamsUser: null, locale, timeZone };
    await rememberConversation(store, { tenant, who, ...place, left: false }, Date.now());
  });
  after(() => store.close());

  it('tells of each who could be told tonight', async () => {
    const { code, stdout, stderr } = await run('--json');
    assert.deepEqual([code, stderr], [0, '']);
    const { reachable, tooFew, people, mailFeed, mailed, unheld } = JSON.parse(stdout);
    assert.deepEqual(mailFeed, { lastEventAt: null });
    assert.deepEqual(mailed.withoutMailbox, ['Tomás Herrera']);
    assert.ok(mailed.of > people.length / 2 && unheld.length > 0);
    assert.deepEqual([reachable, tooFew], [1, true]);
    const { state, displayName, at, mailbox } = people.find(
      ({ person }: { person: string }) => person === grace?.id,
    );
    assert.deepEqual([state, displayName, mailbox], ['chat', grace?.displayName, true]);
    assert.match(at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('says it in sentences', async () => {
    const { code, stdout } = await run();
    assert.equal(code, 0);
    assert.match(stdout, /^1 of \d+ people could be told and act tonight\.\nThat is too few/);
    assert.match(stdout, /Grace Whitfield can be written to/);
    assert.match(stdout, /Tomás Herrera .*; has no mailbox/);
    assert.match(stdout, /no flow on the billing mailbox has ever sent an event/);
    assert.match(stdout, /1 of \d+ people whom Microsoft mails have no mailbox .*: Tomás Herrera\./);
  });

  it('says what to do where nothing is known of the tenant', async () => {
    const { code, stderr } = await run('--tenant', freshTenant());
    assert.equal(code, 1);
    assert.match(stderr, /^Nothing is known of tenant/);
  });
});
