import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Reader } from '../../cards/reader.ts';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import type { Product } from '../../src/product.ts';
import { type ConnectorDouble, startConnectorDouble } from '../../src/sandbox/connector/connector-double.ts';
import { connectorErrors } from '../../src/sandbox/connector/connector-errors.ts';
import type { SeenMessage, Where } from '../../src/sandbox/connector/teams-client.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { DirectoryUnavailable, StoreUnavailable } from '../../src/workflows/ports.ts';
import { type ActivityJson, invoke, submit } from './activities.ts';
import { type BotUnderTest, from, startSandboxBot } from './bot-under-test.ts';
import { now } from './product-double.ts';
import { grace, productWithoutStore } from './product-without-store.ts';

const inEnglish: Reader = { language: 'en', locale: 'en-US', timeZone: grace.timeZone, now };
const thanks: Answer = { kind: 'thanks' };
const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

describe('a turn', () => {
  const answer = sinon.stub<Parameters<Product['answer']>, Promise<Answer>>();
  const act = sinon.stub<Parameters<Product['act']>, Promise<Answer>>();
  const preferences = sinon.stub<Parameters<Product['preferences']>, ReturnType<Product['preferences']>>();
  const isFirstMeeting = sinon.stub<Parameters<Product['isFirstMeeting']>, Promise<boolean>>();
  const understand = sinon.stub<Parameters<Product['understand']>, ReturnType<Product['understand']>>();
  let bot: BotUnderTest;
  let teams: ConnectorDouble;

  beforeEach(async () => {
    for (const stub of [answer, act, preferences, isFirstMeeting, understand]) stub.reset();
    answer.resolves(thanks);
    act.resolves(thanks);
    preferences.resolves({ language: null });
    isFirstMeeting.resolves(false);
    understand.returns({ question: { intent: 'balance' }, language: 'en' });
    bot = await startSandboxBot({ answer, act, preferences, isFirstMeeting, understand });
    teams = await startTeams(bot);
  });

  afterEach(async () => {
    await teams.stop();
    await bot.stop();
  });

  const say = (text: string, where: Where = 'personal') => teams.client.say(grace.id, where, text);
  const seen = (where: Where = 'personal') => teams.client.seen(grace.id, where);
  const ofBot = (where: Where = 'personal') => seen(where).filter((message) => message.from === null);

  describe('of a message', () => {
    it('is answered with one card, whose text is the summary for the toast', async () => {
      const reply = await say('thank you');

      const { card, text } = render(thanks, inEnglish);
      assert.deepEqual(reply, { kind: 'answered', status: 200, text: '' });
      assert.deepEqual(
        ofBot().map(({ cards, summary, text: beside }) => ({ cards, summary, beside })),
        [{ cards: [card], summary: text, beside: '' }],
      );
    });

    it('asks the product what was understood, for the person whom the channel names', async () => {
      understand.returns({ question: { intent: 'help' }, language: 'en' });

      await say('what can you do?');

      const [question, asker] = answer.firstCall.args;
      assert.deepEqual(question, { intent: 'help' });
      assert.equal(asker.person, grace.id);
      assert.equal(asker.tenant, sandboxTenant.id);
      assert.equal(asker.scope, 'personal');
    });

    it('is read without the mention in a group, and asks for what others may read too', async () => {
      await say('balance', 'groupChat');

      assert.equal(understand.firstCall.args[0].trim(), 'balance');
      assert.equal(answer.firstCall.args[1].scope, 'shared');
    });

    const languages: readonly (readonly [string, 'en' | 'ko' | null, 'en' | 'ko', 'en' | 'ko'])[] = [
      ['of the question', null, 'ko', 'ko'],
      ['that the person chose, whatever the question is in', 'en', 'ko', 'en'],
      ['that the person chose, even if the client has another', 'ko', 'en', 'ko'],
    ];
    for (const [sentence, chosen, asked, expected] of languages) {
      it(`is answered in the language ${sentence}`, async () => {
        preferences.resolves({ language: chosen });
        understand.returns({ question: { intent: 'thanks' }, language: asked });

        await say('고마워 thanks');

        assert.equal(ofBot()[0]?.summary, render(thanks, { ...inEnglish, language: expected }).text);
      });
    }

    const failures: readonly (readonly [string, Error, 'store' | 'directory' | 'defect'])[] = [
      ['the store does not answer', new StoreUnavailable(new Error('redis.internal')), 'store'],
      ['the directory does not answer', new DirectoryUnavailable(new Error('graph')), 'directory'],
      ['a defect of ours comes to light', new TypeError('grace@harborline.example'), 'defect'],
    ];
    for (const [sentence, error, what] of failures) {
      it(`says so in a sentence where ${sentence}, and logs its reference without the inner text`, async () => {
        answer.rejects(error);

        const reply = await say('balance');

        const reference = referenceOf(seen()[0]);
        const expected = render({ kind: 'unavailable', what, reference }, inEnglish);
        assert.equal(reply.kind === 'answered' && reply.status, 200);
        assert.deepEqual(ofBot()[0]?.cards, [expected.card]);
        const logged = JSON.stringify(bot.logged);
        assert.ok(logged.includes(reference));
        assert.ok(!logged.includes(error.message));
      });
    }

    it('is answered again as soon as the store does', async () => {
      answer.onFirstCall().rejects(new StoreUnavailable(new Error('down')));

      await say('balance');
      await say('balance');

      assert.equal(ofBot().at(-1)?.summary, render(thanks, inEnglish).text);
    });

    it('leaves the bot alive where the answer cannot be delivered', async () => {
      await teams.client.install(grace.id, 'personal');
      teams.faults.add({ kind: 'answer', operation: 'send', answer: connectorErrors.badArgument });

      const lost = await say('balance');
      await say('balance');

      assert.deepEqual(lost, { kind: 'answered', status: 200, text: '' });
      assert.equal(ofBot().length, 1);
      assert.match(JSON.stringify(bot.logged), /A turn failed outside its handler/);
    });
  });

  describe('of a tap', () => {
    const post = (activity: ActivityJson) => bot.post(from(teams.serviceUrl, activity));

    it('is answered with the card that replaces the old one', async () => {
      const { card } = render(thanks, inEnglish);

      assert.deepEqual(await post(invoke('balance.reconcile')), {
        status: 200,
        body: { statusCode: 200, type: adaptiveCard, value: card },
      });
    });

    it('hands on the verb, the data and the message, and who tapped', async () => {
      await post(invoke('balance.reconcile'));

      const [tap, asker] = act.firstCall.args;
      assert.deepEqual(tap, {
        verb: 'balance.reconcile',
        data: { observed: '412.80', currency: 'USD' },
        messageId: '1700000000000',
      });
      assert.equal(asker.person, grace.id);
    });

    it('is answered with a sentence on a card where a defect comes to light', async () => {
      act.rejects(new TypeError('inner'));

      const unavailable: Answer = { kind: 'unavailable', what: 'defect', reference: '00000002' };
      assert.deepEqual(await post(invoke('balance.reconcile')), {
        status: 200,
        body: { statusCode: 200, type: adaptiveCard, value: render(unavailable, inEnglish).card },
      });
    });

    it('does nothing where no tenant is named', async () => {
      const nowhere = { conversation: { id: 'a:chat' }, channelData: undefined };

      assert.equal((await post(invoke('balance.reconcile', nowhere))).status, 200);
      assert.equal(act.callCount, 0);
    });

    it('answers an invoke of another kind with 501 and no word more', async () => {
      const other = invoke('balance.reconcile', { name: 'task/fetch', value: {} });

      assert.deepEqual(await post(other), { status: 501, body: null });
      assert.equal(act.callCount, 0);
    });

    it('edits the card where the client knows no Action.Execute', async () => {
      await say('balance');
      const card = ofBot()[0];
      act.resolves({ kind: 'help' });

      await teams.client.tap({
        person: grace.id,
        activityId: card?.id ?? '',
        action: { type: 'Action.Submit', data: { verb: 'balance.reconcile' } },
        inputs: { observed: '412.80' },
        twice: false,
      });

      assert.deepEqual(ofBot()[0]?.cards, [render({ kind: 'help' }, inEnglish).card]);
      assert.equal(ofBot()[0]?.id, card?.id);
      assert.equal(ofBot().length, 1);
      assert.deepEqual(act.firstCall.args[0].data, { verb: 'balance.reconcile', observed: '412.80' });
    });

    it('sends a card where the channel does not say which one was tapped', async () => {
      await say('balance');
      const conversation = { ...conversationOf(grace.id, teams), conversationType: 'personal' };

      await post(submit('balance.reconcile', { replyToId: undefined, conversation }));

      assert.equal(ofBot().length, 2);
    });
  });

  describe('of an installation', () => {
    it('welcomes once, though Teams tells of it twice', async () => {
      isFirstMeeting.onFirstCall().resolves(true);

      await teams.client.install(grace.id, 'personal');

      assert.equal(isFirstMeeting.callCount, 2);
      assert.deepEqual(answer.firstCall.args[0], { intent: 'greeting' });
      assert.equal(ofBot().length, 1);
    });

    it('welcomes nobody while it cannot be known whether it did', async () => {
      isFirstMeeting.rejects(new StoreUnavailable(new Error('down')));

      await teams.client.install(grace.id, 'personal');

      assert.equal(ofBot().length, 0);
    });

    it('says nothing when it is removed', async () => {
      isFirstMeeting.resolves(true);
      await teams.client.install(grace.id, 'personal');
      isFirstMeeting.resetHistory();

      await teams.client.uninstall(grace.id, 'personal');

      assert.equal(isFirstMeeting.callCount, 0);
    });
  });
});

