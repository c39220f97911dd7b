import { connect, createServer, type Socket } from 'node:net';

/** A wire to a Redis that tells of each commit, so that whoever is at the other end can be killed in the middle. */
export interface RedisWire {
  readonly url: string;
  close(): void;
}

export interface WireEvents {
  /** Anything is about to go to Redis. */
  readonly onSent?: () => 'forward' | 'swallow';
  /** A commit is about to go to Redis; what it returns decides whether it does. */
  readonly onCommit: () => 'forward' | 'swallow';
  /** Redis did it, and the answer has not gone out yet. */
  readonly onCommitted: () => void;
}

/** The commit script is sent whole at first, and is called by its digest from then on, as no other script is. */
const scriptCall = /\r\nevalsha\r\n|Makes one change of one tenant true/i;

export async function redisWire(port: number, events: WireEvents): Promise<RedisWire> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const redis = connect(port, '127.0.0.1');
    let isCommitting = false;
    let isCut = false;
    client.on('data', (data) => {
      isCut ||= events.onSent?.() === 'swallow';
      if (scriptCall.test(data.toString('latin1'))) {
        isCommitting = true;
        isCut ||= events.onCommit() === 'swallow';
      }
      if (!isCut) redis.write(data);
    });
    redis.on('data', (data) => {
      if (isCommitting) events.onCommitted();
      isCommitting = false;
      client.write(data);
    });
    for (const socket of [client, redis]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        redis.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  return {
    url: `redis://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
