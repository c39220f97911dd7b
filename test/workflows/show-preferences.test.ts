import assert from 'node:assert/strict';
import type { PreferencesAnswer } from '../../src/answers/preferences.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { minuteMs } from '../../src/decision/time.ts';
import type { Question } from '../../src/language/question.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { act } from '../../src/workflows/act.ts';
import { answerQuestion } from '../../src/workflows/answer-question.ts';
import { observe } from '../../src/workflows/follow-incident.ts';
import { muteHours } from '../../src/workflows/mute-hours.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { choosePreferences, preferencesOf } from '../../src/workflows/preferences.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';

describe("a person's preferences", () => {
  const redis = withRedis();
  let id: TenantId;
  let tenant: FollowedTenant;
  let graph: GraphDouble;
  let ports: Ports;

  beforeEach(async () => {
    id = freshTenant();
    tenant = new FollowedTenant(redis.store, id);
    graph = await startDirectory(id);
    ports = { ...portsOf(tenant.store, graph), clock: tenant.ports.clock };
  });
  afterEach(() => graph.stop());

  const asker = () => askerOf(administratorPerson, { tenant: id });
  const save = async (data: object): Promise<PreferencesAnswer> => {
    const answer = await act(ports, { verb: 'preferences.save', data, messageId: 'message' }, asker());
    return answer.kind === 'preferences' ? answer : assert.fail(JSON.stringify(answer));
  };
  const kept = () => preferencesOf(tenant.store, id, administratorPerson.id);
  const ask = async (question: Question): Promise<PreferencesAnswer> => {
    const answer = await answerQuestion(ports, question, asker());
    return answer.kind === 'preferences' ? answer : assert.fail(JSON.stringify(answer));
  };

  it('are saved as they were filled in, and shown so', async () => {
    const data = { language: 'ko', quiet: 'own', from: '22:00', to: '07:30', info: 'false', warning: 'true' };
    const saved = await save(data);
    assert.equal(saved.form, false);
    const hours = { from: '22:00', to: '07:30' };
    const chosen = { language: 'ko', quietHours: hours, without: ['info'], digest: null } as const;
    assert.deepEqual(await kept(), chosen);
    await save({ language: 'client', quiet: 'none', info: 'true', warning: 'true', digest: 'daily' });
    const daily = { language: null, quietHours: 'none', without: [], digest: 'daily' } as const;
    assert.deepEqual(await kept(), daily);
  });

  it('leave the digest as it is where a card of an earlier release does not ask for it', async () => {
    await save({ digest: 'off' });
    assert.equal((await save({ info: 'false' })).digest, 'off');
    const { digest, tenantDigest } = await save({ digest: 'tenant' });
    assert.deepEqual([digest, tenantDigest], [null, 'weekly']);
  });

  it('are left as they are by times that are no quiet hours', async () => {
    await save({ quiet: 'none' });
    for (const wrong of [{ from: '22:00', to: '22:00' }, { from: 'late', to: '07:00' }, {}]) {
      const answer = await save({ quiet: 'own', ...wrong });
      assert.deepEqual([answer.form, answer.wrongHours], [true, true]);
    }
    const typed = {
      language: 'ko',
      quiet: 'own',
      from: '22:00',
      to: '22:00',
      info: 'false',
      warning: 'true',
      digest: 'daily',
    };
    assert.deepEqual((await save(typed)).typed, typed, 'nothing that was typed is lost');
    assert.equal((await kept()).quietHours, 'none');
  });

  it('are refused what nobody can choose', async () => {
    const data = { without: ['critical'], info: 'perhaps' };
    const answer = await act(ports, { verb: 'preferences.save', data, messageId: 'message' }, asker());
    assert.equal(answer.kind === 'refused' && answer.code, 'bad-input');
  });

  it('keep the rest where only a language is chosen', async () => {
    const person = { tenant: id, person: administratorPerson.id };
    await choosePreferences(tenant.store, person, { quietHours: 'none', without: ['info'] });
    await answerQuestion(ports, { intent: 'language', language: 'ko' }, asker());
    assert.deepEqual(await kept(), { language: 'ko', quietHours: 'none', without: ['info'], digest: null });
  });

  it('come with what can be muted where that was asked for, and a tap mutes it so long', async () => {
    assert.deepEqual((await ask({ intent: 'mute' })).mute, { hours: 24, incidents: [] });
    await tenant.opensWith('100');
    await observe(tenant.ports, id, {
      signals: [
        {
          type: 'rechargeFailed',
          currency: currencyOf('USD'),
          failedAt: tenant.at,
          reason: null,
          reference: null,
          by: null,
        },
      ],
      actor: 'test',
    });
    const { mute } = await ask({ intent: 'mute', duration: 'PT2H' });
    const episode = await tenant.idOf('recharge-failed');
    assert.deepEqual(mute, { hours: 2, incidents: [{ id: episode, about: 'recharge-failed' }] });
    const data = { episode, duration: String(mute?.hours), reason: 'asked' };
    const answer = await act(ports, { verb: 'alert.mute', data, messageId: 'message' }, asker());
    assert.equal(answer.kind === 'incident' && answer.muteAsked?.until, tenant.at + 120 * minuteMs);
  });
});

describe('how long a mute lasts that was asked for in words', () => {
  // A Tuesday; 21:00 in Seoul.
  const now = Date.parse('2026-11-24T12:00:00Z');
  const cases = [
    [undefined, 'UTC', 24],
    ['PT2H', 'UTC', 2],
    ['PT90M', 'UTC', 2],
    ['P1DT6H', 'UTC', 30],
    ['P365D', 'UTC', 168],
    ['until_tomorrow', 'UTC', 12],
    ['until_tomorrow', 'Asia/Seoul', 3],
    ['until_monday', 'Asia/Seoul', 123],
    ['until_monday', 'Moon/Sea', 132],
  ] as const;
  for (const [duration, timeZone, hours] of cases) {
    it(`${duration ?? 'nothing said'} in ${timeZone}: ${hours} hours`, () =>
      assert.equal(muteHours(duration, { now, timeZone }), hours));
  }
});
