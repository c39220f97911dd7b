import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { connect } from '../../src/store/connection.ts';
import { redisStore } from '../../src/store/store.ts';
import { ChatPage, inEnglish, inKorean } from './chat-page.ts';
import { Stage } from './stage.ts';
import { personNamed, pictures, withBotInChromium } from './with-bot.ts';

/** Goal: a top-up goes from the wish to the proof as people do it, each in their own chat and language. */
describe('a top-up between three people', function () {
  this.timeout(180_000);
  const here = withBotInChromium();

  const picture = (chat: ChatPage, name: string): Promise<void> =>
    chat.picture(join(pictures, `page.topup.${name}.png`));
  const tap = (card: Locator, name: string): Promise<void> => card.getByRole('button', { name }).click();
  const shows = (card: Locator, text: string | RegExp): Promise<void> =>
    card.getByText(text).first().waitFor();

  const stage = () => new Stage(here.bot.chatsUrl);
  const denials = () => denialsIn(here.redisUrl);

  it('is asked for, not approved by who asked, approved by another, bought, and seen in the balance', async () => {
    const grace = await ChatPage.met(here, 'Grace Whitfield', { ...inEnglish, width: 768 });
    const check = await grace.ask("what's our balance");
    await tap(check, 'Check against the admin centre');
    await check.getByLabel('Balance in the admin centre').fill('400.00');
    await tap(check, 'Compare and record');
    await shows(check, 'Checked and recorded');
    // The card about such a difference comes by itself, and must not be taken for the answer to what is asked next.
    await grace.untilSaid(/not what was computed/);

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

    const seoyeon = await ChatPage.met(here, '이서연', { ...inKorean, width: 768 });
    await seoyeon.untilSaid(/요청 1: 승인 대기/);
    const copy = await stage().cardOf('이서연', /"topup\.approve"/);
    await stage().forge('Grace Whitfield', copy);
    await tap(grace.newest(), '승인하기');
    await shows(grace.newest(), 'Nobody approves what they asked for');
    await shows(grace.newest(), 'Request 1: waiting for approval');
    await picture(grace, 'self-approval.en');
    assert.deepEqual(await denials(), ['topup-own-request']);

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

    // The card that tells her comes by itself, and must not be taken for the answer to the next question.
    await grace.untilSaid(/Request 1: approved, to be bought/);
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

  it('is not approved by who asked in Korean either, with a card that was copied from another', async () => {
    // The two have met, and what was said before stands in the chat.
    const seoyeon = await ChatPage.open(here.browser, here.bot.chatsUrl, personNamed('이서연').id);
    await seoyeon.untilSaid(/요청 1: 구매 확인됨/);
    const form = await seoyeon.ask('1500불 충전해 줘');
    await tap(form, '승인 요청하기');
    await shows(form, '요청 2: 승인 대기');
    await stage().untilCard('Grace Whitfield', /Request 2: waiting/);
    await stage().forge('이서연', await stage().cardOf('Grace Whitfield', /"request":2/));
    await tap(seoyeon.newest(), 'Approve');
    await shows(seoyeon.newest(), '본인 요청은 승인할 수 없습니다');
    await shows(seoyeon.newest(), '요청 2: 승인 대기');
    await picture(seoyeon, 'self-approval.ko');
    assert.deepEqual(await denials(), ['topup-own-request', 'topup-own-request']);
  });
});

/** Why somebody was not let do what they tapped, from the audit. */
async function denialsIn(redisUrl: string): Promise<readonly unknown[]> {
  const store = redisStore(connect(redisUrl, { onError: () => undefined }));
  const codes: unknown[] = [];
  for await (const batch of store.log(sandboxTenant.id, 'audit')) {
    codes.push(
      ...batch
        .map(Object)
        .filter(({ type }) => type === 'topup.denied')
        .map(({ data }) => data.code),
    );
  }
  await store.close();
  return codes;
}
