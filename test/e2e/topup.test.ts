import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ChatPage } from './chat-page.ts';
import { personNamed, pictures, withBotInChromium } from './with-bot.ts';

/** Goal: a top-up goes from the wish to the proof as people do it, each in their own chat and language. */
describe('a top-up between three people', function () {
  this.timeout(180_000);
  const here = withBotInChromium();

  /** The welcome comes with the first words, and must not be taken for an answer to the next. */
  const chatOf = async (name: string, thanks: { text: string; answer: RegExp }): Promise<ChatPage> => {
    const chat = await ChatPage.open(here.browser, here.bot.chatsUrl, personNamed(name).id);
    await chat.ask(thanks.text);
    await chat.untilSaid(thanks.answer);
    return chat;
  };
  const picture = (chat: ChatPage, name: string): Promise<void> =>
    chat.picture(join(pictures, `page.topup.${name}.png`));
  const tap = (card: Locator, name: string): Promise<void> => card.getByRole('button', { name }).click();
  const shows = (card: Locator, text: string | RegExp): Promise<void> =>
    card.getByText(text).first().waitFor();

  it('is asked for, not approved by who asked, approved by another, bought, and seen in the balance', async () => {
    const grace = await chatOf('Grace Whitfield', { text: 'thank you', answer: /welcome/ });
    const check = await grace.ask("what's our balance");
    await tap(check, 'Check against the admin centre');
    await check.getByLabel('Balance in the admin centre').fill('400.00');
    await tap(check, 'Compare and record');
    await shows(check, 'Checked and recorded');

    const form = await grace.ask('top up 500');
    assert.equal(await form.getByLabel('Amount', { exact: false }).first().inputValue(), '500.00');
    await form.getByLabel('Reason (plain words', { exact: false }).fill('see https://pay.example');
    await tap(form, 'Ask for approval');
    await shows(form, 'Please leave out links');
    await picture(grace, 'refused.en');
    await form.getByLabel('Reason (plain words', { exact: false }).fill('Campaign in December');
    await tap(form, 'Ask for approval');
    await shows(form, 'Request 1: waiting for approval');
    await picture(grace, 'requested.en');
    assert.equal(await form.getByRole('button', { name: 'Approve' }).count(), 0, 'nobody approves their own');

    const seoyeon = await chatOf('이서연', { text: '고마워요', answer: /도움이 되어/ });
    const list = await seoyeon.ask('승인 목록 보여 줘');
    await shows(list, '요청 1: 승인 대기');
    await picture(seoyeon, 'approvals.ko');
    await tap(list, '요청 1 보기');
    await tap(list, '거절하기');
    await shows(list, /거절하는 이유를 적어 주세요/);
    await picture(seoyeon, 'comment-missing.ko');
    await tap(list, '승인하기');
    await shows(list, '요청 1: 승인됨, 구매 필요');
    await picture(seoyeon, 'approved.ko');

    const order = await grace.ask('show the approvals');
    await tap(order, 'Request 1');
    await order.getByLabel('Order number').fill('4111 1111 1111 1111');
    await tap(order, 'Record the order');
    await shows(order, 'That looks like a card number');
    await order.getByLabel('Order number').fill('E0100ABC');
    await tap(order, 'Record the order');
    await shows(order, 'Request 1: bought, not seen yet');
    await picture(grace, 'bought.en');

    const proof = await grace.ask("what's our balance");
    await tap(proof, 'Check against the admin centre');
    await proof.getByLabel('Balance in the admin centre').fill('899.50');
    await tap(proof, 'Compare and record');
    await shows(proof, 'Checked and recorded');
    const end = await seoyeon.ask('승인 목록 보여 줘');
    await tap(end, '요청 1 보기');
    await shows(end, '요청 1: 구매 확인됨');
    await picture(seoyeon, 'proven.ko');
    assert.equal(await end.getByRole('button', { name: '승인하기' }).count(), 0, 'a closed card is inert');
  });
});
