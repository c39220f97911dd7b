import assert from 'node:assert/strict';
import fc from 'fast-check';
import sinon from 'sinon';
import { type LanguageModel, openLanguageModel } from '../../bot/language-model.ts';
import type { Log } from '../../bot/log.ts';
import { callLimits, maxTextLength } from '../../bot/model-planner.ts';
import { type Question, understand } from '../../src/product.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { labelled } from '../language/corpus/labelled.ts';
import { message } from './activities.ts';
import { type BotInTeams, grace, startBotInTeams, stubbedProduct } from './bot-in-teams.ts';
import { from } from './bot-under-test.ts';
import { hostileContents, hostileTexts, hostileWires } from './hostile-model.ts';
import { completionOf, type OpenAiDouble, startOpenAiDouble } from './openai-double.ts';
import { now } from './product-double.ts';

const apiKey = 'sk-not-a-key';
const unreadable = 'how are we doing for the quarter, moneywise?';
const hourMs = 3_600_000;
/** Short, so that silence is soon over; long enough for this machine's own answers. */
const timeoutMs = 500;

/** What a model may choose, each with all its slots. */
const readOnly: readonly Question[] = [
  { intent: 'balance' },
  { intent: 'rate', region: 'DE', numberType: 'mobile', minutes: 5, service: 'dial_out' },
  { intent: 'rate', region: 'GE', alternatives: ['US'] },
  { intent: 'rate', region: 'GB', destination: 'moneywise' },
  { intent: 'forecast' },
  { intent: 'forecast', until: 'end_of_quarter' },
  { intent: 'usage', period: 'last_month', by: 'country' },
  { intent: 'usage', period: '2026-10' },
  { intent: 'history' },
  { intent: 'recommend' },
  { intent: 'licenses' },
  { intent: 'who_is_notified' },
  { intent: 'explain' },
  { intent: 'approvals' },
  { intent: 'help' },
];

