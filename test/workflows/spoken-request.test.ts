import assert from 'node:assert/strict';
import type { Answer } from '../../src/answers/answer.ts';
import type { Asker } from '../../src/answers/asker.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { type SpokenRequest, spokenRequests } from '../../src/language/request.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { act } from '../../src/workflows/act.ts';
import { answerSpokenRequest } from '../../src/workflows/answer-spoken-request.ts';
import { incidents } from '../../src/workflows/incidents.ts';
import { DirectoryUnavailable, type Ports } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf, mayAsk, portsOf, startDirectory } from './product-under-test.ts';
import { tenantUnderTest } from './tenant-under-test.ts';

const other =
  sandboxPeople.find((person) => mayAsk(person) && person.id !== administratorPerson.id) ??
  assert.fail('nobody else may');
const everybody = sandboxPeople.filter(mayAsk).length;

/** What each is answered with, by who may, where nothing goes on. */
const kinds: Readonly<Record<SpokenRequest, Answer['kind']>> = {
  'recharge-failed': 'recharge-report',
  'recharge-works': 'recharge-report',
  drill: 'drill',
  settings: 'alert-settings',
  preferences: 'preferences',
  incidents: 'incidents',
};

describe('what is asked for that is no question', () => {
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
    tenant.after(minuteMs);
  });
  afterEach(() => graph.stop());

  const say = (
    request: SpokenRequest,
    { by = administratorPerson, scope = 'personal' }: { by?: SandboxPerson; scope?: Asker['scope'] } = {},
  ): Promise<Answer> => answerSpokenRequest(ports, request, askerOf(by, { tenant: id, scope }));
  const tap = (
    verb: string,
    data: object,
    {
      by = administratorPerson,
      messageId = 'message',
      scope = 'personal',
    }: { by?: SandboxPerson; messageId?: string; scope?: Asker['scope'] } = {},
  ): Promise<Answer> => act(ports, { verb, data, messageId }, askerOf(by, { tenant: id, scope }));
  /** A call that was charged in euros is an account of its own. */
  const openInEuros = async (): Promise<void> => {
    await tenantUnderTest(redis.store, id).record(usageRow({ id: idOf(1), currency: currencyOf('EUR') }));
  };
  const known = async (): Promise<readonly string[]> =>
    (await incidents(redis.store, id, { from: 0, to: tenant.at + hourMs })).map(({ episode }) => episode.id);

  for (const request of spokenRequests) {
    it(`is shown to who may, and changes nothing by words alone: ${request}`, async () => {
      for (const person of sandboxPeople) {
        const inPerson = await say(request, { by: person });
        const shared = await say(request, { by: person, scope: 'shared' });
        if (mayAsk(person)) {
          assert.equal(inPerson.kind, kinds[request]);
          assert.deepEqual(shared, { kind: 'in-person', intent: request });
        } else {
          assert.equal(inPerson.kind, 'not-eligible');
          assert.equal(shared.kind, 'not-eligible');
        }
      }
      assert.deepEqual(await known(), []);
      assert.deepEqual(
        tenant.news().filter((said) => said.startsWith('new')),
        [],
      );
    });
  }

  it('is not shown to somebody whom the channel does not name, nor while nobody’s rights are known', async () => {
    const asker = { ...askerOf(administratorPerson, { tenant: id }), person: null };
    for (const request of spokenRequests) {
      const answer = await answerSpokenRequest(ports, request, asker);
      assert.deepEqual(answer, { kind: 'not-eligible', reason: 'unknown-person' });
    }
    await graph.stop();
    for (const request of spokenRequests) await assert.rejects(say(request), DirectoryUnavailable);
  });

  describe('the word that a recharge failed', () => {
    const failed = { currency: 'USD', reason: 'card expired' };

    it('says whom it would be told, and of which account', async () => {
      assert.deepEqual(await say('recharge-failed'), {
        kind: 'recharge-report',
        says: 'failed',
        people: everybody,
        choices: [{ currency: 'USD', episode: null }],
      });
      await openInEuros();
      const answer = await say('recharge-failed');
      assert.deepEqual(answer.kind === 'recharge-report' && answer.choices.map(({ currency }) => currency), [
        'EUR',
        'USD',
      ]);
    });

    it('is told to everybody by a tap, once, and then shown to whoever says it again', async () => {
      const answer = await tap('alert.rechargeFailed', failed);
      assert.ok(answer.kind === 'incident', answer.kind);
      assert.deepEqual([answer.about, answer.reason], ['recharge-failed', 'card expired']);
      assert.deepEqual(await tap('alert.rechargeFailed', failed), answer, 'the same tap again');
      const joined = await tap('alert.rechargeFailed', { currency: 'USD' }, { by: other, messageId: 'own' });
      assert.equal(joined.kind === 'incident' && joined.id, answer.id);
      assert.deepEqual(
        tenant.news().filter((said) => said.startsWith('new')),
        [`new critical ${answer.id} roles`],
      );
      const said = await say('recharge-failed', { by: other });
      assert.equal(said.kind === 'incident' && said.id, answer.id);
    });

    it('is not told again by an old card', async () => {
      await tap('alert.rechargeFailed', failed);
      const works = await say('recharge-works');
      assert.ok(works.kind === 'recharge-report');
      await tap('alert.rechargeConfirmed', { episode: works.choices[0]?.episode });
      tenant.after(hourMs).news();
      const old = await tap('alert.rechargeFailed', failed);
      assert.equal(old.kind === 'incident' && old.resolved?.how, 'confirmed');
      assert.deepEqual(tenant.news(), []);
    });

    it('is asked for by the account where two of them fail', async () => {
      await openInEuros();
      await tap('alert.rechargeFailed', { currency: 'USD' });
      await tap('alert.rechargeFailed', { currency: 'EUR' });
      assert.equal((await say('recharge-failed')).kind, 'incidents');
      const works = await say('recharge-works');
      assert.deepEqual(works.kind === 'recharge-report' && works.choices.map(({ currency }) => currency), [
        'EUR',
        'USD',
      ]);
    });

    const refusals: readonly (readonly [sentence: string, data: object, code: string])[] = [
      ['of an account that is not the tenant’s', { currency: 'KRW' }, 'unknown-currency'],
      ['of no currency', { currency: 'XX$' }, 'unknown-currency'],
      ['of nothing', {}, 'bad-input'],
      ['with a reason longer than a reason', { ...failed, reason: 'x'.repeat(501) }, 'reason-too-long'],
    ];
    for (const [sentence, data, code] of refusals) {
      it(`is refused ${sentence}`, async () => {
        const answer = await tap('alert.rechargeFailed', data);
        assert.equal(answer.kind === 'refused' && answer.code, code);
        assert.deepEqual(await known(), []);
      });
    }

    it('is refused where others read along, and to whose role was taken away', async () => {
      const shared = await tap('alert.rechargeFailed', failed, { scope: 'shared' });
      assert.equal(shared.kind === 'refused' && shared.code, 'personal-only');
      graph.setRoles(administratorPerson.id, []);
      assert.equal((await tap('alert.rechargeFailed', failed)).kind, 'not-eligible');
      assert.deepEqual(await known(), []);
    });

    it('begins with the figure of the admin centre where the tenant has no account', async () => {
      const empty = freshTenant();
      const directory = await startDirectory(empty);
      try {
        const asker = askerOf(administratorPerson, { tenant: empty });
        const answer = await answerSpokenRequest(portsOf(redis.store, directory), 'recharge-failed', asker);
        assert.deepEqual(answer, { kind: 'no-account', currency: 'USD' });
      } finally {
        await directory.stop();
      }
    });
  });

  describe('the word that recharging works', () => {
    it('has nothing to confirm where nothing failed', async () => {
      assert.deepEqual(await say('recharge-works'), {
        kind: 'recharge-report',
        says: 'works',
        people: 0,
        choices: [],
      });
    });

    it('ends the failure by a tap, and not before', async () => {
      const told = await tap('alert.rechargeFailed', { currency: 'USD' });
      const answer = await say('recharge-works', { by: other });
      assert.ok(answer.kind === 'recharge-report' && told.kind === 'incident');
      assert.deepEqual([answer.people, answer.choices], [everybody, [{ currency: 'USD', episode: told.id }]]);
      const after = await say('recharge-failed');
      assert.equal(after.kind === 'incident' && after.resolved, null);
      const ended = await tap('alert.rechargeConfirmed', answer.choices[0] ?? {}, { by: other });
      assert.equal(ended.kind === 'incident' && ended.resolved?.how, 'confirmed');
    });
  });

  describe('a drill', () => {
    it('says whom it reaches, is begun by a tap, once a card, and is then shown', async () => {
      assert.deepEqual(await say('drill'), { kind: 'drill', people: everybody });
      const begun = await tap('alert.drill', {});
      assert.ok(begun.kind === 'incident');
      assert.deepEqual([begun.about, begun.id], ['drill', 'drill-1']);
      assert.deepEqual(await tap('alert.drill', {}), begun, 'the same tap again');
      assert.deepEqual(await tap('alert.drill', {}, { messageId: 'another card' }), begun, 'one at a time');
      assert.deepEqual(await say('drill'), begun);
      assert.deepEqual(tenant.news(), ['new warning drill-1 roles']);

      await tap('alert.resolve', { episode: begun.id });
      assert.equal((await say('drill')).kind, 'drill');
      tenant.after(hourMs).news();
      const old = await tap('alert.drill', {});
      assert.equal(old.kind === 'incident' && old.id, begun.id, 'an old card begins no other');
      assert.deepEqual(tenant.news(), []);
    });
  });

  describe('the list of incidents', () => {
    it('has what goes on, the worst first, with who has it, and what ended', async () => {
      const drill = await tap('alert.drill', {});
      assert.ok(drill.kind === 'incident');
      await tap('alert.resolve', { episode: drill.id });
      await tenant.after(minuteMs).reads('80');
      const failed = await tap('alert.rechargeFailed', { currency: 'USD' });
      assert.ok(failed.kind === 'incident');
      await tap('alert.take', { episode: failed.id }, { by: other });

      const answer = await say('incidents');
      assert.ok(answer.kind === 'incidents');
      assert.deepEqual(
        answer.open.map(({ about, holder }) => [about, holder]),
        [
          ['recharge-failed', other.displayName],
          ['drift', null],
        ],
      );
      assert.deepEqual(
        answer.ended.map(({ about, endedAt }) => [about, endedAt]),
        [['drill', tenant.at - minuteMs]],
      );
    });

    it('opens one by a tap, as it stands for who taps, and changes nothing', async () => {
      const failed = await tap('alert.rechargeFailed', { currency: 'USD' });
      assert.ok(failed.kind === 'incident');
      tenant.news();
      const view = (scope: Asker['scope']) =>
        tap('alert.view', { episode: failed.id, beside: true }, { by: other, scope });
      const seen = await view('personal');
      assert.ok(seen.kind === 'incident');
      assert.deepEqual([seen.id, seen.shared, seen.acknowledged], [failed.id, false, null]);
      const inChannel = await view('shared');
      assert.ok(inChannel.kind === 'incident' && inChannel.shared);
      assert.ok(Object.values(inChannel.figures).every((figure) => figure === null));
      const nothing = await tap('alert.view', {});
      assert.equal(nothing.kind === 'refused' && nothing.code, 'bad-input');
      assert.deepEqual(tenant.news(), []);
    });
  });
});
