import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { letIncidentsEndAtOnce } from './incidents-end-at-once.ts';
import { PlaygroundPage } from './playground-page.ts';
import { pictures, withBotInChromium } from './with-bot.ts';

/** What is typed and tapped, and what then must be seen. */
const languages = {
  en: {
    choose: 'Answer in English',
    ask: "what's our balance",
    check: 'Check against the admin centre',
    submit: 'Compare and record',
    low: /The balance is low/,
    acknowledge: 'Acknowledge',
    acknowledged: /Acknowledged/,
    zero: /Credits are used up/,
    over: /The balance is above zero again/,
    list: 'which alerts are open',
    listed: /Ended lately/,
    opens: /No credits left/,
  },
  ko: {
    choose: '한국어로 대답해 주세요',
    ask: '잔액 얼마야?',
    check: '관리 센터 금액과 비교하기',
    submit: '비교하고 기록하기',
    low: /잔액 부족|잔액이 부족합니다/,
    acknowledge: '확인',
    acknowledged: /님이 확인했습니다/,
    zero: /크레딧이 소진되어/,
    over: /잔액이 다시 0보다 많습니다/,
    list: '진행 중인 사건 보여줘',
    listed: /최근에 끝난 사건/,
    opens: /크레딧 소진/,
  },
} as const;

/**
 * Goal: one person's incident from low over zero to its end in Microsoft's own client. It shows nobody else's chat,
 * refreshes no card by itself and deletes none: what many see, the double of the connector shows.
 */
for (const [language, words] of Object.entries(languages)) {
  describe(`an incident in the Microsoft 365 Agents Playground, in ${language}`, function () {
    this.timeout(300_000);
    const here = withBotInChromium();
    before(() => letIncidentsEndAtOnce(here.redisUrl));

    it('is low, acknowledged, zero, and over', async () => {
      const viewport = { width: 1_280, height: 1_000 };
      const chat = await PlaygroundPage.open(here.browser, here.bot.playgroundUrl, viewport);
      const picture = (name: string, card: Locator): Promise<void> =>
        chat.picture(join(pictures, `playground.incident.${name}.${language}.png`), card);
      /** The person reads a figure in the admin centre. */
      const reads = async (figure: string): Promise<void> => {
        const card = await chat.ask(words.ask);
        await card.getByRole('button', { name: words.check }).click();
        await card.getByRole('textbox').first().fill(figure);
        await card.getByRole('button', { name: words.submit }).click();
      };
      await chat.ask(words.choose);

      await reads('15.00');
      const low = chat.card(words.low);
      await low.waitFor();
      await picture('low', low);
      await low.getByRole('button', { name: words.acknowledge, exact: true }).click();
      await low.getByText(words.acknowledged).first().waitFor();
      await picture('acknowledged', low);

      await reads('0.00');
      const zero = chat.card(words.zero);
      await zero.waitFor();
      await picture('zero', zero);

      await reads('500.00');
      const over = chat.card(words.over);
      await over.waitFor();
      await picture('over', over);

      await chat.ask(words.list);
      const list = chat.card(words.listed);
      await list.waitFor();
      const opened = await chat.answerTo(() => list.getByRole('button', { name: words.opens }).click());
      assert.match((await opened.textContent()) ?? '', words.over);
      await picture('list', list);
      await chat.close();
    });
  });
}
