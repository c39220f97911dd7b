import assert from 'node:assert/strict';
import type { IncidentAnswer } from '../../src/answers/incident.ts';
import { incidentAnswer } from '../../src/answers/incident-answer.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { act } from '../../src/workflows/act.ts';
import { answerIncident, incidentSays } from '../../src/workflows/answer-incident.ts';
import { observe } from '../../src/workflows/follow-incident.ts';
import { incident } from '../../src/workflows/incidents.ts';
import { refreshPeople } from '../../src/workflows/people.ts';
import type { Ports } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';
import { now } from './tenant-under-test.ts';

const other =
  sandboxPeople.find((person) => mayAsk(person) && person.id !== administratorPerson.id) ??
  assert.fail('nobody else may');
const nobody = sandboxPeople.find((person) => !mayAsk(person)) ?? assert.fail('everybody may');

describe('a tap on the card of an incident', () => {
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
    await tenant.opensWith('100');
    await tenant.after(minuteMs).reads('20');
    await observe(tenant.ports, id, {
      signals: [
        {
          type: 'rechargeFailed',
          currency: currencyOf('USD'),
          failedAt: tenant.at,
          reason: 'card expired',
          reference: null,
          by: null,
        },
      ],
      actor: 'test',
    });
  });
  afterEach(() => graph.stop());

  const tap = (
    verb: string,
    data: object,
    { by = administratorPerson, messageId = 'message' }: { by?: SandboxPerson; messageId?: string } = {},
  ) => act(ports, { verb, data, messageId }, askerOf(by, { tenant: id }));
  const done = async (...told: Parameters<typeof tap>): Promise<IncidentAnswer> => {
    const answer = await tap(...told);
    return answer.kind === 'incident' ? answer : assert.fail(JSON.stringify(answer));
  };
  const codeOf = async (...told: Parameters<typeof tap>): Promise<string> => {
    const answer = await tap(...told);
    return answer.kind === 'refused' ? answer.code : answer.kind;
  };

  it('acknowledges, and the same tap again is told the same', async () => {
    const episode = await tenant.idOf('drift');
    const first = await done('alert.acknowledge', { episode });
    assert.deepEqual(first.acknowledged, { by: administratorPerson.displayName, at: tenant.at });
    assert.ok(!first.actions.includes('alert.acknowledge'));
    assert.deepEqual(await done('alert.acknowledge', { episode }), first);
    assert.deepEqual(
      (await done('alert.acknowledge', { episode }, { by: other })).acknowledged,
      first.acknowledged,
    );
  });

  it('takes it: on everybody’s card it says who has it and since when', async () => {
    const episode = await tenant.idOf('recharge-failed');
    await done('alert.take', { episode });
    tenant.after(minuteMs);
    const seen = await answerIncident(ports, id, { id: episode, reader: other.id });
    assert.deepEqual(seen?.holder, { by: administratorPerson.displayName, since: tenant.at - minuteMs });
    assert.equal(await codeOf('alert.take', { episode }, { by: other }), 'held-by-another');
  });

  it('takes it from who lost the role, and cannot hand it over any more', async () => {
    const episode = await tenant.idOf('drift');
    await done('alert.take', { episode }, { by: other });
    const seen = await answerIncident(ports, id, { id: episode, reader: administratorPerson.id });
    assert.ok(!seen?.actions.includes('alert.take'));
    graph.setRoles(other.id, []);
    // What the directory said within the last minute counts for what a card offers.
    ports = { ...portsOf(tenant.store, graph), clock: tenant.ports.clock };
    const later = await answerIncident(ports, id, { id: episode, reader: administratorPerson.id });
    assert.ok(later?.actions.includes('alert.take'));
    const taken = await done('alert.take', { episode });
    assert.equal(taken.holder?.by, administratorPerson.displayName);
    assert.deepEqual(await done('alert.take', { episode }), taken, 'the same tap again');
  });

  it('hands it over to whom it is offered once that person accepts', async () => {
    const episode = await tenant.idOf('drift');
    await refreshPeople(ports, id);
    const held = await done('alert.take', { episode });
    assert.ok(held.others.some((each) => each.id === other.id && each.name === other.displayName));
    assert.ok(!held.others.some((each) => each.id === administratorPerson.id || each.id === nobody.id));
    tenant.news();
    const offered = await done('alert.handOver', { episode, to: other.id });
    assert.equal(offered.offeredTo, other.displayName);
    assert.equal(offered.holder?.by, administratorPerson.displayName, 'until the other accepts');
    assert.deepEqual(offered.timeline.at(-1), {
      at: tenant.at,
      type: 'handover-offered',
      by: administratorPerson.displayName,
      to: other.displayName,
      detail: null,
    });
    assert.deepEqual(await done('alert.handOver', { episode, to: other.id }), offered);
    assert.deepEqual(
      tenant.news(),
      [`new warning ${episode} people`, `edit warning ${episode} roles`],
      'aloud to one person, once',
    );

    const seen = await answerIncident(ports, id, { id: episode, reader: other.id });
    assert.equal(seen?.offeredBy, administratorPerson.displayName);
    assert.equal(seen?.actions[0], 'alert.take');
    const taken = await done('alert.take', { episode }, { by: other });
    assert.equal(taken.holder?.by, other.displayName);
    assert.equal(taken.offeredTo, null);
    assert.equal(await codeOf('alert.handOver', { episode, to: other.id }), 'not-the-holder');
  });

  const wrongOffers: readonly (readonly [sentence: string, to: string | undefined, code: string])[] = [
    ['to oneself', administratorPerson.id, 'same-person'],
    ['to somebody who holds no eligible role', nobody.id, 'handover-not-eligible'],
    ['to nobody', undefined, 'handover-not-eligible'],
    ['to an id that was made up', '00000000-0000-4000-8000-000000000001', 'handover-not-eligible'],
    ['to what is no id', 'everybody', 'handover-not-eligible'],
  ];
  for (const [sentence, to, code] of wrongOffers) {
    it(`refuses to hand it over ${sentence}`, async () => {
      const episode = await tenant.idOf('drift');
      await done('alert.take', { episode });
      assert.equal(await codeOf('alert.handOver', { episode, to }), code);
      const seen = await answerIncident(ports, id, { id: episode, reader: other.id });
      assert.equal(seen?.offeredTo, null);
    });
  }

  it('refuses a hand-over by somebody who has not got it, and to somebody who lost the role', async () => {
    const episode = await tenant.idOf('drift');
    await done('alert.take', { episode });
    assert.equal(
      await codeOf('alert.handOver', { episode, to: administratorPerson.id }, { by: other }),
      'not-the-holder',
    );
    graph.setRoles(other.id, []);
    assert.equal(await codeOf('alert.handOver', { episode, to: other.id }), 'handover-not-eligible');
  });

  it('offers nobody where nobody was ever read, and to no more people than a list holds', async () => {
    const episode = await tenant.idOf('drift');
    const held = await done('alert.take', { episode });
    assert.deepEqual(held.others, []);
    assert.ok(!held.actions.includes('alert.handOver'));
    const found = (await incident(tenant.store, id, episode)) ?? assert.fail('no incident');
    const eligible = Array.from({ length: 40 }, (_, number) => ({
      id: `person-${number}`,
      name: `Person ${40 - number}`,
    }));
    const context = {
      summary: found.summary,
      stops: [],
      nameOf: String,
      eligible,
      holderMayAct: true,
      spend: null,
      charged: null,
    };
    const many = incidentAnswer(found.episode, { ...context, reader: administratorPerson.id });
    assert.equal(many.others.length, 25);
    assert.equal(many.others.at(-1)?.name, 'Person 40', 'whoever comes first in the roles');
    assert.deepEqual(incidentAnswer(found.episode, { ...context, reader: other.id }).others, []);
  });

  it('mutes with a reason, and a repetition is no longer mute', async () => {
    const episode = await tenant.idOf('drift');
    const data = { episode, reason: 'ordered', duration: '4' };
    const first = await done('alert.mute', data);
    assert.equal(first.mute?.until, tenant.at + 4 * hourMs);
    tenant.after(30_000);
    assert.equal((await done('alert.mute', data)).mute?.until, first.mute?.until);
    assert.equal(first.status, 'muted');
  });

  const wrongMutes: readonly (readonly [sentence: string, data: object, code: string])[] = [
    ['without a reason', { duration: 4 }, 'reason-missing'],
    ['of more than a week', { reason: 'x', duration: 169 }, 'bad-input'],
    ['of no time', { reason: 'x', duration: 0 }, 'bad-input'],
    ['of some time', { reason: 'x', duration: 'long' }, 'bad-input'],
    ['with a reason longer than a reason', { reason: 'x'.repeat(501) }, 'reason-too-long'],
  ];
  for (const [sentence, data, code] of wrongMutes) {
    it(`refuses a mute ${sentence}`, async () => {
      assert.equal(await codeOf('alert.mute', { episode: await tenant.idOf('drift'), ...data }), code);
    });
  }

  it('mutes a failed recharge only where a second person taps it too', async () => {
    const episode = await tenant.idOf('recharge-failed');
    const data = { episode, reason: 'known', duration: '24' };
    const asked = await done('alert.mute', data);
    assert.equal(asked.mute, null);
    assert.equal(asked.muteAsked?.by, administratorPerson.displayName);
    const again = await done('alert.mute', data, { messageId: 'another card' });
    assert.equal(again.mute, null, 'not by one person alone, however often');
    const confirmed = await done('alert.mute', data, { by: other });
    assert.equal(confirmed.mute?.until, tenant.at + dayMs);
  });

  it('ends a failure with the word that recharging works', async () => {
    const episode = await tenant.idOf('recharge-failed');
    assert.equal(await codeOf('alert.resolve', { episode }), 'needs-confirmation');
    const answer = await done('alert.rechargeConfirmed', { episode });
    assert.deepEqual(answer.resolved, {
      at: tenant.at,
      by: administratorPerson.displayName,
      how: 'confirmed',
    });
    assert.deepEqual(answer.actions, []);
    assert.deepEqual(await done('alert.rechargeConfirmed', { episode }), answer);
    assert.deepEqual(await done('alert.acknowledge', { episode }), answer, 'an old card says how it ended');
  });

  it('tells of a failed recharge once, whoever tells and however often', async () => {
    const failed = await tenant.idOf('recharge-failed');
    await done('alert.rechargeConfirmed', { episode: failed });
    await tenant.after(hourMs).reads('0');
    const episode = await tenant.idOf('balance-zero');
    tenant.news();
    for (const by of [administratorPerson, other, administratorPerson])
      await done('alert.rechargeFailed', { episode, reason: 'declined' }, { by });
    assert.deepEqual(
      tenant.news().filter((said) => said.startsWith('new')),
      ['new critical recharge-failed-usd-4 roles'],
    );
  });

  it('closes what a person may close', async () => {
    const episode = await tenant.idOf('drift');
    assert.equal((await done('alert.resolve', { episode })).resolved?.how, 'closed');
    assert.deepEqual(
      await tenant
        .after(dayMs)
        .tick()
        .then((ids) => ids.filter((known) => known.startsWith('drift'))),
      [],
    );
  });

  it('is shown as it stands to whoever looks at its card, and nothing is done', async () => {
    const episode = await tenant.idOf('recharge-failed');
    const shown = await done('alert.view', { episode });
    await done('alert.acknowledge', { episode }, { by: other });
    const before = await redis.store.heads(id);
    const later = await done('alert.view', { episode });
    assert.deepEqual([shown.acknowledged, later.acknowledged?.by], [null, other.displayName]);
    assert.deepEqual(await redis.store.heads(id), before);
    assert.equal(await codeOf('alert.view', { episode: `${episode}9` }), 'episode-unknown');
    assert.equal(await codeOf('alert.view', {}), 'bad-input');
    assert.equal(await codeOf('alert.view', { episode }, { by: nobody }), 'not-eligible');
  });

  it('believes a card in nothing but the incident: rights are the directory’s, at the tap', async () => {
    const episode = await tenant.idOf('drift');
    const forged = { episode, by: administratorPerson.id, roles: administratorPerson.roles, tenant: id };
    assert.equal((await tap('alert.acknowledge', forged, { by: nobody })).kind, 'not-eligible');
    graph.setRoles(administratorPerson.id, []);
    assert.equal((await tap('alert.acknowledge', { episode })).kind, 'not-eligible');
    const seen = await answerIncident(ports, id, { id: episode, reader: other.id });
    assert.equal(seen?.acknowledged, null);
  });

  it('knows no incident of another tenant', async () => {
    const stranger = new FollowedTenant(redis.store);
    await stranger.opensWith('100');
    assert.equal(await codeOf('alert.acknowledge', { episode: 'balance-zero-usd-77' }), 'episode-unknown');
    assert.equal(await answerIncident(ports, stranger.id, { id: 'drift-usd-1', reader: other.id }), null);
  });

  it('turns the card of an incident that was replaced into how it ended', async () => {
    const episode = await tenant.idOf('recharge-failed');
    await done('alert.rechargeConfirmed', { episode });
    tenant.after(hourMs);
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
    const old = await done('alert.acknowledge', { episode });
    assert.equal(old.resolved?.how, 'confirmed');
    assert.equal(old.acknowledged, null);
  });

  it('says no figure to somebody who may see none, and to nobody where nobody’s rights are known', async () => {
    const says = incidentSays(ports);
    const episode = await tenant.idOf('drift');
    const sharedWith = async (person: SandboxPerson): Promise<boolean> => {
      const answer = await says(id, episode, person.id);
      return answer?.kind === 'incident' && answer.shared;
    };
    assert.deepEqual([await sharedWith(administratorPerson), await sharedWith(nobody)], [false, true]);
    await graph.stop();
    assert.equal(await sharedWith(other), true);
  });

  it('says no figure and no name in a channel', async () => {
    const episode = await tenant.idOf('drift');
    await done('alert.take', { episode });
    const inChannel = await answerIncident(ports, id, { id: episode, reader: null });
    assert.ok(inChannel !== null);
    assert.ok(Object.values(inChannel.figures).every((figure) => figure === null));
    assert.ok(!JSON.stringify(inChannel).includes(administratorPerson.displayName));
    assert.deepEqual(inChannel.actions, []);
    assert.equal(inChannel.openedAt, now + 2 * minuteMs);
  });
});
