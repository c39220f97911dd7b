// Draws every sample with Microsoft's own renderer, which has no charts: their place is taken by the fallback.
// Proves that nothing overflows, is pale, empty or too small to tap; that a card is beautiful, only eyes can tell.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { render } from '../../cards/render.ts';
import { launchChromium } from '../fakes/chromium.ts';
import { colours, hostConfig, type Theme } from './pictures/host-config.ts';
import { readers, samples } from './samples.ts';

const folder = fileURLToPath(new URL('../pictures/', import.meta.url));
const kinds = [...new Set(samples.map((sample) => sample.kind))];

describe('pictures of cards', function () {
  // Where Chromium has to be installed first, that takes its time.
  this.timeout(600_000);

  let browser: Browser;
  let page: Page;

  before(async () => {
    mkdirSync(folder, { recursive: true });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.route('**/*', (route) => route.abort());
    await page.setContent('<!doctype html><html><head></head><body></body></html>');
    const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
    await page.addScriptTag({ path: renderer });
    await page.addScriptTag({ path: fileURLToPath(new URL('pictures/page.js', import.meta.url)) });
  });

  after(() => browser?.close());

  for (const language of ['en', 'ko'] as const) {
    for (const width of [320, 768]) {
      for (const theme of ['light', 'dark', 'contrast'] as const satisfies readonly Theme[]) {
        it(`fit and are legible in ${language} at ${width} pixels in the ${theme} theme`, async () => {
          const faults: string[] = [];
          for (const kind of kinds) {
            await draw(kind, { language, width, theme });
            await openForms();
            faults.push(...(await faultsOf(kind)));
            if (theme === 'contrast') continue;
            await page.screenshot({
              path: `${folder}${kind}.${language}.${width}.${theme}.png`,
              fullPage: true,
            });
          }
          assert.deepEqual(faults, []);
        });
      }
    }
  }

  interface Look {
    readonly language: 'en' | 'ko';
    readonly width: number;
    readonly theme: Theme;
  }

  async function draw(kind: string, { language, width, theme }: Look): Promise<void> {
    const cards = samples
      .filter((sample) => sample.kind === kind)
      .map(({ name, answer }) => ({ name: `${kind} ${name}`, card: render(answer, readers[language]).card }));
    await page.setViewportSize({ width, height: 600 });
    const scene = { cards, hostConfig: hostConfig(theme), colours: colours[theme], width };
    await page.evaluate(`show(${JSON.stringify(scene)})`);
  }

  /** The first card keeps its form closed, as it arrives; the others show theirs. */
  async function openForms(): Promise<void> {
    await page.evaluate(
      `[...document.querySelectorAll('.frame')].slice(1).forEach((frame) => frame.querySelector('[aria-expanded=false]')?.click())`,
    );
  }

  async function faultsOf(kind: string): Promise<readonly string[]> {
    const faults: unknown = await page.evaluate('faults()');
    assert.ok(Array.isArray(faults));
    return faults.map((fault) => `${kind}: ${fault}`);
  }
});
