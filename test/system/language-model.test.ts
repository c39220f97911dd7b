import assert from 'node:assert/strict';
import { type OpenAiDouble, startOpenAiDouble } from '../bot/openai-double.ts';
import { type BotProcess, type Channel, openChannel, startBot } from './bot-process.ts';
import { checkout } from './checkout.ts';

describe('the process that npm start starts, where a language model is configured', function () {
  this.timeout(240_000);

  const unreadable = 'how are we doing for the quarter, moneywise?';
  let model: OpenAiDouble;
  let channel: Channel;
  let bot: BotProcess;
  before(async () => {
    model = await startOpenAiDouble();
    channel = await openChannel();
    const environment = { OPENAI_API_KEY: 'sk-not-a-key', OPENAI_BASE_URL: model.baseUrl };
    bot = await startBot({ folder: checkout(), environment });
    await bot.until('/readyz', 200);
  });
  after(async () => {
    bot.child.kill('SIGTERM');
    await bot.ended;
    await channel.stop();
    await model.stop();
  });

  it('answers what the model made of a text as if it had been asked', async () => {
    const asked = await channel.say(bot, 'balance');
    assert.equal(model.calls.length, 0);
    model.behave({ kind: 'says', content: '{"intent":"balance"}' });

    const answered = await channel.say(bot, unreadable);

    assert.equal(model.calls.length, 1);
    assert.equal(summaryOf(answered), summaryOf(asked));
  });

  it('answers with suggestions where the model orders a recharge', async () => {
    model.behave({ kind: 'says', content: '{"intent":"none"}' });
    const suggestions = await channel.say(bot, unreadable);
    model.behave({ kind: 'says', content: '{"intent":"topup","amount":500}' });

    const answered = await channel.say(bot, unreadable);

    assert.equal(summaryOf(answered), summaryOf(suggestions));
  });
});

function summaryOf(sent: string): string {
  const { summary } = JSON.parse(sent) as { readonly summary: string };
  assert.notEqual(summary, '');
  return summary;
}
