import assert from 'node:assert/strict';
import { TeamsInfo, TurnContext } from 'botbuilder';
import type { SeenMessage } from '../../../src/sandbox/connector/seen-message.ts';
import { sandboxTenant } from '../../../src/sandbox/people.ts';
import { cardMessage, grace, type SandboxTeams, seoyeon, startSandboxTeams } from './sandbox-teams.ts';

describe("Connector double before Microsoft's own client", () => {
  let sandbox: SandboxTeams;
  const seen = (where: 'personal' | 'groupChat' | 'channel' = 'personal') =>
    sandbox.teams.client.seen(grace.id, where);
  const say = (text: string) => sandbox.teams.client.say(grace.id, 'personal', text);

  beforeEach(async () => {
    sandbox = await startSandboxTeams();
    await sandbox.teams.client.install(grace.id, 'personal');
  });
  afterEach(() => sandbox.stop());

  it('brings what a person says to the bot as Teams does', async () => {
    await sandbox.teams.client.say(seoyeon.id, 'personal', '잔액 얼마야?');
    const activity = sandbox.turns.at(-1);
    assert.equal(activity?.type, 'message');
    assert.equal(activity.text, '잔액 얼마야?');
    assert.equal(activity.from.aadObjectId, seoyeon.id);
    assert.match(activity.from.id, /^29:/);
    assert.equal(activity.conversation.conversationType, 'personal');
    assert.equal(activity.conversation.tenantId, sandboxTenant.id);
    assert.equal(activity.locale, 'ko-KR');
    assert.deepEqual(activity.entities, [
      { type: 'clientInfo', locale: 'ko-KR', country: 'KR', platform: 'Web', timezone: 'Asia/Seoul' },
    ]);
    assert.equal(activity.serviceUrl, sandbox.teams.serviceUrl);
  });

  it('brings the answer of the bot into the chat of that person alone', async () => {
    sandbox.onTurn(async (context) => {
      await context.sendActivity('Good morning.');
    });
    await say('hello');
    assert.deepEqual(seen().map(textOf), ['hello', 'Good morning.']);
    assert.deepEqual(sandbox.teams.client.seen(seoyeon.id, 'personal'), []);
  });

  it('edits and deletes what the bot wrote', async () => {
    sandbox.onTurn(async (context) => {
      const kept = await context.sendActivity('First.');
      const gone = await context.sendActivity('Second.');
      await context.updateActivity({ type: 'message', id: kept?.id ?? '', text: 'Better.' });
      await context.deleteActivity(gone?.id ?? '');
    });
    await say('hello');
    assert.deepEqual(
      seen().map(({ text, state }) => [text, state]),
      [
        ['hello', 'sent'],
        ['Better.', 'edited'],
        ['', 'deleted'],
      ],
    );
  });

  it('tells who is in a conversation', async () => {
    let names: readonly (string | undefined)[] = [];
    let mail: string | undefined;
    sandbox.onTurn(async (context) => {
      const page = await TeamsInfo.getPagedMembers(context, 2);
      const rest = await TeamsInfo.getPagedMembers(context, 100, page.continuationToken);
      names = [...page.members, ...rest.members].map(({ name }) => name);
      mail = (await TeamsInfo.getMember(context, grace.id)).userPrincipalName;
    });
    await sandbox.teams.client.say(grace.id, 'groupChat', 'hello');
    assert.equal(names.length, 6);
    assert.equal(new Set(names).size, 6);
    assert.equal(mail, grace.userPrincipalName);
  });

  it('takes a message out of the blue where the app is installed', async () => {
    const [installation] = sandbox.turns;
    assert.ok(installation);
    const reference = TurnContext.getConversationReference(installation);
    await sandbox.adapter.continueConversationAsync('', reference, async (context) => {
      await context.sendActivity(cardMessage('The balance is low.'));
    });
    assert.equal(seen().length, 1);
    assert.equal(seen()[0]?.cards.length, 1);
  });

  it('starts a personal chat with somebody who has the app', async () => {
    const answer = await post('v3/conversations', {
      isGroup: false,
      members: [{ id: grace.id }],
      tenantId: sandboxTenant.id,
      activity: { type: 'message', text: 'Hello.' },
    });
    assert.equal(answer.status, 201);
    assert.deepEqual(seen().map(textOf), ['Hello.']);
  });

  const refusals: readonly [sentence: string, body: unknown, status: number, code: string][] = [
    [
      'starts no chat with somebody who has not the app',
      { members: [{ id: seoyeon.id }] },
      403,
      'BotNotInConversationRoster',
    ],
    [
      'starts no chat with several people',
      { isGroup: true, members: [{ id: grace.id }, { id: seoyeon.id }] },
      400,
      'BadArgument',
    ],
    ['starts no chat with a stranger', { members: [{ id: 'stranger' }] }, 400, 'BadArgument'],
    ['refuses what is no request', 'nonsense', 400, 'BadArgument'],
  ];
  for (const [sentence, body, status, code] of refusals) {
    it(sentence, async () => {
      const answer = await post('v3/conversations', body);
      assert.equal(answer.status, status);
      assert.equal(errorCode(await answer.json()), code);
    });
  }

  it('does not let the bot write where it was uninstalled', async () => {
    await sandbox.teams.client.uninstall(grace.id, 'personal');
    assert.deepEqual(await failureOf('late'), [403, 'BotNotInConversationRoster']);
  });

  it('hides a block in JSON inside of a string, until the person writes again', async () => {
    sandbox.teams.client.block(grace.id);
    const answer = await post(`v3/conversations/${chatId()}/activities`, { type: 'message', text: 'late' });
    assert.equal(answer.status, 403);
    assert.match(JSON.stringify(await answer.json()), /MessageWritesBlocked/);
    await say('hello again');
    const next = await post(`v3/conversations/${chatId()}/activities`, { type: 'message', text: 'now' });
    assert.equal(next.status, 201);
  });

  it('makes two messages of text with a card, and tells the id of the first', async () => {
    const { attachments } = cardMessage('Balance');
    const answer = await post(`v3/conversations/${chatId()}/activities`, {
      type: 'message',
      text: 'Here it is.',
      attachments,
    });
    assert.deepEqual(
      seen().map(({ text, cards }) => [text, cards.length]),
      [
        ['Here it is.', 0],
        ['', 1],
      ],
    );
    assert.deepEqual(await answer.json(), { id: seen()[0]?.id });
  });

  it('refuses a message of more than 100 KB', async () => {
    assert.deepEqual(await failureOf('가'.repeat(52_000)), [413, 'MessageSizeTooBig']);
  });

  it('does not know a message of another conversation', async () => {
    await sandbox.teams.client.install(seoyeon.id, 'personal');
    await post(`v3/conversations/${chatId()}/activities`, { type: 'message', text: 'mine' });
    const other = sandbox.teams.client.conversation(seoyeon.id, 'personal').id;
    const answer = await fetch(
      `${sandbox.teams.serviceUrl}v3/conversations/${encodeURIComponent(other)}/activities/${seen()[0]?.id}`,
      { method: 'DELETE' },
    );
    assert.equal(answer.status, 404);
    assert.equal(errorCode(await answer.json()), 'ActivityNotFoundInConversation');
  });

  it('mentions the bot in a group chat, where everybody sees the answer', async () => {
    sandbox.onTurn(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity('All is well.');
    });
    await sandbox.teams.client.say(grace.id, 'groupChat', 'balance');
    assert.equal(sandbox.turns.at(-1)?.text, '<at>Credits Bot</at> balance');
    assert.deepEqual(sandbox.teams.client.seen(seoyeon.id, 'groupChat').map(textOf), [
      'balance',
      'All is well.',
    ]);
  });

  it('keeps an answer in a channel in the thread of its question', async () => {
    sandbox.onTurn(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity('All is well.');
    });
    await sandbox.teams.client.say(grace.id, 'channel', 'balance');
    const [question, answer] = seen('channel');
    assert.match(sandbox.turns.at(-1)?.conversation.id ?? '', new RegExp(`;messageid=${question?.id}$`));
    assert.equal(answer?.thread, question?.id);
  });

  it('tells the bot of an installation and of its end', async () => {
    await sandbox.teams.client.uninstall(grace.id, 'personal');
    const told = sandbox.turns.map(({ type, action }) => [type, action]);
    assert.deepEqual(told, [
      ['conversationUpdate', undefined],
      ['installationUpdate', 'add'],
      ['conversationUpdate', undefined],
      ['installationUpdate', 'remove'],
    ]);
  });

  function chatId(): string {
    return encodeURIComponent(sandbox.teams.client.conversation(grace.id, 'personal').id);
  }

  function post(path: string, body: unknown): Promise<Response> {
    return fetch(sandbox.teams.serviceUrl + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async function failureOf(text: string): Promise<readonly [number, string]> {
    const answer = await post(`v3/conversations/${chatId()}/activities`, { type: 'message', text });
    return [answer.status, errorCode(await answer.json())];
  }
});

function textOf({ text }: SeenMessage): string {
  return text;
}

function errorCode(body: unknown): string {
  return (body as { readonly error: { readonly code: string } }).error.code;
}
