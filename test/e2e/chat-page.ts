import type { Browser, Locator, Page } from 'playwright-core';
import { type BotInChromium, personNamed } from './with-bot.ts';

/** What time brings comes every minute. */
const longestWaitMs = 90_000;

interface FirstWords {
  readonly thanks: string;
  /** To the thanks, beside the welcome. */
  readonly answer: RegExp;
  readonly width?: 320 | 768;
}

export const inEnglish = { thanks: 'thank you', answer: /welcome/ } as const;
export const inKorean = { thanks: '고마워요', answer: /도움이 되어/ } as const;

/** The sandbox's own page of everybody's chats, showing one person's alone. */
export class ChatPage {
  private constructor(private readonly page: Page) {}

  static async open(
    browser: Browser,
    url: string,
    person: string,
    { width = 768 }: { readonly width?: 320 | 768 } = {},
  ): Promise<ChatPage> {
    const page = await browser.newPage({ viewport: { width: 900, height: 1_000 } });
    page.setDefaultTimeout(longestWaitMs);
    await page.goto(`${url}?theme=light&width=${width}&chat=${person}/personal`);
    await page.getByLabel('Message', { exact: true }).waitFor();
    return new ChatPage(page);
  }

  /** The chat of somebody who meets the bot: its welcome comes with the first words, and is no answer to the next. */
  static async met(
    { browser, bot }: Pick<BotInChromium, 'browser' | 'bot'>,
    name: string,
    { thanks, answer, width = 320 }: FirstWords,
  ): Promise<ChatPage> {
    const chat = await ChatPage.open(browser, bot.chatsUrl, personNamed(name).id, { width });
    await chat.ask(thanks);
    await chat.untilSaid(answer);
    return chat;
  }

  /** Resolves when some card says so. */
  async untilSaid(text: RegExp): Promise<void> {
    await this.page.locator('.chat .card').filter({ hasText: text }).first().waitFor();
  }

  /** Types a message and gives the card that answers it. */
  async ask(text: string): Promise<Locator> {
    const cards = this.page.locator('.chat .card');
    const before = await cards.count();
    await this.page.getByLabel('Message', { exact: true }).fill(text);
    await this.page.getByRole('button', { name: 'Send' }).click();
    const card = cards.nth(before);
    await card.waitFor();
    return card;
  }

  /** The card that came last. */
  newest(): Locator {
    return this.page.locator('.chat .card').last();
  }

  /** The latest card that says so. */
  card(text: RegExp): Locator {
    return this.page.locator('.chat .card').filter({ hasText: text }).last();
  }

  /** One card alone; where none is named, the one that came last. */
  async picture(path: string, card = this.page.locator('.chat .card').last()): Promise<void> {
    const take = () => card.screenshot({ path });
    // The page draws a chat anew when something in it changes: what went away meanwhile is looked for once more.
    await take().catch(take);
  }
}
