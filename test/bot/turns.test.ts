import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import { connectorErrors } from '../../src/sandbox/connector/connector-errors.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { DirectoryUnavailable, StoreUnavailable } from '../../src/workflows/ports.ts';
import { TenantBeingRebuilt } from '../../src/workflows/rebuilding.ts';
import {
  type BotInTeams,
  grace,
  inEnglish,
  referenceOf,
  startBotInTeams,
  stubbedProduct,
  thanks,
} from './bot-in-teams.ts';

describe('a turn', () => {
  let product: ReturnType<typeof stubbedProduct>;
  let chat: BotInTeams;

  beforeEach(async () => {
    product = stubbedProduct();
    chat = await startBotInTeams(product);
  });

  afterEach(() => chat.stop());

  describe('of a message', () => {
    it('is answered with one card, whose text is the summary for the toast', async () => {
      const reply = await chat.say('thank you');

      const { card, text } = render(thanks, inEnglish);
      assert.deepEqual(reply, { kind: 'answered', status: 200, text: '' });
      assert.deepEqual(
        chat.ofBot().map(({ cards, summary, text: beside }) => ({ cards, summary, beside })),
        [{ cards: [card], summary: text, beside: '' }],
      );
    });

    it('asks the product what was understood, for the person whom the channel names', async () => {
      product.understand.returns({ question: { intent: 'help' }, language: 'en' });

      await chat.say('what can you do?');

      const [question, asker] = product.answer.firstCall.args;
      assert.deepEqual(question, { intent: 'help' });
      assert.equal(asker.person, grace.id);
      assert.equal(asker.tenant, sandboxTenant.id);
      assert.equal(asker.scope, 'personal');
    });

    it('is read without the mention in a group, and asks for what others may read too', async () => {
      await chat.say('balance', 'groupChat');

      assert.equal(product.understand.firstCall.args[0].trim(), 'balance');
      assert.equal(product.answer.firstCall.args[1].scope, 'shared');
    });

    const languages: readonly (readonly [string, 'en' | 'ko' | null, 'en' | 'ko', 'en' | 'ko'])[] = [
      ['of the question', null, 'ko', 'ko'],
      ['that the person chose, whatever the question is in', 'en', 'ko', 'en'],
      ['that the person chose, even if the client has another', 'ko', 'en', 'ko'],
    ];
    for (const [sentence, chosen, asked, expected] of languages) {
      it(`is answered in the language ${sentence}`, async () => {
        product.preferences.resolves({ language: chosen });
        product.understand.returns({ question: { intent: 'thanks' }, language: asked });

        await chat.say('고마워 thanks');

        assert.equal(chat.ofBot()[0]?.summary, render(thanks, { ...inEnglish, language: expected }).text);
      });
    }

    const failures: readonly (readonly [string, Error, 'store' | 'directory' | 'defect'])[] = [
      ['the store does not answer', new StoreUnavailable(new Error('redis.internal')), 'store'],
      ['the tenant is being rebuilt', new TenantBeingRebuilt(), 'store'],
      ['the directory does not answer', new DirectoryUnavailable(new Error('graph')), 'directory'],
      ['a defect of ours comes to light', new TypeError('grace@harborline.example'), 'defect'],
    ];
    for (const [sentence, error, what] of failures) {
      it(`says so in a sentence where ${sentence}, and logs its reference without the inner text`, async () => {
        product.answer.rejects(error);

        const reply = await chat.say('balance');

        const reference = referenceOf(chat.seen()[0]);
        const expected = render({ kind: 'unavailable', what, reference }, inEnglish);
        assert.equal(reply.kind === 'answered' && reply.status, 200);
        assert.deepEqual(chat.ofBot()[0]?.cards, [expected.card]);
        const logged = JSON.stringify(chat.bot.logged);
        assert.ok(logged.includes(reference));
        assert.ok(!logged.includes(error.message));
      });
    }

    it('is answered again as soon as the store does', async () => {
      product.answer.onFirstCall().rejects(new StoreUnavailable(new Error('down')));

      await chat.say('balance');
      await chat.say('balance');

      assert.equal(chat.ofBot().at(-1)?.summary, render(thanks, inEnglish).text);
    });

    it('leaves the bot alive where the answer cannot be delivered', async () => {
      await chat.teams.client.install(grace.id, 'personal');
      chat.teams.faults.add({ kind: 'answer', operation: 'send', answer: connectorErrors.badArgument });

      const lost = await chat.say('balance');
      await chat.say('balance');

      assert.deepEqual(lost, { kind: 'answered', status: 200, text: '' });
      assert.equal(chat.ofBot().length, 1);
      assert.match(JSON.stringify(chat.bot.logged), /A turn failed outside its handler/);
    });
  });

  describe('of an installation', () => {
    it('welcomes once, though Teams tells of it twice', async () => {
      product.isFirstMeeting.onFirstCall().resolves(true);

      await chat.teams.client.install(grace.id, 'personal');

      assert.equal(product.isFirstMeeting.callCount, 2);
      assert.deepEqual(product.answer.firstCall.args[0], { intent: 'greeting' });
      assert.equal(chat.ofBot().length, 1);
    });

    it('welcomes nobody while it cannot be known whether it did', async () => {
      product.isFirstMeeting.rejects(new StoreUnavailable(new Error('down')));

      await chat.teams.client.install(grace.id, 'personal');

      assert.equal(chat.ofBot().length, 0);
    });

    it('says nothing when it is removed', async () => {
      product.isFirstMeeting.resolves(true);
      await chat.teams.client.install(grace.id, 'personal');
      product.isFirstMeeting.resetHistory();

      await chat.teams.client.uninstall(grace.id, 'personal');

      assert.equal(product.isFirstMeeting.callCount, 0);
    });
  });
});