describe('a language model', function () {
  this.timeout(60_000);

  let product: ReturnType<typeof stubbedProduct> & { readonly now: () => number };
  let model: OpenAiDouble;
  let chat: BotInTeams;
  let time = now;

  before(async () => {
    model = await startOpenAiDouble();
    product = { ...stubbedProduct(), now: () => time };
    chat = await startBotInTeams(product, opened);
  });

  after(async () => {
    await chat.stop();
    await model.stop();
  });

  beforeEach(() => {
    // Another hour has calls of its own, and what was said a minute ago is read anew.
    time += hourMs;
    model.calls.length = 0;
    product.answer.resetHistory();
    product.understand.reset();
    product.understand.returns({ question: { intent: 'none' }, language: 'en' });
    model.behave({ kind: 'says', content: '{"intent":"none"}' });
  });

  function opened(log: Log): LanguageModel {
    const settings = { kind: 'openai', apiKey, model: 'gpt-4o-mini', baseUrl: model.baseUrl } as const;
    return openLanguageModel(settings, log, timeoutMs);
  }

  /** The question that was answered. */
  async function asked(text: string): Promise<unknown> {
    product.answer.resetHistory();
    await chat.say(text);
    assert.equal(product.answer.callCount, 1);
    return product.answer.firstCall.args[0];
  }

  describe('sorts what the grammar cannot read', () => {
    for (const question of readOnly) {
      it(`into ${JSON.stringify(question)}`, async () => {
        model.behave({ kind: 'says', content: JSON.stringify(question) });

        assert.deepEqual(await asked(unreadable), question);
        assert.equal(model.calls.length, 1);
      });
    }

    it('for the person whom the channel names', async () => {
      model.behave({ kind: 'says', content: '{"intent":"balance"}' });

      await chat.say(unreadable);

      const asker = product.answer.firstCall.args[1];
      assert.deepEqual([asker.tenant, asker.person], [sandboxTenant.id, grace.id]);
    });

    it('by an API that is asked once, with the key and the limits', async () => {
      await chat.say(unreadable);

      const [call] = model.calls;
      const { messages, ...rest } = JSON.parse(call?.body ?? '');
      assert.equal(call?.path, '/v1/chat/completions');
      assert.equal(call?.headers.authorization, `Bearer ${apiKey}`);
      assert.deepEqual(rest, {
        model: 'gpt-4o-mini',
        max_tokens: 150,
        temperature: 0,
        top_p: 1,
        presence_penalty: 0,
        frequency_penalty: 0,
        response_format: { type: 'json_object' },
      });
      assert.equal(messages.length, 2);
    });

    it('by Azure OpenAI, at the deployment and with the key of the settings', async () => {
      const fetched = sinon
        .stub(globalThis, 'fetch')
        .resolves(new Response(completionOf('{"intent":"help"}')));
      const settings = {
        kind: 'azure',
        apiKey,
        endpoint: 'https://example.openai.azure.com/',
        deployment: 'small',
      } as const;
      const log = { info: sinon.stub(), warn: sinon.stub(), error: sinon.stub() };
      try {
        const turn = { context: {}, memory: { getValue: () => undefined } };
        const reply = await openLanguageModel(settings, log).complete(
          { instructions: 'Sort.', text: 'hello' },
          turn as unknown as Parameters<LanguageModel['complete']>[1],
        );

        const [url, init] = fetched.firstCall.args;
        assert.equal(reply, '{"intent":"help"}');
        assert.equal(
          String(url),
          'https://example.openai.azure.com/openai/deployments/small/chat/completions?api-version=2024-10-21',
        );
        assert.equal(new Headers(init?.headers).get('api-key'), apiKey);
      } finally {
        fetched.restore();
      }
    });
  });

  describe('is told the text and nothing else', () => {
    const texts = [unreadable, ...hostileTexts];
    for (const text of texts) {
      it(`of ${JSON.stringify(text.slice(0, 60))}`, async () => {
        assert.deepEqual(await asked(text), { intent: 'none' });

        const [call, ...others] = model.calls;
        assert.deepEqual(others, []);
        const { messages } = JSON.parse(call?.body ?? '');
        const [system, user] = messages;
        assert.equal(messages.length, 2);
        assert.deepEqual(user, { role: 'user', content: text });
        assert.deepEqual(Object.keys(system).sort(), ['content', 'role']);
        assert.equal(system.role, 'system');
        assert.equal(system.content, await fixedInstructions());
        assert.deepEqual(whatOfThePeople(JSON.stringify(call).replaceAll(JSON.stringify(text), '')), []);
      });
    }

    it('after other texts, of which it is told nothing', async () => {
      await chat.say('moneywise one');
      await chat.say('moneywise two');

      assert.ok(!model.calls[1]?.body.includes('moneywise one'));
    });

    it('in a group too, where those who are mentioned are not named', async () => {
      await chat.say('would <at>Minji Kim</at> know?', 'groupChat');

      const { messages } = JSON.parse(model.calls[0]?.body ?? '');
      assert.equal(messages[1].content.replace(/^@ /, ''), 'would @ know?');
      assert.deepEqual(whatOfThePeople(model.calls[0]?.body ?? ''), []);
    });

    async function fixedInstructions(): Promise<string> {
      await chat.say('something fixed to compare with');
      return JSON.parse(model.calls.at(-1)?.body ?? '').messages[0].content;
    }

    function whatOfThePeople(sent: string): readonly string[] {
      const secrets = sandboxPeople.flatMap((person) => [
        person.id,
        person.displayName,
        person.userPrincipalName,
      ]);
      return [...secrets, sandboxTenant.id, sandboxTenant.displayName].filter((secret) =>
        sent.includes(secret),
      );
    }
  });

  describe('changes nothing and leaves the suggestions, whatever it writes:', () => {
    for (const content of hostileContents) {
      it(JSON.stringify(content.slice(0, 90)), async () => {
        model.behave({ kind: 'says', content });

        assert.deepEqual(await asked(unreadable), { intent: 'none' });
        assert.equal(model.calls.length, 1);
        assert.equal(product.act.callCount, 0);
      });
    }

    it('any JSON at all', async () => {
      const intents = fc.constantFrom('topup', 'mute', 'language', 'recharge_settings', 'approve', 'balance');
      const slots = fc.dictionary(fc.constantFrom('amount', 'tenant', 'period', 'by', 'x'), fc.jsonValue());
      const anything = fc.oneof(
        fc.json(),
        fc.string(),
        fc.tuple(intents, slots).map(([intent, more]) => JSON.stringify({ intent, ...more })),
      );
      await fc.assert(
        fc.asyncProperty(anything, async (content) => {
          time += hourMs;
          model.behave({ kind: 'says', content });
          const { intent } = (await asked(unreadable)) as Question;
          assert.ok(intent === 'none' || readOnly.some((question) => question.intent === intent));
          assert.equal(product.act.callCount, 0);
        }),
        { numRuns: 150 },
      );
    });
  });

  describe('changes nothing and leaves the suggestions, whatever comes over the wire:', () => {
    for (const [sentence, behaviour] of hostileWires) {
      it(sentence, async () => {
        const printed = sinon.spy(console, 'log');
        const loggedBefore = chat.bot.logged.length;
        model.behave(behaviour);
        try {
          assert.deepEqual(await asked(unreadable), { intent: 'none' });
        } finally {
          printed.restore();
        }

        assert.equal(model.calls.length, 1, 'it is not asked again');
        assert.equal(product.act.callCount, 0);
        assert.equal(printed.callCount, 0);
        const logged = chat.bot.logged.slice(loggedBefore);
        assert.match(JSON.stringify(logged), /"fault":"[a-z0-9-]+"/);
        assert.doesNotMatch(JSON.stringify(logged), /moneywise|sk-/);
      });
    }

    it('and even where a defect of ours comes to light, which is logged without its text', async () => {
      const broken = await startBotInTeams(product, () => ({
        complete: () => Promise.reject(new TypeError('moneywise')),
      }));
      try {
        await broken.say(unreadable);

        assert.deepEqual(product.answer.firstCall.args[0], { intent: 'none' });
        assert.match(JSON.stringify(broken.bot.logged), /"fault":"defect","error":"TypeError"/);
        assert.doesNotMatch(JSON.stringify(broken.bot.logged), /moneywise/);
      } finally {
        await broken.stop();
      }
    });

    it('and is asked again for the next text', async () => {
      model.behave({ kind: 'sends', status: 500, body: '' });
      await chat.say(unreadable);
      model.behave({ kind: 'says', content: '{"intent":"balance"}' });

      assert.deepEqual(await asked(unreadable), { intent: 'balance' });
    });
  });

  describe('is not called', () => {
    it('for a text that the grammar understands', async () => {
      const samples = [...labelled('tuned'), ...labelled('held-out')].filter(({ text }) => {
        return readByGrammar(text).intent !== 'none';
      });
      product.understand.callsFake((text) => ({ question: readByGrammar(text), language: 'en' }));

      for (const { text } of samples.slice(0, 100)) await chat.say(text);

      assert.ok(samples.length > 100);
      assert.equal(model.calls.length, 0);
    });

    it('for a text that is too long', async () => {
      assert.deepEqual(await asked('x'.repeat(maxTextLength + 1)), { intent: 'none' });
      assert.equal(model.calls.length, 0);
    });

    it('for somebody of whom the channel names no directory object', async () => {
      const stranger = { id: '29:stranger', name: 'Somebody' };

      await chat.bot.post(from(chat.teams.serviceUrl, message(unreadable, { from: stranger })));

      assert.deepEqual(product.answer.firstCall.args[0], { intent: 'none' });
      assert.equal(model.calls.length, 0);
    });

    it('more often than a person may in a minute', async () => {
      for (let index = 0; index <= callLimits.perPersonAMinute; index += 1)
        await chat.say(`moneywise ${index}`);
      assert.equal(model.calls.length, callLimits.perPersonAMinute);
      assert.equal(product.answer.callCount, callLimits.perPersonAMinute + 1);

      time += 60_000;
      await chat.say(unreadable);
      assert.equal(model.calls.length, callLimits.perPersonAMinute + 1);
    });

    it('more often than a tenant may in an hour', async () => {
      time = Math.ceil(time / hourMs) * hourMs;
      const minutes = Math.ceil(callLimits.perTenantAnHour / callLimits.perPersonAMinute);
      for (let minute = 0; minute <= minutes; minute += 1) {
        for (let index = 0; index < callLimits.perPersonAMinute; index += 1) await chat.say(unreadable);
        time += 60_000;
      }
      assert.equal(model.calls.length, callLimits.perTenantAnHour);

      time += hourMs;
      await chat.say(unreadable);
      assert.equal(model.calls.length, callLimits.perTenantAnHour + 1);
    });

    it('where none is configured', async () => {
      const without = await startBotInTeams(product);
      const fetched = sinon.spy(globalThis, 'fetch');
      try {
        await without.say(unreadable);

        assert.deepEqual(product.answer.firstCall.args[0], { intent: 'none' });
        const hosts = fetched.args.map(([url]) => new URL(String(url)).hostname);
        assert.ok(hosts.every((host) => host === '127.0.0.1'));
        assert.equal(model.calls.length, 0);
      } finally {
        fetched.restore();
        await without.stop();
      }
    });
  });

  function readByGrammar(text: string): Question {
    return understand(text, { locale: 'en-US', timeZone: 'UTC', now: time, currency: 'USD' }).question;
  }
});
