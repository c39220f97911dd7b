import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { adaptiveCard, invoke } from './activities.ts';
import { type BotInTeams, inEnglish, referenceOf, startBotInTeams } from './bot-in-teams.ts';
import { from } from './bot-under-test.ts';
import { productWithoutStore } from './product-without-store.ts';

describe('a turn of the whole product, while the store is away', () => {
  let chat: BotInTeams;

  before(async () => {
    chat = await startBotInTeams(productWithoutStore());
  });

  after(() => chat.stop());

  it('says that the ledger cannot be reached, and the bot lives', async () => {
    await chat.say("what's our balance?");

    const [question, reply] = chat.seen();
    const unavailable: Answer = { kind: 'unavailable', what: 'store', reference: referenceOf(question) };
    assert.deepEqual(reply?.cards, [render(unavailable, inEnglish).card]);
    assert.equal((await fetch(`${chat.bot.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${chat.bot.url}/readyz`)).status, 503);
  });

  it('refuses a verb that no card of this version carries', async () => {
    const refused: Answer = { kind: 'refused', code: 'unknown-action', data: {} };

    const reply = await chat.bot.post(from(chat.teams.serviceUrl, invoke('balance.forget')));

    assert.deepEqual(reply, {
      status: 200,
      body: { statusCode: 200, type: adaptiveCard, value: render(refused, inEnglish).card },
    });
  });
});
