import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { utcDay } from '../../src/decision/time.ts';
import subscribedSkus from '../../src/sandbox/graph-double/subscribed-skus.json' with { type: 'json' };
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../src/sandbox/people.ts';
import { employees } from '../../src/sandbox/usage/offices.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';

const day = 24 * 3_600_000;
const caller = employees.find(({ displayName }) => displayName === 'Benjamin Castro');
const licensed = employees.find(({ displayName }) => displayName === 'Abigail Thornton');

const guests = sandboxPeople.filter(({ via }) => via === 'guest').length;

describe('who lacks the Communications Credits licence', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;

  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
  });
  afterEach(() => graph.stop());

  const ask = (person = administratorPerson, scope: 'personal' | 'shared' = 'personal'): Promise<Answer> =>
    answerQuestion(portsOf(redis.store, graph), { intent: 'licenses' }, askerOf(person, { tenant, scope }));

  it('is told with the calls of ninety days that credits paid for, most calls first', async () => {
    const call = (id: number, userId: string | null, startedAt: number, charge = 1_000_000n) =>
      usageRow({ id: idOf(id), userId, startedAt, charge });
    await tenantUnderTest(redis.store, tenant).record(
      call(1, caller?.id ?? null, now - day),
      call(2, caller?.id ?? null, now - 80 * day),
      call(3, caller?.id ?? null, now - 91 * day),
      call(4, caller?.id ?? null, now - day, 0n),
      call(5, licensed?.id ?? null, now - day),
    );
    const answer = await ask();
    assert.ok(answer.kind === 'licenses');
    const { minutes: _, ...people } = answer;
    assert.deepEqual(people, {
      kind: 'licenses',
      about: 'people',
      days: 90,
      lacking: 2,
      people: [
        { displayName: 'Benjamin Castro', calls: 2, beside: 'MCOMEETADV' },
        { displayName: 'Amelia Novak', calls: 0, beside: 'MCOMEETADV' },
      ],
      more: 0,
      credits: { bought: 10_000_000, assigned: sandboxPeople.length + employees.length - guests - 2 },
    });
  });

  it('is told beside the minutes that the other licences include, of which the reported calls use some', async () => {
    const seconds = { licenseCapability: 'MCOMEETADD', charge: 0n, durationSeconds: 120 * 60 };
    await tenantUnderTest(redis.store, tenant).record(
      usageRow({ id: idOf(1), ...seconds, startedAt: now - 2 * day }),
      usageRow({ id: idOf(2), ...seconds, startedAt: now - 60 * day }),
    );
    const answer = await ask();
    assert.ok(answer.kind === 'licenses');
    const { firstDay, pools } = answer.minutes;
    assert.equal(firstDay, utcDay(now).replace(/..$/, '01'));
    const [conferencing] = pools;
    const bought = subscribedSkus.find(({ skuPartNumber }) => skuPartNumber === 'MCOMEETADV')?.prepaidUnits
      .enabled;
    assert.deepEqual(
      [conferencing?.capability, conferencing?.minutesUsed, conferencing?.minutesTotal],
      ['MCOMEETADD', 120, 60 * Number(bought)],
    );
    assert.deepEqual(
      pools.slice(1).map(({ capability, country, licences }) => [capability, country, licences]),
      [
        ['MCOPSTN1', 'US', 20],
        ['MCOPSTN2', 'KR', 8],
        ['MCOPSTN5', 'DE', 4],
        ['MCOPSTN5', 'GB', 6],
        ['MCOPSTN2', 'KR', 8],
      ],
    );
  });

  it('comes after the minutes where these were asked for', async () => {
    const answer = await answerQuestion(
      portsOf(redis.store, graph),
      { intent: 'licenses', about: 'minutes' },
      askerOf(administratorPerson, { tenant }),
    );
    assert.equal(answer.kind === 'licenses' && answer.about, 'minutes');
  });

  it('is told without any account, from the licences alone', async () => {
    const answer = await ask();
    assert.equal(answer.kind === 'licenses' && answer.lacking, 2);
  });

  it('names nobody where others read along', async () => {
    assert.deepEqual(await ask(administratorPerson, 'shared'), { kind: 'in-person', intent: 'licenses' });
  });

  it('is for holders of an eligible role alone', async () => {
    for (const person of sandboxPeople) {
      assert.equal(
        (await ask(person)).kind,
        mayAsk(person) ? 'licenses' : 'not-eligible',
        person.displayName,
      );
    }
  });

  it('is unknown while the directory does not tell', async () => {
    graph.faults.add({
      kind: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      on: 'subscribedSkus',
    });
    await assert.rejects(ask(), DirectoryUnavailable);
  });
});
