import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  /** Ends open connections too. */
  stop(): Promise<void>;
}

type LoopbackListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on loopback only; port 0 takes a free one. @throws {Error} where the port is taken. */
export async function listenOnLoopback(port: number, listener: LoopbackListener): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    // A defect of a double shows to whoever asked; it does not end the whole sandbox.
    listener(request, response).catch((cause) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(cause));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole body as text; the doubles' callers are our own. */
export async function bodyText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
