import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import sinon from 'sinon';
import { listen, type Routes, type Server } from '../../bot/server.ts';
import { type Reply, replyOf } from './bot-under-test.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the HTTP server', () => {
  const receiveEvent = sinon.stub<Parameters<Routes['receiveEvent']>, ReturnType<Routes['receiveEvent']>>();
  const receiveActivity = sinon.stub<
    Parameters<Routes['receiveActivity']>,
    ReturnType<Routes['receiveActivity']>
  >();
  const isReady = sinon.stub<[], Promise<boolean>>();
  let server: Server;

  before(async () => {
    server = await listen(
      { receiveActivity, receiveEvent, isReady, metrics: null },
      { port: 0, host: '127.0.0.1', log: quiet },
    );
  });

  beforeEach(() => {
    receiveActivity.reset();
    receiveActivity.resolves({ status: 200, body: undefined });
    isReady.reset();
    isReady.resolves(true);
  });

  after(() => server.stop());

  async function request(path: string, init: RequestInit = {}): Promise<Reply> {
    const headers = { Connection: 'close', ...(init.headers as Record<string, string> | undefined) };
    return replyOf(await fetch(`http://127.0.0.1:${server.port}${path}`, { ...init, headers }));
  }

  function post(
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body };
    return request('/api/messages', init);
  }

  it('lives as soon as it listens', async () => {
    isReady.resolves(false);

    assert.deepEqual(await request('/healthz'), { status: 200, body: { status: 'alive' } });
  });

  it('is ready when activities can be answered', async () => {
    assert.deepEqual(await request('/readyz'), { status: 200, body: { status: 'ready' } });
  });

  it('says that it is not ready while they cannot', async () => {
    isReady.resolves(false);

    assert.deepEqual(await request('/readyz'), { status: 503, body: { status: 'not ready' } });
  });

  it('hands on an event with the very text that was signed, and its headers', async () => {
    receiveEvent.resolves({ status: 200, body: { taken: 'now' } });
    const body = '{ "type":"recharge.failed" }';
    const headers = { 'Content-Type': 'application/json', 'webhook-id': 'msg_1' };
    assert.equal((await request('/api/events', { method: 'POST', headers, body })).status, 200);
    const [delivery] = receiveEvent.firstCall.args;
    assert.deepEqual([delivery.body, delivery.headers['webhook-id']], [body, 'msg_1']);
  });

  it('hands on the body and the Authorization header', async () => {
    await post('{"type":"message"}', { Authorization: 'Bearer token' });

    assert.deepEqual(receiveActivity.firstCall.args, [{ type: 'message' }, 'Bearer token']);
  });

  it('answers with the status and the body that it is given', async () => {
    receiveActivity.resolves({ status: 201, body: { statusCode: 200 } });

    assert.deepEqual(await post('{}'), { status: 201, body: { statusCode: 200 } });
  });

  it('answers without a body where there is none', async () => {
    assert.deepEqual(await post('{}'), { status: 200, body: null });
  });

  it('refuses a body that is not JSON, in a sentence that quotes none of it', async () => {
    assert.deepEqual(await post('{"type":"message"'), {
      status: 400,
      body: {
        error: {
          code: 'BadRequest',
          message: 'The body of this request is not JSON. Send a Bot Framework activity as JSON.',
        },
      },
    });
  });

  const tooLarge = {
    status: 413,
    body: { error: { code: 'PayloadTooLarge', message: 'The body of this request is larger than 512 KiB.' } },
  };

  it('refuses a body that is too large', async () => {
    assert.deepEqual(await post(JSON.stringify({ text: 'a'.repeat(512 * 1024) })), tooLarge);
    assert.equal(receiveActivity.callCount, 0);
  });

  it('takes a body of the largest size', async () => {
    const frame = JSON.stringify({ text: '' }).length;

    assert.equal((await post(JSON.stringify({ text: 'a'.repeat(512 * 1024 - frame) }))).status, 200);
  });

  const compressed: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
    ['that would be too large unpacked', new Uint8Array(gzipSync(`"${'a'.repeat(10_000_000)}"`))],
    ['that cannot be unpacked', new TextEncoder().encode('this is not gzip')],
  ];
  for (const [sentence, body] of compressed) {
    it(`refuses a compressed body ${sentence}, and lives on`, async () => {
      assert.deepEqual(await post(body, { 'Content-Encoding': 'gzip' }), {
        status: 415,
        body: {
          error: {
            code: 'UnsupportedMediaType',
            message: 'The body of this request must be JSON, not compressed.',
          },
        },
      });
      assert.equal((await request('/healthz')).status, 200);
      assert.equal(receiveActivity.callCount, 0);
    });
  }

  const wrongWays: readonly (readonly [string, string, RequestInit, Reply])[] = [
    [
      'an address that is not there',
      '/api/message',
      {},
      { status: 404, body: { error: { code: 'NotFound', message: 'There is nothing at this address.' } } },
    ],
    [
      'a method that an address does not take',
      '/api/messages',
      {},
      {
        status: 405,
        body: { error: { code: 'MethodNotAllowed', message: 'This address takes another method.' } },
      },
    ],
  ];
  for (const [sentence, path, init, expected] of wrongWays) {
    it(`refuses ${sentence}`, async () => {
      assert.deepEqual(await request(path, init), expected);
    });
  }

  it('tells no inner error, whatever form of answer is asked for', async () => {
    receiveActivity.rejects(new Error('redis://user:password@redis.internal'));

    for (const accept of ['application/json', 'text/plain', 'text/html', 'application/octet-stream', '*/*']) {
      const response = await fetch(`http://127.0.0.1:${server.port}/api/messages`, {
        method: 'POST',
        headers: { Accept: accept, 'Content-Type': 'application/json', Connection: 'close' },
        body: '{}',
      });

      const text = await response.text();
      assert.equal(response.status, 500, accept);
      assert.match(text, /The request could not be answered\. Send it again later\./, accept);
      assert.doesNotMatch(text, /redis/, accept);
    }
  });

  it('says what to do where the port is taken', async () => {
    const second = listen(
      { receiveActivity, receiveEvent, isReady, metrics: null },
      { port: server.port, host: '127.0.0.1', log: quiet },
    );

    await assert.rejects(second, {
      name: 'PortTaken',
      message: `Port ${server.port} is in use. End what listens there, or set PORT to another.`,
    });
  });

  it('answers no more once it has stopped', async () => {
    const stopped = await listen(
      { receiveActivity, receiveEvent, isReady, metrics: null },
      { port: 0, host: '127.0.0.1', log: quiet },
    );
    await stopped.stop();

    await assert.rejects(fetch(`http://127.0.0.1:${stopped.port}/healthz`));
  });
});
