import type { Browser, Locator, Page } from 'playwright-core';

/** The sandbox's own page of everybody's chats, showing one person's alone. */
export class ChatPage {
  private constructor(private readonly page: Page) {}

  static async open(browser: Browser, url: string, person: string): Promise<ChatPage> {
    const page = await browser.newPage({ viewport: { width: 900, height: 1_000 } });
    await page.goto(`${url}?theme=light&width=768&chat=${person}/personal`);
    await page.getByLabel('Message', { exact: true }).waitFor();
    return new ChatPage(page);
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

  /** The card that came last, alone. */
  async picture(path: string): Promise<void> {
    const take = () => this.page.locator('.chat .card').last().screenshot({ path });
    // The page draws a chat anew when something in it changes: what went away meanwhile is looked for once more.
    await take().catch(take);
  }
}
