import type { Browser, Locator, Page } from 'playwright-core';

/** What time brings comes every minute, and an account that was just met is looked at half a minute later. */
const longestWaitMs = 120_000;

/** Microsoft's client emulator as a person uses it: one chat, what is typed and what is seen. */
export class PlaygroundPage {
  private constructor(private readonly page: Page) {}

  static async open(
    browser: Browser,
    url: string,
    viewport: { readonly width: number; readonly height: number },
  ): Promise<PlaygroundPage> {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(longestWaitMs);
    // It asks a content network for fonts; nothing but this machine is asked.
    await page.route('**/*', (route) => {
      const { hostname } = new URL(route.request().url());
      return ['127.0.0.1', 'localhost'].includes(hostname) ? route.continue() : route.abort();
    });
    await page.goto(url);
    await page.getByRole('treeitem', { name: 'Personal Chat' }).waitFor();
    const chat = new PlaygroundPage(page);
    // The welcome comes by itself, and must not be taken for an answer.
    await chat.newestCard().waitFor();
    return chat;
  }

  /** Types a message and gives the card that answers it. */
  ask(text: string): Promise<Locator> {
    return this.answerTo(async () => {
      const box = this.page.locator('[role=textbox][data-lexical-editor=true]').first();
      await box.click();
      await this.page.keyboard.type(text);
      await this.page.keyboard.press('Enter');
    });
  }

  /** The card that comes after what is done. */
  async answerTo(act: () => Promise<void>): Promise<Locator> {
    const before = await this.cards().count();
    await act();
    const card = this.cards().nth(before);
    await card.waitFor();
    return card;
  }

  /** The card that came or changed last. */
  newestCard(): Locator {
    return this.cards().last();
  }

  /** The latest card that says so. */
  card(text: RegExp): Locator {
    return this.cards().filter({ hasText: text }).last();
  }

  /** The whole page, and beside it one card alone: the newest, where none is named. */
  async picture(path: string, card = this.newestCard()): Promise<void> {
    await card.scrollIntoViewIfNeeded();
    await this.page.screenshot({ path });
    await card.screenshot({ path: path.replace(/\.png$/, '.card.png') });
  }

  close(): Promise<void> {
    return this.page.close();
  }

  private cards(): Locator {
    return this.page.locator('.ac-adaptiveCard');
  }
}
