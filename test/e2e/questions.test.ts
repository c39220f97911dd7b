import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { ChatPage } from './chat-page.ts';
import { PlaygroundPage } from './playground-page.ts';
import { pictures, withBotInChromium } from './with-bot.ts';

/** A question as a person types it, and what the card must say that answers it. */
interface Asked {
  readonly text: string;
  readonly says: RegExp;
}

interface Case {
  readonly intent: string;
  readonly en: Asked;
  readonly ko: Asked;
}

/** In this order a person might ask them, so that the follow-up has its subject. */
const cases: readonly Case[] = [
  {
    intent: 'greeting',
    en: { text: 'hello', says: /Hello/ },
    ko: { text: '안녕하세요', says: /안녕하세요/ },
  },
  {
    intent: 'balance',
    en: { text: "what's our balance", says: /\$\d[\d,]*\.\d\d/ },
    ko: { text: '잔액 얼마야?', says: /US\$\d[\d,]*\.\d\d/ },
  },
  {
    intent: 'rate',
    en: { text: 'how much is a 10 minute call to Germany', says: /Germany[\s\S]*\$\d/ },
    ko: { text: '독일에 10분 통화하면 얼마야?', says: /독일[\s\S]*US\$\d/ },
  },
  {
    intent: 'rate that follows another',
    en: { text: 'and to Japan?', says: /Japan[\s\S]*\$\d/ },
    ko: { text: '그럼 프랑스는?', says: /프랑스[\s\S]*US\$\d/ },
  },
  {
    intent: 'forecast',
    en: { text: 'when do we run out', says: /Runs out about|Not expected to run out/ },
    ko: { text: '언제 소진돼?', says: /잔액 소진 예상|소진되지 않을 전망/ },
  },
  {
    intent: 'recommend',
    en: { text: 'what should our trigger be?', says: /Recommended trigger[\s\S]*\$\d/ },
    ko: { text: '자동 충전 금액 추천해 줘', says: /권장 기준 금액[\s\S]*US\$\d/ },
  },
  {
    intent: 'recharge_settings',
    en: {
      text: 'show the auto-recharge settings',
      says: /present settings cannot be read[\s\S]*admin centre/,
    },
    ko: { text: '자동 충전 설정 보여줘', says: /현재 설정은 여기서 읽을 수 없고/ },
  },
  {
    intent: 'licenses',
    en: { text: 'who needs a Communications Credits licence?', says: /licence/ },
    ko: { text: '통신 크레딧 라이선스가 없는 사람은?', says: /라이선스/ },
  },
  {
    intent: 'usage',
    en: { text: 'usage by country last month', says: /\$\d[\d,]*\.\d\d/ },
    ko: { text: '지난달 국가별 사용량', says: /US\$\d[\d,]*\.\d\d/ },
  },
  {
    intent: 'explain',
    en: { text: 'why did the balance change', says: /\$\d[\d,]*\.\d\d/ },
    ko: { text: '잔액이 왜 줄었어?', says: /US\$\d[\d,]*\.\d\d/ },
  },
  {
    intent: 'history',
    en: { text: 'show the history', says: /\$\d[\d,]*\.\d\d/ },
    ko: { text: '장부 내역 보여줘', says: /US\$\d[\d,]*\.\d\d/ },
  },
  {
    intent: 'who_is_notified',
    en: { text: 'who is notified when the recharge fails?', says: /Grace Whitfield/ },
    ko: { text: '충전 실패하면 누가 알림 받아?', says: /Grace Whitfield/ },
  },
  {
    intent: 'topup',
    en: { text: 'top up $500', says: /How much is to be added/ },
    ko: { text: '500불 충전해 줘', says: /얼마를 추가할지/ },
  },
  {
    intent: 'approvals',
    en: { text: 'what waits for my approval?', says: /No request is open/ },
    ko: { text: '승인 대기 중인 요청 보여줘', says: /처리할 요청이 없습니다/ },
  },
  {
    intent: 'mute',
    en: { text: 'mute alerts for 2 hours', says: /Nothing is open that could be muted/ },
    ko: { text: '알림 2시간 꺼줘', says: /끌 수 있는 알림이 없습니다/ },
  },
  {
    intent: 'language',
    en: { text: 'which languages do you speak?', says: /language/ },
    ko: { text: '어떤 언어로 답해 줘?', says: /언어|한국어/ },
  },
  {
    intent: 'help',
    en: { text: 'help', says: /Prices/ },
    ko: { text: '도움말', says: /요금/ },
  },
  {
    intent: 'thanks',
    en: { text: 'thank you', says: /welcome/ },
    ko: { text: '고마워요', says: /도움이 되어/ },
  },
  {
    intent: 'none',
    en: { text: 'lorem ipsum dolor', says: /did not understand/ },
    ko: { text: '오늘 점심 뭐 먹지', says: /이해하지 못했습니다/ },
  },
];

const [grace] = sandboxPeople as readonly [SandboxPerson, ...SandboxPerson[]];
const broken = /does not answer|something went wrong|응답하지 않|문제가 생겼/i;

interface Chat {
  ask(text: string): Promise<Locator>;
  picture(path: string): Promise<void>;
}

describe('every question', function () {
  this.timeout(180_000);
  const here = withBotInChromium();

  const clients: Readonly<Record<string, () => Promise<Chat>>> = {
    playground: () =>
      PlaygroundPage.open(here.browser, here.bot.playgroundUrl, { width: 1_280, height: 1_000 }),
    page: () => ChatPage.open(here.browser, here.bot.chatsUrl, grace.id),
  };
  for (const [client, open] of Object.entries(clients)) {
    describe(`in the ${client}`, () => {
      let chat: Chat;
      // One chat for both languages, as somebody has who asks in either.
      before(async () => {
        chat = await open();
      });

      for (const language of ['en', 'ko'] as const) {
        for (const { intent, [language]: asked } of cases) {
          it(`${intent}, in ${language}: "${asked.text}"`, async () => {
            const card = await chat.ask(asked.text);
            const name = `${client}.question.${intent.replaceAll(/\W/g, '-')}.${language}.png`;
            await chat.picture(join(pictures, name));
            const text = (await card.textContent()) ?? '';
            assert.match(text, asked.says);
            assert.doesNotMatch(text, broken);
          });
        }
      }
    });
  }
});
