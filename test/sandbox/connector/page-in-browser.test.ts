import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../fakes/chromium.ts';
import { cardMessage, grace, type SandboxTeams, seoyeon, startSandboxTeams } from './sandbox-teams.ts';

const form = {
  type: 'AdaptiveCard',
  body: [{ type: 'Input.Text', id: 'observed', label: 'Figure in the admin centre' }],
  actions: [
    { type: 'Action.Execute', title: 'Record', verb: 'balance.reconcile', data: { currency: 'USD' } },
  ],
};

const balance = cardMessage('Balance', {
  body: [
    { type: 'TextBlock', text: 'Balance **412.80**', wrap: true },
    { type: 'Chart.Line', data: [], fallback: { type: 'TextBlock', text: 'Lowest 250.00' } },
  ],
  actions: [{ type: 'Action.ShowCard', title: 'Check', card: form }],
  speak: 'The balance is 412 dollars 80.',
});

describe('page of the Connector double in a browser', () => {
  let browser: Browser;
  let sandbox: SandboxTeams;
  let page: Page;

  before(async function () {
    // An installation of the browser, where there is none, takes its time.
    this.timeout(180_000);
    browser = await launchChromium();
  });
  after(() => browser.close());

  beforeEach(async () => {
    sandbox = await startSandboxTeams();
    sandbox.onTurn(async (context) => {
      const { type, value } = context.activity;
      if (type === 'message') await context.sendActivity(balance);
      if (type !== 'invoke') return;
      const card = cardMessage(`Recorded ${value.action.data.observed}`).attachments[0]?.content;
      const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    });
    page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  });
  afterEach(async () => {
    await page.close();
    await sandbox.stop();
  });

  const open = (theme = 'light', width = '320') =>
    page.goto(
      `${sandbox.teams.pageUrl}?theme=${theme}&width=${width}&chat=${grace.id}/groupChat&chat=${seoyeon.id}/groupChat`,
    );
  const column = (index: number) => page.locator('.chat').nth(index);
  const say = async (chat: Locator, text: string) => {
    await chat.getByLabel('Message', { exact: true }).fill(text);
    await chat.getByRole('button', { name: 'Send' }).click();
  };

  it('lets one person tap, and shows the returned card to that person alone', async () => {
    await open();
    await say(column(0), 'balance');
    await column(1).getByRole('button', { name: 'Check' }).waitFor();
    await column(0).getByRole('button', { name: 'Check' }).click();
    await column(0).getByLabel('Figure in the admin centre').fill('410.00');
    await column(0).getByRole('button', { name: 'Record' }).click();
    await column(0).locator('.card').getByText('Recorded 410.00').waitFor();
    assert.equal(await column(1).locator('.card').getByText('412.80').count(), 1);
    assert.deepEqual(sandbox.turns.at(-1)?.value.action.data, { currency: 'USD', observed: '410.00' });
  });

  it('keeps what somebody types while others write', async () => {
    await open();
    await say(column(0), 'balance');
    await column(0).getByRole('button', { name: 'Check' }).click();
    const input = column(0).getByLabel('Figure in the admin centre');
    await input.fill('41');
    await say(column(1), 'and mine?');
    await column(0).getByText('and mine?').waitFor();
    assert.equal(await input.inputValue(), '41');
  });

  it('shows the fallback of what only Teams can draw, and what is said aloud', async () => {
    await open();
    await say(column(0), 'balance');
    await column(0).locator('.card').getByText('Lowest 250.00').waitFor();
    await column(0).getByText('Text, speech and JSON').click();
    await column(0).getByText('The balance is 412 dollars 80.', { exact: true }).waitFor();
    assert.equal(await column(0).locator('.card strong').textContent(), '412.80');
  });

  const looks: readonly [theme: string, width: string, cardWidth: number, background: string][] = [
    ['light', '320', 320, 'rgb(255, 255, 255)'],
    ['dark', '320', 320, 'rgb(41, 41, 41)'],
    ['contrast', '768', 768, 'rgb(0, 0, 0)'],
  ];
  for (const [theme, width, cardWidth, background] of looks) {
    it(`shows cards ${width} px wide in the theme ${theme}`, async () => {
      await open(theme, width);
      await say(column(0), 'balance');
      const card = column(0).locator('.card');
      await card.getByText('Lowest').waitFor();
      assert.equal((await card.boundingBox())?.width, cardWidth);
      const colour = await page.evaluate(
        "getComputedStyle(document.querySelector('.card .ac-adaptiveCard')).backgroundColor",
      );
      assert.equal(colour, background);
      await page.screenshot({ path: `test/pictures/chats-${theme}-${width}.png` });
    });
  }
});
