import assert from 'node:assert/strict';
import sinon from 'sinon';
import { Webhook } from 'standardwebhooks';
import { type Delivery, signedEvents } from '../../bot/events.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const event = { type: 'recharge.failed', timestamp: '2026-11-24T12:00:00Z', data: { currency: 'USD' } };

function delivery(
  told: { readonly body?: string; readonly signedAt?: Date; readonly by?: string } = {},
): Delivery {
  const { body = JSON.stringify(event), signedAt = new Date(), by = secret } = told;
  return {
    body,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1_000)),
      'webhook-signature': new Webhook(by).sign('msg_1', signedAt, body),
    },
  };
}

describe('billing events over HTTP', () => {
  const reportEvent = sinon.stub();
  const events = signedEvents({ reportEvent }, secret, quiet);

  beforeEach(() => {
    reportEvent.reset();
    reportEvent.resolves({ kind: 'done', outcome: {}, repeated: false });
  });

  it('are handed on with the id of the message, which a repetition has too', async () => {
    assert.deepEqual(await events.receive(delivery()), { status: 200, body: { taken: 'now' } });
    sinon.assert.calledOnceWithExactly(reportEvent, { id: 'msg_1', payload: event });
    reportEvent.resolves({ kind: 'done', outcome: {}, repeated: true });
    assert.deepEqual(await events.receive(delivery()), { status: 200, body: { taken: 'before' } });
  });

  it('are refused where the product refuses them', async () => {
    reportEvent.resolves({ kind: 'refused', refusal: { code: 'event-unreadable' } });
    assert.equal((await events.receive(delivery())).status, 400);
  });

  const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
  const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
  const good = delivery();
  const untrusted: readonly [sentence: string, delivery: Delivery][] = [
    ['signed with another secret', delivery({ by: other })],
    ['signed six minutes ago', delivery({ signedAt: minutesAgo(6) })],
    ['signed for six minutes ahead', delivery({ signedAt: minutesAgo(-6) })],
    ['altered after it was signed', { ...good, body: good.body.replace('USD', 'EUR') }],
    ['under another id', { ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } }],
    ['without a signature', { ...good, headers: { ...good.headers, 'webhook-signature': undefined } }],
    ['without headers', { ...good, headers: {} }],
    [
      'of a version that there is not',
      { ...good, headers: { ...good.headers, 'webhook-signature': 'v9,AA==' } },
    ],
    ['whose body is no JSON', delivery({ body: '{' })],
    ['with a time that is none', { ...good, headers: { ...good.headers, 'webhook-timestamp': 'soon' } }],
  ];
  for (const [sentence, sent] of untrusted) {
    it(`change nothing where one is ${sentence}`, async () => {
      assert.equal((await events.receive(sent)).status, 401);
      sinon.assert.notCalled(reportEvent);
    });
  }

  it('are trusted from nobody where there is no secret', async () => {
    const deaf = signedEvents({ reportEvent }, null, quiet);
    assert.equal((await deaf.receive(delivery())).status, 401);
    sinon.assert.notCalled(reportEvent);
  });
});