describe('a turn of the whole product, while the store is away', () => {
  let bot: BotUnderTest;
  let teams: ConnectorDouble;

  before(async () => {
    bot = await startSandboxBot(productWithoutStore());
    teams = await startTeams(bot);
  });

  after(async () => {
    await teams.stop();
    await bot.stop();
  });

  it('says that the ledger cannot be reached, and the bot lives', async () => {
    await teams.client.say(grace.id, 'personal', "what's our balance?");

    const [question, reply] = teams.client.seen(grace.id, 'personal');
    const unavailable: Answer = { kind: 'unavailable', what: 'store', reference: referenceOf(question) };
    assert.deepEqual(reply?.cards, [render(unavailable, inEnglish).card]);
    assert.equal((await fetch(`${bot.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${bot.url}/readyz`)).status, 503);
  });

  it('refuses a verb that no card of this version carries', async () => {
    const refused: Answer = { kind: 'refused', code: 'unknown-action', data: {} };

    const reply = await bot.post(from(teams.serviceUrl, invoke('balance.forget')));

    assert.deepEqual(reply, {
      status: 200,
      body: { statusCode: 200, type: adaptiveCard, value: render(refused, inEnglish).card },
    });
  });
});

function startTeams(bot: BotUnderTest): Promise<ConnectorDouble> {
  return startConnectorDouble({
    tenant: sandboxTenant.id,
    people: sandboxPeople,
    bot: { id: '28:00000000-0000-4000-8000-0000000000b0', name: 'Ledgerline Credits' },
    botUrl: `${bot.url}/api/messages`,
    now: () => now,
    patience: { repeatAfterMs: 5_000, giveUpAfterMs: 15_000 },
    port: 0,
  });
}

/** The end of the activity's id, as it can be read out on the phone. */
function referenceOf(message: SeenMessage | undefined): string {
  return (message?.id ?? '').slice(-8);
}

function conversationOf(person: typeof grace.id, teams: ConnectorDouble): ActivityJson {
  return { id: teams.client.conversation(person, 'personal').id, tenantId: sandboxTenant.id };
}
