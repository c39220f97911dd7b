import type { AddressInfo } from 'node:net';
import restify, { type Next, type Request, type Response } from 'restify';
import { type Answered, refusal } from './answered.ts';
import type { Delivery } from './events.ts';
import type { Log } from './log.ts';
import type { MetricsPage } from './metrics-page.ts';

/** Teams' activities are a few kilobytes; a card's inputs are the largest part of them. */
const maxBodyBytes = 512 * 1024;

// The parser hands its options on to the reader of the body, which its types do not know.
const bodyOptions = { mapParams: false, maxBodySize: maxBodyBytes };

export interface Routes {
  readonly receiveActivity: (body: unknown, authorization: string) => Promise<Answered>;
  readonly receiveEvent: (delivery: Delivery) => Promise<Answered>;
  /** Resolves to true when activities can be answered. */
  readonly isReady: () => Promise<boolean>;
  /** Null where there is none. */
  readonly metrics: MetricsPage | null;
}

export interface Server {
  readonly port: number;
  /** Takes no more requests; resolves when those under way are answered. */
  stop(): Promise<void>;
}

/** Somebody else listens there already. */
class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use. End what listens there, or set PORT to another.`);
    this.name = 'PortTaken';
  }
}

/** Listens and resolves. @throws {PortTaken} */
export async function listen(
  routes: Routes,
  { port, host, log }: { readonly port: number; readonly host: string; readonly log: Log },
): Promise<Server> {
  const server = restify.createServer({ name: 'credits-bot', handleUncaughtExceptions: false });
  server.pre(refuseCompressed);
  // Of the framework's body parsers the one for JSON alone: another writes what strangers upload to the disk.
  server.use(restify.plugins.jsonBodyParser(bodyOptions));
  server.on('restifyError', (_request, _response, error: HttpError, done: () => void) => {
    tellInOurWords(error, log);
    done();
  });

  server.get('/healthz', async (_request, response) => {
    response.send(200, { status: 'alive' });
  });
  server.get('/readyz', async (_request, response) => {
    const ready = await routes.isReady();
    response.send(ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
  });
  const { metrics } = routes;
  if (metrics !== null) {
    server.get('/metrics', async (request, response) => {
      const page = await metrics(request.headers.authorization ?? '');
      if ('status' in page) answer(response, page);
      else response.sendRaw(200, page.text, { 'Content-Type': page.contentType });
    });
  }
  server.post('/api/messages', async (request, response) => {
    answer(response, await routes.receiveActivity(request.body, request.headers.authorization ?? ''));
  });
  server.post('/api/events', async (request, response) => {
    answer(response, await routes.receiveEvent({ body: bodyText(request), headers: singleHeaders(request) }));
  });

  await new Promise<void>((resolve, reject) => {
    // The framework says it again of itself, and where nobody listens there the process ends.
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(response: Response, { status, body }: Answered): void {
  if (body === undefined) response.send(status);
  else response.send(status, body);
}

/** What was signed is the text as it came, which the reader of JSON keeps beside what it read. */
function bodyText(request: Request): string {
  const { rawBody } = request as Request & { readonly rawBody?: unknown };
  return typeof rawBody === 'string' ? rawBody : '';
}

function singleHeaders({ headers }: Request): Delivery['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** The framework bounds a compressed body before it unpacks it, and ends the process where it cannot: Teams sends none. */
function refuseCompressed(request: Request, response: Response, next: Next): void {
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  if (encoding === 'identity') {
    next();
    return;
  }
  response.send(415, refusal(415, sentenceFor(415)).body);
  next(false);
}

interface HttpError extends Error {
  readonly statusCode?: number;
  toJSON?: () => object;
}

/** The framework's own texts quote what went wrong inside; a stranger gets a sentence of ours instead. */
function tellInOurWords(error: HttpError, log: Log): void {
  const status = error.statusCode ?? 500;
  log.warn({ status, error: error.name }, 'A request was refused.');
  const message = sentenceFor(status);
  error.toJSON = () => refusal(status, message).body as object;
  error.toString = () => message;
}

function sentenceFor(status: number): string {
  return errorSentences[status] ?? 'The request could not be answered. Send it again later.';
}

const errorSentences: Readonly<Record<number, string>> = {
  400: 'The body of this request is not JSON. Send a Bot Framework activity as JSON.',
  404: 'There is nothing at this address.',
  405: 'This address takes another method.',
  413: `The body of this request is larger than ${maxBodyBytes / 1024} KiB.`,
  415: 'The body of this request must be JSON, not compressed.',
};
