import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A program that the operating system provides. */
export interface SystemProgram {
  /** Names under which it is known, the preferred one first. */
  readonly commands: readonly string[];
  /** Debian packages that bring it, to be installed together. */
  readonly debianPackages: readonly string[];
  /** What it is needed for, as the object of "for": `the sandbox's data`. */
  readonly purpose: string;
  /** Told, in one line, before something is installed. */
  readonly log: (line: string) => void;
}

/** The program is not there and cannot be installed without a question; the message says what to install. */
export class ProgramMissing extends Error {
  constructor(program: SystemProgram, cause?: unknown) {
    const names = program.commands.map((command) => `\`${command}\``).join(' or ');
    const packages = program.debianPackages.join(' ');
    super(
      `${names} is needed for ${program.purpose} and is not on the PATH: ` +
        `on Debian or Ubuntu run \`sudo apt-get install ${packages}\`, elsewhere install it by the system's own means.`,
      { cause },
    );
    this.name = 'ProgramMissing';
  }
}

const run = promisify(execFile);

/** Another process may be installing at this moment; its packages are worth waiting for. */
const packageLockTimeoutSeconds = 300;

/**
 * The full path of the program. Where it is missing, it is installed from Debian's packages if that needs no
 * question, which is as root with apt-get at hand.
 * @throws {ProgramMissing}
 */
export async function findOrInstall(program: SystemProgram): Promise<string> {
  const found = await firstOnPath(program.commands);
  if (found) return found;

  if (process.getuid?.() !== 0 || !(await firstOnPath(['apt-get']))) throw new ProgramMissing(program);
  program.log(`Installing ${program.debianPackages.join(' ')} with apt-get, for ${program.purpose}.`);
  await install(program);

  const installed = await firstOnPath(program.commands);
  if (!installed) throw new ProgramMissing(program);
  return installed;
}

async function firstOnPath(commands: readonly string[]): Promise<string | null> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const command of commands) {
    for (const folder of folders) {
      const path = join(folder, command);
      if (await isProgram(path)) return path;
    }
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function install(program: SystemProgram): Promise<void> {
  const installation = ['install', '-y', '--no-install-recommends', ...program.debianPackages];
  try {
    await aptGet(installation);
  } catch {
    // A fresh system has no package lists, and old lists name versions that are gone.
    try {
      await aptGet(['update']);
      await aptGet(installation);
    } catch (error) {
      throw new ProgramMissing(program, error);
    }
  }
}

async function aptGet(command: readonly string[]): Promise<void> {
  await run('apt-get', ['-q', '-o', `DPkg::Lock::Timeout=${packageLockTimeoutSeconds}`, ...command], {
    // At run level 1 Debian's packages do not start their system services.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
}
