import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { findOrInstall } from '../../src/store/system-package.ts';

const run = promisify(execFile);

/** Nothing is fetched, reported or kept: the pages of the tests come from this machine alone. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The system's Chromium, headless, with a font for Korean.
 * @throws {ProgramMissing} where it is not there and cannot be installed without a question.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findOrInstall({
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackages: ['chromium', 'fontconfig', 'fonts-noto-cjk'],
    purpose: 'the tests that look at cards and chats',
    log: console.log,
  });
  await checkKoreanFont();
  return await chromium.launch({ executablePath, args: quiet });
}

/** Without one every Hangul syllable is the same empty box, and the pictures prove nothing. */
async function checkKoreanFont(): Promise<void> {
  const fontList = await findOrInstall({
    commands: ['fc-list'],
    debianPackages: ['fontconfig', 'fonts-noto-cjk'],
    purpose: 'knowing whether there is a Korean font',
    log: console.log,
  });
  const { stdout } = await run(fontList, [':lang=ko', 'family']);
  if (stdout.trim() !== '') return;
  throw new Error(
    'The pictures of Korean cards need a Korean font: on Debian or Ubuntu run `sudo apt-get install fonts-noto-cjk`.',
  );
}
