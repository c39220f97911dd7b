import assert from 'node:assert/strict';
import { product } from '../../src/product-on-ports.ts';
import { withRedis } from '../fakes/redis.ts';
import { cast, type TopUpsUnderTest, topUpsUnderTest } from '../workflows/top-ups-under-test.ts';
import { adaptiveCard, invoke } from './activities.ts';
import { type BotInTeams, startBotInTeams } from './bot-in-teams.ts';
import { from } from './bot-under-test.ts';

/** An invoke that is not answered by then is shown as failed, or sent again. */
const longestAnswerMs = 2_000;

describe('fifty taps at once through HTTP', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;
  let chat: BotInTeams;

  beforeEach(async () => {
    topUps = topUpsUnderTest(redis.store);
    chat = await startBotInTeams(product(topUps.ports));
  });
  afterEach(() => chat.stop());

  const tapBy = (who: 'marcus' | 'seoyeon', index: number, data: object) => {
    const { tenant } = topUps;
    const activity = invoke('topup.approve', {
      id: `f:${index}`,
      replyToId: `card ${index}`,
      from: { id: `29:${who}`, name: cast[who].name, aadObjectId: cast[who].id },
      conversation: { id: `a:${who}`, conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      value: { action: { type: 'Action.Execute', verb: 'topup.approve', data }, trigger: 'manual' },
    });
    return chat.bot.post(from(chat.teams.serviceUrl, activity));
  };

  it('are one approval, and fifty answers that agree, each in time', async () => {
    const number = await topUps.submit('grace', '150');
    const { revision, version } = await topUps.view('marcus', number);
    const data = { request: number, revision, version };
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const begun = performance.now();
        const { status, body } = await tapBy(index % 2 === 0 ? 'marcus' : 'seoyeon', index, data);
        const ended = performance.now();
        return { status, body: JSON.stringify(body), inTime: ended - begun < longestAnswerMs };
      }),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.ok(
      answers.every(({ inTime }) => inTime),
      'each is answered in time',
    );
    for (const { body } of answers) {
      assert.ok(body.includes(adaptiveCard) && body.includes(`Request ${number}: approved, to be bought`));
    }
    const audit = (await topUps.audit()).map(({ type }) => type);
    assert.deepEqual(audit, ['topup.requested', 'topup.approved', 'topup.granted']);
  });
});
