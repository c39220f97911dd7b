import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { addDays, utcDay } from '../../src/decision/time.ts';
import { ChatPage, inEnglish, inKorean } from './chat-page.ts';
import { pictures, withBotInChromium } from './with-bot.ts';

/** Goal: whoever is to act for somebody hears of it in their own chat and language, and hears when it is over. */
describe('a delegation between two people', function () {
  this.timeout(180_000);
  const here = withBotInChromium();

  const picture = (chat: ChatPage, name: string, card: Locator): Promise<void> =>
    chat.picture(join(pictures, `page.delegation.${name}.png`), card);

  it('is arranged, told, and taken back', async () => {
    const grace = await ChatPage.met(here, 'Grace Whitfield', inEnglish);
    const seoyeon = await ChatPage.met(here, '이서연', inKorean);

    const card = await grace.ask('show the approvals');
    await card.getByRole('button', { name: 'Who acts for whom' }).click();
    const today = utcDay(Date.now());
    await card.getByRole('combobox').first().selectOption({ label: '이서연' });
    await card.getByLabel('From').fill(today);
    await card.getByLabel('Until, with that day').fill(addDays(today, 3));
    await card.getByRole('button', { name: 'Record' }).click();
    await card.getByText('이서연 acts for Grace Whitfield').waitFor();
    await picture(grace, 'arranged.en', card);
    await seoyeon.untilSaid(/Grace Whitfield 님을 대신합니다/);
    const told = seoyeon.card(/Grace Whitfield 님을 대신합니다/);
    await picture(seoyeon, 'told.ko', told);

    await card.getByRole('button', { name: 'Take back' }).click();
    await card.getByText('Nobody acts for anybody at present').waitFor();
    await seoyeon.untilSaid(/더 이상 Grace Whitfield 님을 대신하지 않습니다/);
    await picture(seoyeon, 'taken-back.ko', seoyeon.card(/더 이상 Grace Whitfield/));
  });
});
