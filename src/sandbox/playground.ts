import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SandboxPerson, SandboxTenant } from './people.ts';

export interface Playground {
  readonly url: string;
  stop(): Promise<void>;
}

export interface PlaygroundOptions {
  readonly port: number;
  readonly botPort: number;
  readonly tenant: SandboxTenant;
  /** As whom the page acts. */
  readonly person: SandboxPerson;
  readonly others: readonly SandboxPerson[];
  /** Its configuration and its log; git-ignored. */
  readonly folder: string;
}

/** Loading its page takes some seconds on a slow machine. */
const startTimeoutMs = 45_000;
const pollMs = 150;

/**
 * Microsoft 365 Agents Playground, the client that a Teams bot is tried with, on loopback and without telemetry.
 * @throws {PlaygroundDidNotStart}
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  await mkdir(options.folder, { recursive: true });
  const configPath = join(options.folder, '.m365agentsplayground.yml');
  // JSON is YAML, and needs no care with quoting.
  await writeFile(configPath, JSON.stringify(configuration(options), null, 2));
  const child = spawn(process.execPath, playgroundArguments(options.port), {
    cwd: options.folder,
    stdio: 'ignore',
    env: {
      ...process.env,
      TEAMSAPPTESTER_BROWSER: 'none',
      BOT_ENDPOINT: `http://127.0.0.1:${options.botPort}/api/messages`,
      SEND_INSTALLATION_ACTIVITY: 'true',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configPath,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(options.folder, 'playground.log'),
    },
  });
  const url = `http://127.0.0.1:${options.port}`;
  await untilServing(url, child, options.folder);
  return { url, stop: () => stop(child) };
}

function playgroundArguments(port: number): string[] {
  const cli = join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), 'cli.js');
  const guard = fileURLToPath(new URL('./loopback-only.cjs', import.meta.url));
  return ['--require', guard, cli, 'start', '-p', String(port), '--disable-telemetry', '-c', 'msteams'];
}

const packageName = '@microsoft/m365agentsplayground';

/** The playground refuses a file with fewer or more people besides the one who acts. */
const othersInPlayground = 5;

function configuration({ tenant, person, others }: PlaygroundOptions): object {
  return {
    version: '0.1.1',
    tenantId: tenant.id,
    bot: { id: '00000000-0000-0000-0000-00000000c3ed', name: 'Credits Bot' },
    currentUser: userOf(person),
    users: others.slice(0, othersInPlayground).map(userOf),
    personalChat: { id: `personal-${person.id}` },
    groupChat: { id: '19:telephony-team@thread.v2', name: 'Telephony team' },
    team: {
      id: '19:harborline-it@thread.tacv2',
      name: 'Harborline IT',
      aadGroupId: '5ad6ac5b-0df7-4b0a-8a1a-9c2d1d5f3c11',
      // It adds the channel "General" by itself.
      channels: [{ id: '19:harborline-telephony@thread.tacv2', name: 'Telephony' }],
    },
  };
}

function userOf(person: SandboxPerson): object {
  const [givenName = person.displayName, ...rest] = person.displayName.split(' ');
  return {
    id: `29:${person.id}`,
    name: person.displayName,
    // Spelled as the playground spells it.
    userPrincipleName: person.userPrincipalName,
    aadObjectId: person.id,
    givenName,
    surname: rest.join(' ') || givenName,
    email: person.userPrincipalName,
  };
}

/** The playground says that it listens before it has read its configuration, so only its page tells. */
async function untilServing(url: string, child: ChildProcess, folder: string): Promise<void> {
  const waiting = AbortSignal.timeout(startTimeoutMs);
  while (!waiting.aborted && child.exitCode === null) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await sleep(pollMs);
  }
  await stop(child);
  throw new PlaygroundDidNotStart(folder);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** The playground's own log tells why. */
export class PlaygroundDidNotStart extends Error {
  constructor(folder: string) {
    super(`The playground did not start; its log is in ${folder}. Set PLAYGROUND=off to do without it.`);
    this.name = 'PlaygroundDidNotStart';
  }
}
