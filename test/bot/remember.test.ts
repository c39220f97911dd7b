import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Product } from '../../src/product.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { type BotInTeams, grace, startBotInTeams, stubbedProduct } from './bot-in-teams.ts';

describe('the bot remembers where it can write to', () => {
  const remember = sinon.stub<Parameters<Product['rememberConversation']>, Promise<void>>();
  let inTeams: BotInTeams;

  beforeEach(async () => {
    remember.reset();
    remember.resolves();
    inTeams = await startBotInTeams({ ...stubbedProduct(), rememberConversation: remember });
  });
  afterEach(() => inTeams.stop());

  const kept = () => remember.getCalls().map(({ args: [meeting] }) => meeting);

  it('from the first turn on, and once for many alike', async () => {
    await inTeams.say('balance');
    await inTeams.say('balance');
    const { locale, timeZone } = grace;
    const { id: conversation } = inTeams.teams.client.conversation(grace.id, 'personal');
    assert.deepEqual(kept(), [
      {
        tenant: sandboxTenant.id,
        who: grace.id,
        conversation,
        serviceUrl: inTeams.teams.serviceUrl,
        teamsUser: inTeams.teams.roster.get(grace.id).account.id,
        locale,
        timeZone,
        left: false,
      },
    ]);
  });

  it('until the app is taken away', async () => {
    await inTeams.say('balance');
    await inTeams.teams.client.uninstall(grace.id, 'personal');
    assert.deepEqual(
      kept().map(({ left }) => left),
      [false, true],
    );
  });

  it('in the channel where it was added, and in no group chat', async () => {
    await inTeams.teams.client.install(grace.id, 'channel');
    await inTeams.say('balance', 'channel');
    await inTeams.say('balance', 'groupChat');
    const { id } = inTeams.teams.client.conversation(grace.id, 'channel');
    const { name } = inTeams.teams.client.conversation(grace.id, 'channel');
    assert.deepEqual(
      kept().map(({ who, conversation, name }) => [who, conversation, name]),
      [['channel', id, name]],
    );
  });

  it('and answers all the same where it cannot', async () => {
    remember.rejects(new Error('no store'));
    await inTeams.say('balance');
    assert.equal(inTeams.ofBot().length, 1);
  });
});
