import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process came to. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface NodeProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** This checkout. */
export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

export interface ProcessOptions {
  /** The checkout whose code is run. */
  readonly folder?: string;
  /** Beside what every process needs; nothing of the product's own settings is inherited. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const running = new Set<ChildProcess>();
// Nothing of a test outlives the run, however it ends.
process.once('exit', () => running.forEach((child) => void child.kill('SIGKILL')));

/** Runs a file of a checkout as `npm` would, without npm: signals then reach it, and it starts sooner. */
export function nodeProcess(
  programArguments: readonly string[],
  { folder = projectFolder, environment = {}, input = '' }: ProcessOptions = {},
): NodeProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import=tsx', ...programArguments], {
    cwd: folder,
    env: { PATH, HOME, ...environment },
  });
  running.add(child);
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text;
  });
  // A process that was killed does not read what it is told.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, ...texts });
    });
  });
  return { child, ended };
}

/** The operator's command, to its end. */
export function credits(
  commandArguments: readonly string[],
  options: ProcessOptions & { readonly redisUrl?: string } = {},
): Promise<Ended> {
  return startCredits(commandArguments, options).ended;
}

export function startCredits(
  commandArguments: readonly string[],
  { redisUrl, ...options }: ProcessOptions & { readonly redisUrl?: string } = {},
): NodeProcess {
  const environment = { ...options.environment, ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }) };
  return nodeProcess(['src/cli/credits.ts', ...commandArguments], { ...options, environment });
}
