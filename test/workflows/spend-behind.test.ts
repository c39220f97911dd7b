import assert from 'node:assert/strict';
import { noFacts } from '../../src/alerts/alert-facts.ts';
import { opened } from '../../src/alerts/episode-event.ts';
import type { SpendFinding } from '../../src/alerts/spike.ts';
import { type Day, hourMs, minuteMs, utcDay } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { importRateDeck } from '../../src/workflows/rate-decks.ts';
import { spendBehind } from '../../src/workflows/spend-behind.ts';
import { units } from '../alerts/builders.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { fixture } from '../rates/decks.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, portsOf, startDirectory } from './product-under-test.ts';
import { now, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

const usd = currencyOf('USD');
const yesterday = Date.parse('2026-11-23T00:00:00Z');
const withoutNumbers =
  sandboxPeople.find(({ roles }) => roles.includes('729827e3-9c14-49f7-bb1b-9608f156bbb8')) ??
  assert.fail('nobody sees masked numbers');

let rows = 0;
function call(afterHours: number, told: Partial<UsageRow>): UsageRow {
  rows += 1;
  const startedAt = yesterday + afterHours * hourMs;
  const durationSeconds = told.durationSeconds ?? 1_800;
  return usageRow({
    id: idOf(rows),
    startedAt,
    endedAt: startedAt + durationSeconds * 1_000,
    durationSeconds,
    ...told,
  });
}

function spike(findings: readonly Partial<SpendFinding>[], balance: bigint | null = units('100')) {
  const [day, usual, spent] = ['2026-11-23' as Day, 0n, units('30')];
  const told = findings.map((one) => ({
    subject: 'user' as const,
    id: 'someone',
    day,
    usual,
    spent,
    ...one,
  }));
  return opened({
    type: 'opened',
    episode: 'spend-spike-usd-1',
    number: 1,
    at: now,
    kind: 'spend-spike',
    currency: usd,
    levels: [],
    facts: { ...noFacts, balance, findings: told },
    repeatAt: null,
    escalateAt: null,
  });
}

describe('the calls behind spend that stands out', () => {
  const redis = withRedis();
  let tenant: TenantUnderTest;
  let graph: GraphDouble;
  let ports: Ports;

  beforeEach(async () => {
    tenant = tenantUnderTest(redis.store);
    graph = await startDirectory(tenant.id);
    ports = portsOf(redis.store, graph);
    await tenant.record(
      call(1, { calleeNumber: '+88216000001', charge: units('10') }),
      call(1.5, { calleeNumber: '+88216000002', charge: units('8') }),
      call(2, { calleeNumber: '+88216000001', charge: units('12') }),
      call(3, { userId: 'another', calleeNumber: '+4930555012', charge: units('99') }),
      call(-20, { calleeNumber: '+4930555012', charge: units('7') }),
    );
  });
  afterEach(() => graph.stop());

  const behind = (episode = spike([{}]), reader = administratorPerson.id) =>
    spendBehind(ports, tenant.id, { episode, reader });

  it('names the numbers of the user, with calls, minutes and money, and the pace', async () => {
    const spend = (await behind()) ?? assert.fail('no spend');
    assert.deepEqual(
      spend.numbers.map(({ spent, ...number }) => ({ ...number, spent: toDecimal(spent) })),
      [
        { number: '+88216000001', calls: 2, minutes: 60, spent: '22.00' },
        { number: '+88216000002', calls: 1, minutes: 30, spent: '8.00' },
      ],
    );
    // Thirty dollars in an hour and a half.
    assert.equal(toDecimal(spend.perHour), '20.00');
    // The latest call reported began at 03:00 of the day before: 33 hours at this pace are more than there is.
    assert.equal(spend.reportedUntil, yesterday + 3 * hourMs);
    assert.equal(toDecimal(spend.goneSince), '660.00');
    assert.equal(spend.lastsMs, 0);
    assert.equal(spend.user, 'someone');
    assert.ok(spend.complete);
  });

  it('tells how long the balance lasts from now on', async () => {
    const spend = await behind(spike([{}], units('700')));
    assert.equal(spend?.lastsMs, 2 * hourMs);
  });

  it('hides the end of numbers from whose role does not see it, and where no role is known', async () => {
    const masked = (await behind(spike([{}]), withoutNumbers.id)) ?? assert.fail('no spend');
    assert.ok(masked.numbersMasked);
    assert.deepEqual(
      masked.numbers.map(({ number, calls }) => ({ number, calls })),
      [{ number: '+8821600****', calls: 3 }],
    );
    await graph.stop();
    assert.equal((await behind(spike([{}]), sandboxPeople[1]?.id))?.numbersMasked, true);
  });

  it('takes the calls to a class of destinations where no user stands out', async () => {
    const ofClass = spike([{ subject: 'class', id: 'ordinary' }]);
    assert.equal(await behind(ofClass), null, 'no class without a price list');
    await importRateDeck(redis.store, {
      tenant: tenant.id,
      csvText: fixture('rates.csv'),
      unstated: { currency: usd, effectiveFrom: utcDay(now) },
      actor: 'test',
      at: now,
      apply: true,
    });
    const spend = await behind(ofClass);
    assert.ok(spend?.numbers.some(({ number }) => number === '+4930555012'));
    assert.equal(spend?.user, null);
  });

  it('has nothing to say of another day, and of what is over', async () => {
    assert.equal(await behind(spike([{ day: '2026-11-20' as Day }])), null);
    const over = { at: now + minuteMs, by: null, how: 'closed', coolUntil: now, lasting: false } as const;
    assert.equal(await behind({ ...spike([{}]), resolved: over }), null);
  });
});
