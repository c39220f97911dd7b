import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './node-process.ts';

/** A copy of the product's code in a folder of its own, with a sandbox of its own; it is gone with this process. */
export function checkout(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'credits-checkout-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['bot', 'cards', 'src', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
    cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
  }
  linkPackages(folder);
  return folder;
}

/** Package by package, so that a test may put one of its own beside them. */
function linkPackages(folder: string): void {
  const installed = join(projectFolder, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(installed)) {
    if (!name.startsWith('.')) symlinkSync(join(installed, name), join(folder, 'node_modules', name));
  }
}

/** The processes that work in a folder, as a Redis does in that of its data, by their ids. */
export function processesIn(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => workingFolder(id) === folder);
}

function workingFolder(id: number): string | null {
  try {
    return readlinkSync(`/proc/${id}/cwd`);
  } catch {
    // It ended in the meantime, or is somebody else's.
    return null;
  }
}
