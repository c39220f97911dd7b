import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { PlaygroundPage } from './playground-page.ts';
import { pictures, withBotInChromium } from './with-bot.ts';

describe('the balance in the Microsoft 365 Agents Playground', function () {
  this.timeout(180_000);
  const here = withBotInChromium();
  let chat: PlaygroundPage;

  before(async () => {
    chat = await PlaygroundPage.open(here.browser, here.bot.playgroundUrl, { width: 1_280, height: 1_000 });
  });

  it('answers an English question with the figure first, its age and its source', async () => {
    const card = await chat.ask("what's our balance");
    const text = await textOf(card);
    await chat.picture(join(pictures, 'playground.balance.en.png'));
    assert.match(text, /\$\d[\d,]*\.\d\d/);
    assert.match(text, /Estimated, as of \d{1,2}:\d\d/);
    assert.match(text, /Last\sconfirmed/);
    assert.match(text, /Not\syet\sreported/);
  });

  it('answers a Korean question of the same person in Korean', async () => {
    const card = await chat.ask('잔액 얼마야?');
    const text = await textOf(card);
    await chat.picture(join(pictures, 'playground.balance.ko.png'));
    assert.match(text, /US\$\d[\d,]*\.\d\d/);
    assert.match(text, /추정 잔액/);
    assert.doesNotMatch(text, /Estimated|Last\sconfirmed/);
  });

  it('replaces the card with the result when a figure of the admin centre is typed', async () => {
    const card = await chat.ask("what's our balance");
    await typeFigure(card, '412.80', 'card paid by hand');
    // Such a difference is an incident, of which everybody is told at once, also who typed the figure.
    await chat.card(/The balance is not what was computed/).waitFor();
    const result = chat.card(/Checked and recorded/);
    const text = await textOf(result);
    await chat.picture(join(pictures, 'playground.reconciled.en.png'), result);
    assert.match(text, /\$412\.80/);
    assert.match(text, /card paid by hand/);

    const after = await textOf(await chat.ask("what's our balance"));
    assert.match(after, /\$412\.80/);
    assert.match(after, /just now|0 minutes|seconds/i);
  });

  it('says what to type where the figure is not one, and keeps the balance', async () => {
    const card = await chat.ask("what's our balance");
    await typeFigure(card, '12.3456789', '');
    const refused = chat.card(/decimal/i);
    await refused.waitFor();
    await chat.picture(join(pictures, 'playground.refused.en.png'), refused);
    assert.match(await textOf(await chat.ask("what's our balance")), /\$412\.80/);
  });

  it('offers three questions where it did not understand', async () => {
    const card = await chat.ask('lorem ipsum dolor');
    await chat.picture(join(pictures, 'playground.suggestions.en.png'));
    assert.equal(await card.getByRole('button').count(), 3);
  });

  it('answers a question that is tapped as one that is typed', async () => {
    const card = await chat.ask('hello');
    const answer = await chat.answerTo(() => card.getByRole('button').first().click());
    assert.match(await textOf(answer), /\$412\.80/);
  });
});

async function textOf(card: Locator): Promise<string> {
  return (await card.textContent()) ?? '';
}

async function typeFigure(card: Locator, observed: string, reason: string): Promise<void> {
  await card.getByRole('button', { name: 'Check against the admin centre' }).click();
  const inputs = card.getByRole('textbox');
  await inputs.nth(0).fill(observed);
  await inputs.nth(1).fill(reason);
  await card.getByRole('button', { name: 'Compare and record' }).click();
}
