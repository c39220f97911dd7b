import { readConfig } from '../src/config/config.ts';
import { makeLog } from './log.ts';
import { startProduction } from './start-production.ts';
import { type Running, startSandbox } from './start-sandbox.ts';

/** The sandbox where the environment holds no credentials, production where it does. */
async function start(): Promise<Running> {
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel);
  return config.mode === 'sandbox' ? startSandbox(config, log) : startProduction(config, log);
}

/** What an operator can act upon is one sentence; everything else is a defect and keeps its stack. */
const operatorErrors: ReadonlySet<string> = new Set([
  'ConfigInvalid',
  'InvalidRedisUrl',
  'NoSuchPerson',
  'PlaygroundDidNotStart',
  'PortSilent',
  'PortTaken',
  'ProgramMissing',
  'RedisDidNotStart',
  'StoreUnavailable',
]);

function tellWhyNot(error: unknown): void {
  const isForOperator = error instanceof Error && operatorErrors.has(error.name);
  const text = isForOperator
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`Credits Bot did not start. ${text}\n`);
}

/** A signal during the start waits for its end, so that nothing that was started is left behind. */
function stopOnSignal(starting: Promise<Running>): void {
  let stopping = false;
  const stop = (): void => {
    // The second signal is impatience, and ends it at once.
    if (stopping) process.exit(1);
    stopping = true;
    void starting.then((running) => running.stop()).then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function failed(error: unknown): never {
  tellWhyNot(error);
  process.exit(1);
}

const starting = start();
stopOnSignal(starting);
await starting.catch(failed);
