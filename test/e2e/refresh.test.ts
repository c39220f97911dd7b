import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ChatPage, inEnglish } from './chat-page.ts';
import { Stage } from './stage.ts';
import { personNamed, pictures, withBotInChromium } from './with-bot.ts';

/** As many cards as may be edited when a request changes: one for each who was asked. */
const mostEdits = 60;

/** Goal: what a person reads is true when it is looked at, though the edit of the card never came. */
describe('a card whose edit was lost', function () {
  this.timeout(180_000);
  const here = withBotInChromium();

  it('is put right when the person opens the chat', async () => {
    const stage = new Stage(here.bot.chatsUrl);
    const grace = await ChatPage.met(here, 'Grace Whitfield', { ...inEnglish, width: 768 });
    const form = await grace.ask('top up 500');
    await form.getByRole('button', { name: 'Ask for approval' }).click();
    await form.getByText('Request 1: waiting for approval').first().waitFor();
    await stage.untilCard('이서연', /요청 1: 승인 대기/);

    await stage.loseEdits(mostEdits);
    await form.getByRole('button', { name: 'Cancel the request' }).click();
    await form.getByText('Request 1: cancelled').first().waitFor();
    const stale = await stage.cardOf('이서연', /요청 1/);
    assert.match(JSON.stringify(stale), /요청 1: 승인 대기/);
    assert.match(JSON.stringify(stale), /"verb":"topup.approve"/);

    const seoyeon = await ChatPage.open(here.browser, here.bot.chatsUrl, personNamed('이서연').id);
    const card = seoyeon.card(/요청 1/);
    await card.getByText('요청 1: 취소됨').first().waitFor();
    assert.equal(await card.getByRole('button', { name: '승인하기' }).count(), 0);
    await seoyeon.picture(join(pictures, 'page.topup.refreshed.ko.png'), card);
  });
});
