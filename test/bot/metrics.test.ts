import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { askerOf } from '../../bot/asker.ts';
import { type Metrics, openMetrics } from '../../bot/metrics.ts';
import { metricsPage } from '../../bot/metrics-page.ts';
import { listen, type Server } from '../../bot/server.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { observedDeliver, observedProduct, observedStep } from '../../src/observed.ts';
import type { Vitals } from '../../src/open-product.ts';
import { message } from './activities.ts';
import { now, productDouble } from './product-double.ts';

const asker = askerOf(message('balance') as unknown as Activity) ?? assert.fail();

describe('what Prometheus is told', () => {
  let metrics: Metrics;
  let milliseconds: number;

  beforeEach(() => {
    metrics = openMetrics({ ofProcess: false });
    milliseconds = 0;
  });

  const watching = () => ({ observe: metrics.observe, stopwatch: () => milliseconds });
  /** The value of one line, by its name and labels; null where there is none. */
  const told = async (line: string): Promise<number | null> => {
    const found = (await metrics.text()).split('\n').find((one) => one.startsWith(`${line} `));
    return found === undefined ? null : Number(found.slice(line.length + 1));
  };
  const vitals: Vitals = {
    tenants: 2,
    usageReadAt: now - 90_000,
    peopleReadAt: null,
    openIncidents: new Map([['balance-low', 3]]),
  };
  const sources = {
    vitals: async () => vitals,
    queues: async () => ({ outbox: { waiting: 4, committed: 7 }, steps: null }),
    now: () => now,
  };

  it('is each question and tap by what it was, how it ended and how long it took', async () => {
    const product = observedProduct(
      productDouble({
        answer: async ({ intent }) => {
          milliseconds += 300;
          if (intent === 'forecast') throw new Error('down');
          return intent === 'usage' ? { kind: 'not-eligible', reason: 'no-role' } : { kind: 'help' };
        },
        act: async () => ({ kind: 'refused', code: 'unknown-action', data: {} }),
      }),
      watching(),
    );
    await product.answer({ intent: 'balance' }, asker);
    await product.answer({ intent: 'balance' }, asker);
    await product.answer({ intent: 'usage' }, asker);
    await assert.rejects(product.answer({ intent: 'forecast' }, asker), /down/);
    for (const verb of ['topup.approve', 'whatever'])
      await product.act({ verb, data: {}, messageId: '' }, asker);

    const count = (operation: string, name: string, outcome: string) =>
      told(`credits_operations_total{operation="${operation}",name="${name}",outcome="${outcome}"}`);
    assert.equal(await count('turn', 'balance', 'done'), 2);
    assert.equal(await count('turn', 'usage', 'refused'), 1);
    assert.equal(await count('turn', 'forecast', 'failed'), 1);
    assert.equal(await count('tap', 'topup.approve', 'refused'), 1);
    assert.equal(await count('tap', 'other', 'refused'), 1);
    assert.equal(await told('credits_operation_duration_seconds_sum{operation="turn",name="balance"}'), 0.6);
  });

  it('is each request to Teams, event, pass of a feed and step', async () => {
    const outcomes = [{ kind: 'sent', activityId: '1' }, { kind: 'unknown' }] as const;
    const sends = [...outcomes];
    const unasked = async () => assert.fail('not asked for');
    const deliver = observedDeliver(
      {
        open: unasked,
        edit: unasked,
        retire: unasked,
        note: unasked,
        inWords: () => ({ subject: '', text: '' }),
        send: async () => sends.shift() ?? { kind: 'gave-up', why: 'blocked' },
      },
      watching(),
    );
    const to = { tenant: asker.tenant, conversation: '', serviceUrl: null, kind: 'personal' } as const;
    for (const _ of [1, 2, 3])
      await deliver.send(to, { kind: 'help' }, { language: null, locale: 'en', timeZone: 'UTC' });
    const product = observedProduct(
      productDouble({
        feedUsage: async () => ({ kind: 'stopped', problem: { kind: 'busy', since: now } }),
        reportEvent: async () => ({ kind: 'done', outcome: { tenant: asker.tenant }, repeated: false }),
      }),
      watching(),
    );
    await product.feedUsage(asker.tenant);
    metrics.readFrom({ ...sources, now: () => now });
    await product.reportEvent({ id: 'msg', payload: {} });
    const step = observedStep({ name: 'topups', run: async () => undefined }, watching());
    await step.run();

    const text = await metrics.text();
    for (const line of [
      'operation="send",name="send",outcome="done"} 1',
      'operation="send",name="send",outcome="unknown"} 1',
      'operation="send",name="send",outcome="refused"} 1',
      'operation="feed",name="usage",outcome="again"} 1',
      'operation="event",name="billing",outcome="done"} 1',
      'operation="step",name="topups",outcome="done"} 1',
    ])
      assert.ok(text.includes(line), line);
    assert.equal(await told('credits_feed_age_seconds{feed="event"}'), 0);
  });

  it('is how old each feed is, what waits, what goes on, and what runs here', async () => {
    metrics.readFrom(sources);
    assert.equal(await told('credits_feed_age_seconds{feed="usage"}'), 90);
    assert.equal(await told('credits_feed_age_seconds{feed="people"}'), null);
    assert.equal(await told('credits_queue_depth{queue="outbox",state="committed"}'), 7);
    assert.equal(await told('credits_queue_depth{queue="outbox",state="waiting"}'), 4);
    assert.equal(await told('credits_open_incidents{kind="balance-low"}'), 3);
    assert.equal(await told('credits_tenants'), 2);
    assert.equal(await told('credits_store_up'), 1);
    const { version } = packageJson;
    assert.equal(await told(`credits_build_info{version="${version}",node="${process.versions.node}"}`), 1);
  });

  it('is no figure of before, where what went on is over', async () => {
    metrics.readFrom(sources);
    await metrics.text();
    metrics.readFrom({ ...sources, vitals: async () => ({ ...vitals, openIncidents: new Map() }) });
    assert.equal(await told('credits_open_incidents{kind="balance-low"}'), null);
  });

  it('is that the store is down, and the counts all the same', async () => {
    metrics.readFrom({ ...sources, vitals: () => Promise.reject(new Error('down')) });
    metrics.observe.ended({ operation: 'turn', name: 'balance', outcome: 'failed', seconds: 1 });
    assert.equal(await told('credits_store_up'), 0);
    assert.equal(await told('credits_feed_age_seconds{feed="usage"}'), null);
    assert.match(await metrics.text(), /outcome="failed"\} 1/);
  });
});

