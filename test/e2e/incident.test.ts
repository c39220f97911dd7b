import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ChatPage, inEnglish, inKorean } from './chat-page.ts';
import { letIncidentsEndAtOnce } from './incidents-end-at-once.ts';
import { pictures, withBotInChromium } from './with-bot.ts';

/** Goal: an incident is followed from low over zero to its end by two people, each in their own chat and language. */
describe('an incident that two people follow', function () {
  this.timeout(180_000);
  const here = withBotInChromium();
  before(() => letIncidentsEndAtOnce(here.redisUrl));

  const picture = (chat: ChatPage, name: string, card: Locator): Promise<void> =>
    chat.picture(join(pictures, `page.incident.${name}.png`), card);
  const tap = (card: Locator, name: string): Promise<void> => card.getByRole('button', { name }).click();
  const shows = (card: Locator, text: string | RegExp): Promise<void> =>
    card.getByText(text).first().waitFor();
  /** Somebody reads a figure in the admin centre. */
  const reads = async (chat: ChatPage, figure: string): Promise<void> => {
    const check = await chat.ask("what's our balance");
    await tap(check, 'Check against the admin centre');
    await check.getByLabel('Balance in the admin centre').fill(figure);
    await tap(check, 'Compare and record');
    await shows(check, 'Checked and recorded');
  };

  it('is low, acknowledged, handed over, zero, and over', async () => {
    const grace = await ChatPage.met(here, 'Grace Whitfield', inEnglish);
    const seoyeon = await ChatPage.met(here, '이서연', inKorean);

    await reads(grace, '15.00');
    const low = grace.card(/The balance is low/);
    await shows(low, 'Ask for a top-up');
    await picture(grace, 'low.en', low);
    const lowInKorean = seoyeon.card(/잔액 부족|잔액이 부족합니다/);
    await picture(seoyeon, 'low.ko', lowInKorean);

    await tap(low, 'Acknowledge');
    await shows(low, /Acknowledged/);
    await shows(lowInKorean, /Grace Whitfield/);
    await picture(seoyeon, 'acknowledged.ko', lowInKorean);

    await tap(low, 'Take it');
    await tap(low, 'Hand over');
    await low.getByLabel('To whom').selectOption({ label: '이서연' });
    await tap(low, 'Offer');
    await shows(low, '이서연, not accepted yet');
    await picture(grace, 'offered.en', low);
    const offered = seoyeon.card(/인계를 제안했습니다/);
    await picture(seoyeon, 'offered.ko', offered);
    await tap(offered, '수락');
    await shows(low, /이서연 took it over/);

    await reads(grace, '0.00');
    const zero = grace.card(/Credits are used up/);
    await picture(grace, 'zero.en', zero);
    const zeroInKorean = seoyeon.card(/크레딧이 소진되어/);
    await picture(seoyeon, 'zero.ko', zeroInKorean);

    await tap(zero, 'Ask for a top-up');
    const form = grace.card(/Ask for approval/);
    await picture(grace, 'form.en', form);
    assert.match(await form.getByLabel('Amount', { exact: false }).first().inputValue(), /^\d+\.\d\d$/);

    await reads(grace, '500.00');
    await shows(grace.card(/above zero again/), 'It is over');
    await picture(grace, 'over.en', grace.card(/above zero again/));
    await picture(seoyeon, 'over.ko', seoyeon.card(/잔액이 다시 0보다 많습니다/));
  });
});
