import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { appPackageFiles, ClientIdInvalid, zipped } from './app-package.ts';

const folder = fileURLToPath(new URL('build/', import.meta.url));

try {
  const zip = zipped(appPackageFiles(process.env.CLIENT_ID));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}credits-bot.zip`, zip);
  process.stdout.write(`${folder}credits-bot.zip is ready to be uploaded.\n`);
} catch (error) {
  if (!(error instanceof ClientIdInvalid)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
