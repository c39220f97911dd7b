import { StoreUnavailable } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { isReplyError } from './reply-error.ts';

/** A server that restarts is back within this time, mostly; people do not wait longer for a sentence. */
const patienceMs = 1_000;

/** With these Redis says that it cannot serve now; every other error reply means that we asked a wrong question. */
const cannotServeNow = new Set([
  'BUSY',
  'CLUSTERDOWN',
  'LOADING',
  'MASTERDOWN',
  'MISCONF',
  'NOAUTH',
  'NOREPLICAS',
  'OOM',
  'READONLY',
  'TRYAGAIN',
  'WRONGPASS',
]);

/**
 * Sends a question once the connection is up; a short outage is waited for, a longer one is told.
 * Nothing is sent after the caller was told that the store is away.
 * @throws {StoreUnavailable}
 */
export async function reach<Answer>(
  connection: Connection,
  question: (connection: Connection) => Promise<Answer>,
): Promise<Answer> {
  await untilReady(connection);
  try {
    return await question(connection);
  } catch (error) {
    // ioredis adds the command to an error, and its arguments are people's data, which no log may show.
    if (error instanceof Error) Reflect.deleteProperty(error, 'command');
    if (isReplyError(error) && !cannotServeNow.has(codeOf(error))) throw error;
    throw new StoreUnavailable(error);
  }
}

const waits = new WeakMap<Connection, Promise<void>>();

/** All callers of one connection share one wait. */
function untilReady(connection: Connection): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve();
  const begun = waits.get(connection);
  if (begun) return begun;

  const wait = waitUntilReady(connection).finally(() => waits.delete(connection));
  waits.set(connection, wait);
  return wait;
}

function waitUntilReady(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new StoreUnavailable('There is no connection.')), patienceMs);
    const onReady = () => finish(null);
    const onEnd = () => finish(new StoreUnavailable('The connection was closed.'));
    const finish = (error: StoreUnavailable | null) => {
      clearTimeout(timer);
      connection.off('ready', onReady);
      connection.off('end', onEnd);
      if (error) reject(error);
      else resolve();
    };
    connection.on('ready', onReady);
    connection.on('end', onEnd);
    if (connection.status === 'end') onEnd();
  });
}

function codeOf(error: Error): string {
  return error.message.split(' ', 1)[0] ?? '';
}
