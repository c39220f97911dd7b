import assert from 'node:assert/strict';
import { z } from 'zod';
import { cardMessage, grace, type SandboxTeams, startSandboxTeams } from './sandbox-teams.ts';

const chatSchema = z.object({
  isInstalled: z.boolean(),
  isBlocked: z.boolean(),
  messages: z.array(z.object({ id: z.string(), text: z.string(), cards: z.array(z.unknown()) })),
});

describe('page of the Connector double', () => {
  let sandbox: SandboxTeams;

  beforeEach(async () => {
    // At a standstill, so that a slow machine sends as much in a second as a quick one.
    sandbox = await startSandboxTeams({ now: () => Date.parse('2026-11-24T12:00:00Z') });
    sandbox.onTurn(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(cardMessage('Hello.'));
    });
  });
  afterEach(() => sandbox.stop());

  const get = (name: string) => fetch(sandbox.teams.pageUrl + name);
  const post = (name: string, body: unknown, type = 'application/json') =>
    fetch(sandbox.teams.pageUrl + name, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: JSON.stringify(body),
    });
  const chat = async () =>
    chatSchema.parse(await (await get(`chat?person=${grace.id}&where=personal`)).json());

  const files: readonly [name: string, type: string, part: RegExp][] = [
    ['', 'text/html', /<main id="chats">/],
    ['page.js', 'text/javascript', /ChatColumn/],
    ['page.css', 'text/css', /--surface/],
    ['chat-column.js', 'text/javascript', /class ChatColumn/],
    ['message-view.js', 'text/javascript', /messageView/],
    ['host-configs.js', 'text/javascript', /hostConfigs/],
    ['markdown.js', 'text/javascript', /markdownToHtml/],
    ['adaptivecards.js', 'text/javascript', /AdaptiveCards/],
    ['adaptivecards.css', 'text/css', /ac-/],
  ];
  for (const [name, type, part] of files) {
    it(`serves ${name === '' ? 'the page' : name} from here, and nothing from elsewhere`, async () => {
      const response = await get(name);
      assert.equal(response.headers.get('content-type'), `${type}; charset=utf-8`);
      const text = await response.text();
      assert.match(text, part);
      assert.doesNotMatch(text, /<(?:script|link)[^>]+(?:src|href)="https?:/);
    });
  }

  it('serves no other file of the disk', async () => {
    for (const name of ['..%2fpage-server.ts', 'constructor', 'page-server.ts']) {
      assert.equal((await get(name)).status, 404, name);
    }
  });

  it('says, installs, and shows the chat', async () => {
    assert.equal((await chat()).isInstalled, false);
    await post('say', { person: grace.id, where: 'personal', text: 'hi' });
    const { messages, isInstalled } = await chat();
    assert.ok(isInstalled);
    assert.deepEqual(
      messages.map(({ text, cards }) => [text, cards.length]),
      [
        ['hi', 0],
        ['', 1],
      ],
    );
    await post('block', { person: grace.id });
    assert.ok((await chat()).isBlocked);
    await post('uninstall', { person: grace.id, where: 'personal' });
    assert.equal((await chat()).isInstalled, false);
  });

  it('passes a tap on', async () => {
    await post('say', { person: grace.id, where: 'personal', text: 'hi' });
    const [, message] = (await chat()).messages;
    const action = { type: 'Action.Execute', verb: 'balance.refresh', data: {} };
    await post('tap', { person: grace.id, activityId: message?.id, action, inputs: {} });
    assert.equal(sandbox.turns.at(-1)?.type, 'invoke');
  });

  it('shows a card that the bot never sent, as somebody forges it, and passes a tap on it on', async () => {
    await post('install', { person: grace.id, where: 'personal' });
    const action = { type: 'Action.Execute', title: 'Approve', verb: 'topup.approve', data: { request: 7 } };
    const card = { type: 'AdaptiveCard', version: '1.5', body: [], actions: [action] };
    await post('forge', { person: grace.id, where: 'personal', card });
    const forged = (await chat()).messages.at(-1);
    assert.deepEqual(forged?.cards, [card]);
    await post('tap', { person: grace.id, activityId: forged?.id, action, inputs: {} });
    assert.equal(sandbox.turns.at(-1)?.value.action.verb, 'topup.approve');
    assert.equal(sandbox.turns.at(-1)?.from.aadObjectId, grace.id);
  });

  it('limits the bot, and makes its requests fail', async () => {
    await post('install', { person: grace.id, where: 'personal' });
    await post('fault', { kind: 'answer', operation: 'send', answer: { status: 502, body: null } });
    sandbox.onTurn(async (context) => {
      for (let sent = 0; sent < 9; sent += 1) await context.sendActivity('Hello.').catch(() => undefined);
    });
    await post('limit', { on: true });
    await post('say', { person: grace.id, where: 'personal', text: 'hi' });
    const statuses = sandbox.teams.requests.map(({ status }) => status);
    assert.equal(statuses[0], 502);
    assert.ok(statuses.includes(429));
  });

  it('tells of changes as they come', async () => {
    const changes = await get('changes');
    const reader = changes.body?.getReader() ?? assert.fail();
    await reader.read();
    await post('say', { person: grace.id, where: 'personal', text: 'hi' });
    const { value } = await reader.read();
    assert.match(new TextDecoder().decode(value), /^data: change/);
    await reader.cancel();
  });

  const refusals: readonly [sentence: string, name: string, body: unknown, status: number][] = [
    ['refuses a person who is none', 'say', { person: 'x', where: 'personal', text: 'hi' }, 400],
    [
      'refuses a stranger',
      'say',
      { person: '00000000-0000-4000-8000-000000000000', where: 'personal', text: 'hi' },
      400,
    ],
    [
      'refuses a tap on nothing',
      'tap',
      { person: grace.id, activityId: '1', action: { type: 'Action.Execute' }, inputs: {} },
      400,
    ],
    ['does not know other acts', 'dance', {}, 404],
  ];
  for (const [sentence, name, body, status] of refusals) {
    it(sentence, async () => {
      assert.equal((await post(name, body)).status, status);
    });
  }

  it('takes nothing that a form of another site could send', async () => {
    const body = { person: grace.id, where: 'personal', text: 'hi' };
    assert.equal((await post('say', body, 'text/plain')).status, 415);
    assert.deepEqual((await chat()).messages, []);
  });
});
