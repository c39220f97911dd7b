import assert from 'node:assert/strict';
import sinon from 'sinon';
import { type LanguageModel, openLanguageModel } from '../../bot/language-model.ts';
import type { Log } from '../../bot/log.ts';
import { render } from '../../cards/render.ts';
import english from '../../cards/texts.en.json' with { type: 'json' };
import korean from '../../cards/texts.ko.json' with { type: 'json' };
import type { Answer } from '../../src/answers/answer.ts';
import { type Product, requestOf, understand } from '../../src/product.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { adaptiveCard, invoke } from './activities.ts';
import {
  type BotInTeams,
  grace,
  inEnglish,
  startBotInTeams,
  stubbedProduct,
  thanks,
} from './bot-in-teams.ts';
import { from } from './bot-under-test.ts';
import { type OpenAiDouble, startOpenAiDouble } from './openai-double.ts';
import { now } from './product-double.ts';

const offer: Answer = { kind: 'drill', people: 7 };

describe('a message that is no question', () => {
  const answerSpokenRequest = sinon
    .stub<Parameters<Product['answerSpokenRequest']>, Promise<Answer>>()
    .resolves(offer);
  let product: ReturnType<typeof stubbedProduct>;
  let model: OpenAiDouble;
  let chat: BotInTeams;

  before(async () => {
    model = await startOpenAiDouble();
  });
  after(() => model.stop());
  beforeEach(async () => {
    answerSpokenRequest.resetHistory();
    product = stubbedProduct();
    // What the grammar cannot read is what a model would be asked.
    product.understand.returns({ question: { intent: 'none' }, language: 'ko' });
    chat = await startBotInTeams({ ...product, answerSpokenRequest }, opened);
  });
  afterEach(() => chat.stop());

  function opened(log: Log): LanguageModel {
    const settings = { kind: 'openai', apiKey: 'key', model: 'model', baseUrl: model.baseUrl } as const;
    return openLanguageModel(settings, log, 500);
  }

  it('is answered with one card, in the language of the text, and is put to no model', async () => {
    await chat.say('모의 훈련 시작해줘');

    const [request, asker] = answerSpokenRequest.firstCall.args;
    assert.deepEqual([request, asker.person, asker.scope], ['drill', grace.id, 'personal']);
    const inKorean = { ...inEnglish, language: 'ko' } as const;
    assert.deepEqual(
      chat.ofBot().map(({ cards }) => cards),
      [[render(offer, inKorean).card]],
    );
    assert.equal(product.answer.callCount, 0);
    assert.deepEqual(model.calls, []);
  });

  it('is read without the mention in a group', async () => {
    await chat.say('open incidents', 'groupChat');

    const [request, asker] = answerSpokenRequest.firstCall.args;
    assert.deepEqual([request, asker.scope], ['incidents', 'shared']);
  });

  it('is a question where it is asked', async () => {
    await chat.say('did the recharge fail last month?');

    assert.equal(answerSpokenRequest.callCount, 0);
    assert.equal(product.answer.callCount, 1);
  });
});

describe('a question that a card offers', () => {
  for (const [locale, texts] of [
    ['en-US', english],
    ['ko-KR', korean],
  ] as const) {
    it(`is understood where it is tapped, in ${locale}`, () => {
      const context = { locale, timeZone: 'UTC', now, currency: 'USD' };
      const lost = Object.entries(texts)
        .filter(([key]) => key.startsWith('question.'))
        .filter(
          ([, text]) => requestOf(text) === null && understand(text, context).question.intent === 'none',
        );
      assert.deepEqual(lost, []);
      assert.equal(requestOf(texts['question.incidents']), 'incidents');
      assert.equal(requestOf(texts['question.preferences']), 'preferences');
    });
  }
});

describe('an incident of a list', () => {
  let product: ReturnType<typeof stubbedProduct>;
  let chat: BotInTeams;

  beforeEach(async () => {
    product = stubbedProduct();
    chat = await startBotInTeams(product);
  });
  afterEach(() => chat.stop());

  const view = async (data: object) => {
    const conversation = {
      id: chat.teams.client.conversation(grace.id, 'personal').id,
      conversationType: 'personal',
    };
    const action = { type: 'Action.Execute', verb: 'alert.view', data };
    const tenant = { channelData: { tenant: { id: sandboxTenant.id } } };
    const activity = invoke('alert.view', { conversation, ...tenant, value: { action, trigger: 'manual' } });
    return chat.bot.post(from(chat.teams.serviceUrl, activity));
  };

  it('opens beside the list, which stays', async () => {
    await chat.say('balance');
    const before = chat.ofBot().length;

    const { body } = await view({ episode: 'drill-1', beside: true });

    assert.equal(chat.ofBot().length, before + 1);
    const { card, text } = render(thanks, inEnglish);
    assert.deepEqual(chat.ofBot().at(-1)?.cards, [card]);
    assert.deepEqual(body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: text.split('\n')[0],
    });
  });

  it('takes the place of its own card where that asks how it stands', async () => {
    await chat.say('balance');
    const before = chat.ofBot().length;

    const { body } = await view({ episode: 'drill-1' });

    assert.equal(chat.ofBot().length, before);
    assert.deepEqual(body, { statusCode: 200, type: adaptiveCard, value: render(thanks, inEnglish).card });
  });
});
