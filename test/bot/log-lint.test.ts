// Feeds names, numbers, ids and tokens to whatever is logged or counted, and looks for them in what came out.
import assert from 'node:assert/strict';
import { TurnContext } from 'botbuilder';
import { sandboxAdapter } from '../../bot/adapter.ts';
import { teamsApp } from '../../bot/app.ts';
import { Door } from '../../bot/door.ts';
import { signedEvents } from '../../bot/events.ts';
import { makeLog } from '../../bot/log.ts';
import { openMetrics } from '../../bot/metrics.ts';
import { runTurn } from '../../bot/turn.ts';
import { personId, tenantId } from '../../src/decision/ids.ts';
import { observedProduct } from '../../src/observed.ts';
import { message } from './activities.ts';
import { now, productDouble } from './product-double.ts';

const lines = 10_000;

/** What must never be read in a log. */
interface Private {
  readonly phone: string;
  readonly name: string;
  readonly person: string;
  readonly tenant: string;
  readonly token: string;
  readonly address: string;
}

describe('the log and the metrics', () => {
  it(`hold no phone number, name, id, address or token after ${lines} turns, events and taps that carry them`, async () => {
    const written: string[] = [];
    const log = makeLog('trace', { write: (line: string) => void written.push(line) });
    const metrics = openMetrics({ ofProcess: false });
    const random = randomFrom(20_261_124);
    let thrown = new Error();
    const fail = async (): Promise<never> => {
      throw thrown;
    };
    const product = observedProduct(
      productDouble({
        answer: fail,
        act: fail,
        feedUsage: fail,
        preferences: fail,
        reportEvent: async () => ({ kind: 'refused', refusal: { code: 'tenant-unknown' } }),
      }),
      { observe: metrics.observe, stopwatch: () => 0 },
    );
    const bot = { product, log, botId: '' };
    const adapter = sandboxAdapter();
    const door = new Door(adapter, teamsApp(bot, adapter, null), { kind: 'loopback' }, log);
    const events = signedEvents(product, `whsec_${Buffer.alloc(32).toString('base64')}`, log);

    const seen: Private[] = [];
    for (let line = 0; line < lines; line += 1) {
      const secret = privateOf(random);
      seen.push(secret);
      thrown = errorOf(secret, random);
      const body = activityOf(secret, random);
      const before = written.length;
      switch (line % 5) {
        case 0: {
          const context = new TurnContext(adapter, body);
          const question = { intent: 'balance' } as const;
          await runTurn(bot, context, { asked: null, answer: (asker) => product.answer(question, asker) });
          break;
        }
        case 1: {
          const context = new TurnContext(adapter, {
            ...body,
            type: secret.phone,
            conversation: { ...body.conversation, tenantId: '' },
            channelData: {},
          });
          await runTurn(bot, context, { asked: null, answer: fail });
          break;
        }
        case 2:
          await door.receive(
            { ...body, serviceUrl: secret.token, [secret.name]: secret },
            `Bearer ${secret.token}`,
          );
          break;
        case 3:
          await events.receive({
            body: JSON.stringify(secret),
            headers: { 'webhook-id': secret.phone, 'webhook-signature': `v1,${secret.token}` },
          });
          await product.reportEvent({ id: secret.phone, payload: secret });
          break;
        default: {
          const tenant = tenantId(secret.tenant) ?? assert.fail();
          const person = personId(secret.person);
          const asker = {
            tenant,
            person,
            name: secret.name,
            locale: 'ko-KR',
            timeZone: 'UTC',
            scope: 'personal',
          } as const;
          await assert.rejects(
            product.act({ verb: secret.name, data: secret, messageId: secret.token }, asker),
          );
          await assert.rejects(product.feedUsage(tenant));
        }
      }
      for (const text of written.slice(before)) assertClean(text, secret);
    }
    assert.ok(written.length >= lines / 2, `only ${written.length} lines were written`);
    const page = await metrics.text();
    for (const secret of seen) assertClean(page, secret);
    assert.doesNotMatch(page, /[0-9a-f]{8}-[0-9a-f]{4}-/);
    assert.ok(page.split('\n').length < 200, 'the labels are of closed sets');
  });
});

function assertClean(text: string, secret: Private): void {
  for (const [what, value] of Object.entries(secret)) {
    if (text.includes(value)) assert.fail(`a ${what} was told: ${text.slice(0, 300)}`);
  }
}

type Random = () => number;

/** Park and Miller's, so that a failure can be repeated. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function privateOf(random: Random): Private {
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const hex = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  const guid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const pick = (of: readonly string[]) => of[Math.floor(random() * of.length)] ?? '';
  const name = `${pick(['Grace', '지은', 'Ole', '민준'])} ${pick(['Whitfield', '김', 'Nordmann'])} ${digits(6)}`;
  return {
    phone: pick([`+8210${digits(8)}`, `010-${digits(4)}-${digits(4)}`, `+1 (425) ${digits(3)}-${digits(4)}`]),
    name,
    person: guid(),
    tenant: guid(),
    token: `eyJ${hex(60)}.${hex(40)}`,
    address: `u${digits(8)}@harborline.example`,
  };
}

/** Its text quotes all of it, also where it looks like a part of the stack. */
function errorOf(secret: Private, random: Random): Error {
  const text = Object.values(secret).join(random() < 0.5 ? ' ' : '\n    at ');
  return random() < 0.5
    ? new TypeError(text)
    : Object.assign(new Error(text), secret, { name: 'GraphFailed' });
}

function activityOf({ phone, name, person, tenant, token, address }: Private, random: Random) {
  return {
    ...message(`call ${phone} for ${name} <${address}> ${token}`),
    type: 'message',
    id: String(Math.floor(now + random() * 1_000_000)),
    from: { id: `29:${person}`, name, aadObjectId: person },
    conversation: { id: `a:${tenant}`, conversationType: 'personal', tenantId: tenant, isGroup: false, name },
    channelData: { tenant: { id: tenant } },
  };
}
