import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { adaptiveCardType, type CardAction } from '../../../src/sandbox/connector/bot-activity.ts';
import type { InvokePatience } from '../../../src/sandbox/connector/bot-link.ts';
import type { TapOutcome } from '../../../src/sandbox/connector/invoke-outcome.ts';
import { cardMessage, grace, type SandboxTeams, seoyeon, startSandboxTeams } from './sandbox-teams.ts';

const approve: CardAction = {
  type: 'Action.Execute',
  id: 'approve',
  verb: 'topup.approve',
  data: { requestId: 'TR-7' },
};

describe('Connector double with universal actions', () => {
  let sandbox: SandboxTeams;
  let now: number;
  let answer: unknown;
  let status: number;

  beforeEach(async () => {
    now = Date.parse('2026-11-24T12:00:00Z');
    answer = { statusCode: 200, type: adaptiveCardType, value: card('Approved.') };
    status = 200;
    sandbox = await startSandboxTeams({ now: () => now });
    sandbox.onTurn(async (context) => {
      if (context.activity.type !== 'invoke') return;
      await context.sendActivity({ type: 'invokeResponse', value: { status, body: answer } });
    });
    await sandbox.teams.client.install(grace.id, 'groupChat');
  });
  afterEach(() => sandbox.stop());

  const messages = (person = grace) => sandbox.teams.client.seen(person.id, 'groupChat');
  const invokes = () => sandbox.turns.filter(({ type }) => type === 'invoke');

  it('sends the action with the inputs merged into its data', async () => {
    await tap(await sendCard());
    const invoke = invokes()[0];
    assert.equal(invoke?.name, 'adaptiveCard/action');
    assert.equal(invoke.replyToId, messages()[0]?.id);
    assert.deepEqual(invoke.value, {
      action: {
        type: 'Action.Execute',
        id: 'approve',
        verb: 'topup.approve',
        data: { requestId: 'TR-7', comment: 'fine' },
      },
      trigger: 'manual',
    });
  });

  it('shows the returned card to the person who tapped, and to nobody else', async () => {
    const outcome = await tap(await sendCard());
    assert.equal(outcome.kind, 'card');
    assert.deepEqual(messages(grace)[0]?.cards, [card('Approved.')]);
    assert.deepEqual(messages(seoyeon)[0]?.cards, [card('Request')]);
  });

  it('shows an edited message to everybody, whatever single people saw before', async () => {
    const id = await sendCard();
    await tap(id);
    await edit(id, cardMessage('Done.'));
    assert.deepEqual(messages(grace)[0]?.cards, [card('Done.')]);
    assert.deepEqual(messages(seoyeon)[0]?.cards, [card('Done.')]);
  });

  const outcomes: readonly [sentence: string, status: number, answer: unknown, outcome: TapOutcome][] = [
    [
      'shows a sentence',
      200,
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted.' },
      { kind: 'message', text: 'Noted.' },
    ],
    [
      'shows what the bot says went wrong',
      200,
      {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest', message: 'No.' },
      },
      { kind: 'error', status: 400, code: 'BadRequest', message: 'No.' },
    ],
    [
      'shows that something went wrong where the bot breaks',
      500,
      { statusCode: 200, type: adaptiveCardType, value: {} },
      { kind: 'error', status: 500, code: 'HttpStatus', message: 'The bot answered 500.' },
    ],
    [
      'shows that something went wrong where the answer is none',
      200,
      { hello: 'world' },
      { kind: 'error', status: 200, code: 'BadInvokeResponse', message: 'The answer is no invoke response.' },
    ],
  ];
  for (const [sentence, ofHttp, body, outcome] of outcomes) {
    it(sentence, async () => {
      status = ofHttp;
      answer = body;
      assert.deepEqual(await tap(await sendCard()), outcome);
      assert.deepEqual(messages()[0]?.cards, [card('Request')]);
    });
  }

  it('can send an invoke twice, as Teams does to a slow bot', async () => {
    await tap(await sendCard(), { twice: true });
    assert.equal(invokes().length, 2);
    assert.equal(invokes()[0]?.id, invokes()[1]?.id);
  });

  describe('and cards that ask to be refreshed', () => {
    const refresh = (userIds?: readonly string[]) => ({
      refresh: {
        action: { type: 'Action.Execute', verb: 'topup.refresh', data: {} },
        ...(userIds && { userIds }),
      },
    });
    const view = (person = grace) => sandbox.teams.client.view(person.id, 'groupChat');
    const accountId = (person = grace) => sandbox.teams.roster.get(person.id).account.id;

    it('refreshes them for the people named when they look', async () => {
      await sendCard(refresh([accountId(grace)]));
      await view(seoyeon);
      assert.equal(invokes().length, 0);
      await view(grace);
      assert.equal(invokes()[0]?.value.trigger, 'automatic');
      assert.equal(invokes()[0]?.from.aadObjectId, grace.id);
    });

    it('refreshes them for everybody where nobody is named', async () => {
      await sendCard(refresh());
      await view(grace);
      await view(seoyeon);
      assert.equal(invokes().length, 2);
    });

    it('refreshes them once a minute', async () => {
      answer = { statusCode: 200, type: adaptiveCardType, value: { ...card('Newer.'), ...refresh() } };
      await sendCard(refresh());
      await view();
      now += 59_999;
      await view();
      assert.equal(invokes().length, 1);
      now += 1;
      await view();
      assert.equal(invokes().length, 2);
    });

    it('replaces the card for whom it was refreshed, and for nobody else', async () => {
      await sendCard(refresh([accountId(grace)]));
      await view(grace);
      await view(seoyeon);
      assert.deepEqual(messages(grace)[0]?.cards, [card('Approved.')]);
      assert.deepEqual(messages(seoyeon)[0]?.cards, [
        cardMessage('Request', refresh([accountId(grace)])).attachments[0]?.content,
      ]);
    });

    it('does not draw the same card anew', async () => {
      answer = { statusCode: 200, type: adaptiveCardType, value: { ...card('Request'), ...refresh() } };
      await sendCard(refresh());
      const before = messages()[0]?.version;
      await view();
      assert.equal(invokes().length, 1);
      assert.equal(messages()[0]?.version, before);
    });

    it('keeps the card that is there where the bot has no other', async () => {
      const value = { code: 'Unavailable', message: 'Later.' };
      answer = { statusCode: 500, type: 'application/vnd.microsoft.error', value };
      await sendCard(refresh());
      const before = messages()[0]?.cards;
      assert.equal((await view())[0]?.kind, 'error');
      assert.deepEqual(messages()[0]?.cards, before);
    });

    it('takes sixty people by name and no more, and no refresh without an action', async () => {
      const named = (count: number) => Array.from({ length: count }, (_, index) => `29:${index}`);
      const sent = (more: Readonly<Record<string, unknown>>) =>
        send('POST', 'activities', cardMessage('Request', more));
      assert.equal((await sent(refresh(named(60)))).status, 201);
      assert.equal((await sent(refresh(named(61)))).status, 400);
      assert.equal((await sent({ refresh: { userIds: named(1) } })).status, 400);
    });

    it('refreshes an edited card at once', async () => {
      const id = await sendCard(refresh());
      await view();
      await edit(id, cardMessage('Edited.', refresh()));
      await view();
      assert.equal(invokes().length, 2);
    });
  });

  describe('and its older sister, Action.Submit', () => {
    it('sends a message with the value', async () => {
      const action: CardAction = { type: 'Action.Submit', data: { verb: 'balance.reconcile' } };
      assert.deepEqual(await tap(await sendCard(), { action }), { kind: 'sent' });
      const activity = sandbox.turns.at(-1);
      assert.equal(activity?.type, 'message');
      assert.deepEqual(activity.value, { verb: 'balance.reconcile', comment: 'fine' });
      assert.equal(activity.replyToId, messages()[0]?.id);
    });

    it('says in the chat what it is to say', async () => {
      const msteams = { type: 'messageBack', text: 'when is it empty', displayText: 'When do we run out?' };
      await tap(await sendCard(), { action: { type: 'Action.Submit', data: { msteams } } });
      assert.equal(sandbox.turns.at(-1)?.text, 'when is it empty');
      assert.equal(messages().at(-1)?.text, 'When do we run out?');
    });

    it('says it as if it had been typed', async () => {
      const msteams = { type: 'imBack', value: 'usage this month' };
      await tap(await sendCard(), { action: { type: 'Action.Submit', data: { msteams } } });
      assert.match(sandbox.turns.at(-1)?.text ?? '', /usage this month$/);
      assert.equal(messages().at(-1)?.text, 'usage this month');
    });
  });

  it('opens a link without the bot', async () => {
    const id = await sendCard();
    const before = sandbox.turns.length;
    const url = 'https://admin.microsoft.com/';
    assert.deepEqual(await tap(id, { action: { type: 'Action.OpenUrl', url } }), { kind: 'opened', url });
    assert.equal(sandbox.turns.length, before);
  });

  it('lets nobody tap what they cannot see', async () => {
    const id = await sendCard();
    const outsider = sandbox.teams.roster.members.at(-1)?.person ?? assert.fail();
    await assert.rejects(
      sandbox.teams.client.tap({
        person: outsider.id,
        activityId: id,
        action: approve,
        inputs: {},
        twice: false,
      }),
      RangeError,
    );
  });

  function tap(activityId: string, { action = approve, twice = false } = {}): Promise<TapOutcome> {
    return sandbox.teams.client.tap({
      person: grace.id,
      activityId,
      action,
      inputs: { comment: 'fine' },
      twice,
    });
  }

  async function sendCard(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const sent = await send('POST', 'activities', cardMessage('Request', more));
    return ((await sent.json()) as { readonly id: string }).id;
  }

  function edit(id: string, activity: Partial<Activity>): Promise<Response> {
    return send('PUT', `activities/${id}`, activity);
  }

  function send(method: string, path: string, body: unknown): Promise<Response> {
    const conversation = sandbox.teams.client.conversation(grace.id, 'groupChat').id;
    return fetch(`${sandbox.teams.serviceUrl}v3/conversations/${encodeURIComponent(conversation)}/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
});

describe('Connector double before a bot that is slow', () => {
  let sandbox: SandboxTeams;

  const start = async (patience: InvokePatience) => {
    sandbox = await startSandboxTeams({ patience });
    await sandbox.teams.client.install(grace.id, 'personal');
    const conversation = sandbox.teams.client.conversation(grace.id, 'personal').id;
    await fetch(
      `${sandbox.teams.serviceUrl}v3/conversations/${encodeURIComponent(conversation)}/activities`,
      { method: 'POST', body: JSON.stringify(cardMessage('Request')) },
    );
  };
  const tap = () => {
    const activityId = sandbox.teams.client.seen(grace.id, 'personal')[0]?.id ?? assert.fail();
    return sandbox.teams.client.tap({
      person: grace.id,
      activityId,
      action: approve,
      inputs: {},
      twice: false,
    });
  };
  afterEach(() => sandbox.stop());

  it('repeats the invoke', async () => {
    await start({ repeatAfterMs: 10, giveUpAfterMs: 20_000 });
    let answerFirst: () => void = assert.fail;
    const second = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    let invokes = 0;
    sandbox.onTurn(async (context) => {
      invokes += 1;
      if (invokes === 2) answerFirst();
      await second;
      const body = {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: 'At last.',
      };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    });
    assert.deepEqual(await tap(), { kind: 'message', text: 'At last.' });
    assert.equal(invokes, 2);
  });

  it('gives up in the end', async () => {
    await start({ repeatAfterMs: 10, giveUpAfterMs: 50 });
    sandbox.onTurn(() => new Promise(() => undefined));
    assert.deepEqual(await tap(), { kind: 'no-answer' });
  });
});

function card(text: string) {
  return cardMessage(text).attachments[0]?.content;
}
