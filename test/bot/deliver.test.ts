import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxAdapter } from '../../bot/adapter.ts';
import { teamsDeliver } from '../../bot/deliver.ts';
import type { Answer } from '../../src/answers/answer.ts';
import type { Address, Card, Deliver, Outcome, Reader } from '../../src/outbox/deliver.ts';
import { type ConnectorAnswer, connectorErrors } from '../../src/sandbox/connector/connector-errors.ts';
import { bodyText } from '../../src/sandbox/loopback-server.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { sampleAnswer } from '../cards/samples.ts';
import { grace } from './bot-in-teams.ts';
import { now } from './product-double.ts';

const answer: Answer = { kind: 'greeting', name: 'Grace' };
const english: Reader = { language: null, locale: 'en-GB', timeZone: 'Europe/London' };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

describe('delivery to Teams', () => {
  let connector: Server;
  let serviceUrl: string;
  let asked: Asked[];
  let respond: RequestListener;
  let deliver: Deliver;
  let to: Card;

  beforeEach(async () => {
    asked = [];
    respond = answerWith({ status: 201, body: { id: '1700000000001' } });
    connector = createServer(async (request, response) => {
      const body = await bodyText(request);
      asked.push({ method: request.method ?? '', path: request.url ?? '', body: JSON.parse(body) });
      respond(request, response);
    });
    await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
    serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
    deliver = deliverTo(serviceUrl);
    to = {
      tenant: sandboxTenant.id,
      conversation: 'a:chat',
      serviceUrl,
      kind: 'personal',
      activityId: '1700000000000',
    };
  });
  afterEach(async () => {
    connector.closeAllConnections();
    await new Promise((resolve) => connector.close(resolve));
  });

  const answerWith =
    ({ status, body, retryAfterSeconds }: ConnectorAnswer): RequestListener =>
    (_request, response) => {
      if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body ?? null));
    };

  it('sends a card that makes itself heard, with its text for the toast', async () => {
    assert.deepEqual(await deliver.send(to, answer, english), { kind: 'sent', activityId: '1700000000001' });
    const [{ method, path, body } = { method: '', path: '', body: {} }] = asked;
    assert.equal(`${method} ${path}`, 'POST /v3/conversations/a%3Achat/activities');
    assert.deepEqual(body.channelData, { notification: { alert: true } });
    assert.match(String(body.summary), /Grace/);
    assert.equal(body.text, undefined);
    assert.match(JSON.stringify(body.attachments), /adaptive/);
  });

  it('sends a card without a sound where another message is heard for it', async () => {
    await deliver.send(to, answer, { ...english, silent: true });
    const sent = JSON.stringify(asked);
    assert.doesNotMatch(sent, /channelData/);
    assert.match(sent, /adaptive/);
  });

  it('edits in place without a sound', async () => {
    respond = answerWith({ status: 200, body: { id: '1700000000000' } });
    assert.deepEqual(await deliver.edit(to, answer, english), { kind: 'sent', activityId: to.activityId });
    assert.equal(asked[0]?.method, 'PUT');
    assert.equal(asked[0]?.path, '/v3/conversations/a%3Achat/activities/1700000000000');
    assert.equal(asked[0]?.body.channelData, undefined);
  });

  it('leaves an older card its facts and nothing to tap', async () => {
    await deliver.send(to, answer, english);
    await deliver.retire(to, answer, english);
    const [live = '', inert = ''] = asked.map(({ body }) => JSON.stringify(body.attachments));
    assert.match(live, /Action\./);
    assert.doesNotMatch(inert, /Action\.|Input\./);
    assert.match(inert, /Grace/);
    assert.match(inert, /newer card/);
  });

  it('names in a card that can change whom Teams refreshes it for, where that is known', async () => {
    const request = sampleAnswer('topup', 'to-approve');
    await deliver.send(to, request, { ...english, teamsUser: '29:1grace' });
    await deliver.edit(to, request, english);
    const [named = '', unknown = ''] = asked.map(({ body }) => JSON.stringify(body.attachments));
    assert.match(named, /"userIds":\["29:1grace"\]/);
    assert.match(unknown, /"refresh":\{"action":\{[^}]*"verb":"topup.view"/);
    assert.doesNotMatch(unknown, /userIds/);
  });

  it('writes a note as one line of text, in the language that the person chose', async () => {
    await deliver.note(to, answer, { ...english, language: 'ko' });
    const { text, attachments } = asked[0]?.body ?? {};
    assert.match(String(text), /[가-힣]/);
    assert.doesNotMatch(String(text), /\n/);
    assert.equal(attachments, undefined);
  });

  it('finds the chat of a person who has the app, and says nothing there', async () => {
    respond = answerWith({ status: 201, body: { id: 'a:found' } });
    assert.deepEqual(await deliver.open(sandboxTenant.id, grace.id), {
      kind: 'opened',
      address: { tenant: sandboxTenant.id, conversation: 'a:found', serviceUrl, kind: 'personal' },
    });
    assert.equal(asked[0]?.path, '/v3/conversations');
    assert.equal(asked[0]?.body.activity, undefined);
  });

  const answers: readonly [sentence: string, answer: ConnectorAnswer, outcome: Outcome][] = [
    ['throttled', { ...connectorErrors.throttled, retryAfterSeconds: 7 }, again(7_000, '429')],
    ['a lost race', connectorErrors.preconditionFailed, again(null, '412')],
    ['a bad gateway', connectorErrors.badGateway, again(null, '502')],
    ['unavailable', { status: 503, retryAfterSeconds: 2 }, again(2_000, '503')],
    ['a gateway that waited too long', { status: 504 }, again(null, '504')],
    ['blocked', connectorErrors.blockedByUser, gaveUp('blocked')],
    ['blocked, told by a code inside of a code', connectorErrors.messageWritesBlocked, gaveUp('blocked')],
    ['not installed', connectorErrors.notInRoster, gaveUp('not-in-roster')],
    [
      'disabled by an admin',
      { status: 403, body: { error: { code: 'BotDisabledByAdmin', message: '' } } },
      gaveUp('disabled-by-admin'),
    ],
    ['forbidden for a reason of its own', { status: 403, body: { error: 'no' } }, gaveUp('refused')],
    ['a card that is gone', connectorErrors.activityNotFound, gaveUp('message-gone')],
    ['a conversation that is gone', connectorErrors.conversationNotFound, gaveUp('not-found')],
    ['too big', connectorErrors.tooBig, gaveUp('too-big')],
    ['not understood', connectorErrors.badArgument, gaveUp('refused')],
    ['broken', { status: 500, body: { error: { code: 'ServiceError', message: '' } } }, gaveUp('refused')],
  ];
  for (const [sentence, reply, outcome] of answers) {
    it(`takes ${sentence} for what it is, and asks once`, async () => {
      respond = answerWith(reply);
      assert.deepEqual(await deliver.edit(to, answer, english), outcome);
      assert.equal(asked.length, 1);
    });
  }

  it('does not know the outcome where the connection ends before the answer', async () => {
    respond = (request) => request.socket.destroy();
    assert.deepEqual(await deliver.send(to, answer, english), { kind: 'unknown' });
    assert.equal(asked.length, 1);
  });

  it('does not know the outcome where no answer comes', async () => {
    respond = () => undefined;
    assert.deepEqual(await deliverTo(serviceUrl, 50).send(to, answer, english), { kind: 'unknown' });
    assert.equal(asked.length, 1);
  });

  it('knows that nothing left where nobody listens', async () => {
    const nobody: Address = { ...to, serviceUrl: 'http://127.0.0.1:1/' };
    assert.deepEqual(await deliver.send(nobody, answer, english), again(null, 'not-reached'));
  });

  it('writes to no foreign connector', async () => {
    const foreign: Address = { ...to, serviceUrl: 'https://connector.example/' };
    assert.deepEqual(await deliver.send(foreign, answer, english), gaveUp('refused'));
    assert.deepEqual(asked, []);
  });

  function deliverTo(url: string, timeoutMs?: number): Deliver {
    return teamsDeliver({
      adapter: sandboxAdapter(),
      botId: '',
      reach: { kind: 'loopback' },
      serviceUrl: () => url,
      now: () => now,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  }
});

function again(afterMs: number | null, why: string): Outcome {
  return { kind: 'again', afterMs, why };
}

function gaveUp(why: Extract<Outcome, { kind: 'gave-up' }>['why']): Outcome {
  return { kind: 'gave-up', why };
}
