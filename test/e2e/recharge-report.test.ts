import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ChatPage, inEnglish, inKorean } from './chat-page.ts';
import { pictures, withBotInChromium } from './with-bot.ts';

/** Goal: what one person says becomes everybody's card by a tap, and by no word; another's word ends it so. */
describe('the word of one person that the recharge failed', function () {
  this.timeout(180_000);
  const here = withBotInChromium();

  const picture = (chat: ChatPage, name: string, card: Locator): Promise<void> =>
    chat.picture(join(pictures, `page.said.${name}.png`), card);
  const tap = (card: Locator, name: string): Promise<void> => card.getByRole('button', { name }).click();
  const shows = (card: Locator, text: string | RegExp): Promise<void> =>
    card.getByText(text).first().waitFor();

  it('is told to everybody by a tap, listed, and ended by the word of another', async () => {
    const grace = await ChatPage.met(here, 'Grace Whitfield', inEnglish);
    const seoyeon = await ChatPage.met(here, '이서연', inKorean);

    const offer = await grace.ask('hi, the rechage failed today');
    await shows(offer, /Tell all \d+ admins\?/);
    await picture(grace, 'failed.offer.en', offer);
    await offer.getByLabel('Reason, if you know it').fill('the card expired');
    await tap(offer, 'Tell everybody');
    const told = seoyeon.card(/충전에 실패했습니다/);
    await shows(told, /the card expired/);
    await picture(seoyeon, 'failed.told.ko', told);

    const list = await seoyeon.ask('진행 중인 사건 보여줘');
    await shows(list, /진행 중인 사건 \d건/);
    await picture(seoyeon, 'incidents.ko', list);

    const works = await seoyeon.ask('이제 충전이 다시 됩니다');
    await shows(works, /관리자 \d+명에게 알릴까요/);
    await picture(seoyeon, 'works.offer.ko', works);
    await tap(works, '모두에게 알리기');
    const over = grace.card(/Recharging works again/);
    await shows(over, /이서연 confirmed that it works again/);
    await picture(grace, 'works.over.en', over);
  });
});