describe('GET /metrics', () => {
  const token = 'a-token-of-some-length';
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let server: Server | null = null;
  afterEach(() => server?.stop());

  async function ask(withToken: string | null | 'absent', authorization?: string): Promise<Response> {
    const unasked = async () => assert.fail('not asked for');
    const metrics = withToken === 'absent' ? null : metricsPage(openMetrics({ ofProcess: false }), withToken);
    server = await listen(
      { receiveActivity: unasked, receiveEvent: unasked, isReady: async () => true, metrics },
      { port: 0, host: '127.0.0.1', log: quiet },
    );
    const headers = { Connection: 'close', ...(authorization === undefined ? {} : { authorization }) };
    return fetch(`http://127.0.0.1:${server.port}/metrics`, { headers });
  }

  it('is text as Prometheus reads it', async () => {
    const page = await ask(null);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(await page.text(), /^credits_build_info\{/mu);
  });

  it('is read by who shows the token, and by nobody else', async () => {
    assert.equal((await ask(token, `Bearer ${token}`)).status, 200);
    for (const wrong of [undefined, '', token, `Bearer ${token}x`, `bearer ${token}`]) {
      await server?.stop();
      const refused = await ask(token, wrong);
      assert.equal(refused.status, 401);
      assert.doesNotMatch(await refused.text(), /credits_/);
    }
  });

  it('is not there where nobody wants it', async () => {
    assert.equal((await ask('absent')).status, 404);
  });
});
