import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { type ActivityJson, adaptiveCard, invoke, submit } from './activities.ts';
import {
  type BotInTeams,
  grace,
  inEnglish,
  startBotInTeams,
  stubbedProduct,
  thanks,
} from './bot-in-teams.ts';
import { from } from './bot-under-test.ts';

describe('a tap', () => {
  let product: ReturnType<typeof stubbedProduct>;
  let chat: BotInTeams;

  beforeEach(async () => {
    product = stubbedProduct();
    chat = await startBotInTeams(product);
  });

  afterEach(() => chat.stop());

  const post = (activity: ActivityJson) => chat.bot.post(from(chat.teams.serviceUrl, activity));

  it('is answered with the card that replaces the old one', async () => {
    const { card } = render(thanks, inEnglish);

    assert.deepEqual(await post(invoke('balance.reconcile')), {
      status: 200,
      body: { statusCode: 200, type: adaptiveCard, value: card },
    });
  });

  for (const verb of ['alert.view', 'topup.view'])
    it(`on a list that is to stay sends what it opens beside it: ${verb}`, async () => {
      await chat.say('thank you');
      const { id } = chat.teams.client.conversation(grace.id, 'personal');
      const data = { episode: 'drift-usd-1', beside: true };
      const { body } = await post(
        invoke(verb, {
          conversation: { id, conversationType: 'personal', tenantId: sandboxTenant.id },
          value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
        }),
      );
      const { card, text } = render(thanks, inEnglish);
      const type = 'application/vnd.microsoft.activity.message';
      assert.deepEqual(body, { statusCode: 200, type, value: text.split('\n')[0] });
      assert.deepEqual(chat.ofBot().at(-1)?.cards, [card]);
      assert.equal(chat.ofBot().length, 2);
    });

  it('hands on the verb, the data and the message, and who tapped', async () => {
    await post(invoke('balance.reconcile'));

    const [tap, asker] = product.act.firstCall.args;
    assert.deepEqual(tap, {
      verb: 'balance.reconcile',
      data: { observed: '412.80', currency: 'USD' },
      messageId: '1700000000000',
    });
    assert.equal(asker.person, grace.id);
  });

  it('is answered with a sentence on a card where a defect comes to light', async () => {
    product.act.rejects(new TypeError('inner'));

    const unavailable: Answer = { kind: 'unavailable', what: 'defect', reference: '00000002' };
    assert.deepEqual(await post(invoke('balance.reconcile')), {
      status: 200,
      body: { statusCode: 200, type: adaptiveCard, value: render(unavailable, inEnglish).card },
    });
  });

  it('does nothing where no tenant is named', async () => {
    const nowhere = { conversation: { id: 'a:chat' }, channelData: undefined };

    assert.equal((await post(invoke('balance.reconcile', nowhere))).status, 200);
    assert.equal(product.act.callCount, 0);
  });

  it('answers an invoke of another kind with 501 and no word more', async () => {
    const other = invoke('balance.reconcile', { name: 'task/fetch', value: {} });

    assert.deepEqual(await post(other), { status: 501, body: null });
    assert.equal(product.act.callCount, 0);
  });

  it('edits the card where the client knows no Action.Execute', async () => {
    await chat.say('balance');
    const card = chat.ofBot()[0];
    product.act.resolves({ kind: 'help' });

    await chat.teams.client.tap({
      person: grace.id,
      activityId: card?.id ?? '',
      action: { type: 'Action.Submit', data: { verb: 'balance.reconcile' } },
      inputs: { observed: '412.80' },
      twice: false,
    });

    assert.deepEqual(chat.ofBot()[0]?.cards, [render({ kind: 'help' }, inEnglish).card]);
    assert.equal(chat.ofBot()[0]?.id, card?.id);
    assert.equal(chat.ofBot().length, 1);
    assert.deepEqual(product.act.firstCall.args[0].data, { verb: 'balance.reconcile', observed: '412.80' });
  });

  it('sends a card where the channel does not say which one was tapped', async () => {
    await chat.say('balance');
    const { id } = chat.teams.client.conversation(grace.id, 'personal');
    const conversation = { id, tenantId: sandboxTenant.id, conversationType: 'personal' };

    await post(submit('balance.reconcile', { replyToId: undefined, conversation }));

    assert.equal(chat.ofBot().length, 2);
  });
});
