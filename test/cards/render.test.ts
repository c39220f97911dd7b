import assert from 'node:assert/strict';
import { render } from '../../cards/render.ts';
import type { BalanceReconciledAnswer } from '../../src/answers/answer.ts';
import { minuteMs } from '../../src/decision/time.ts';
import { elementsOf } from './card-rules.ts';
import { readers, sampleAnswer } from './samples.ts';

const balance = sampleAnswer('balance', 'usual');

describe('render', () => {
  it('says amount, ISO currency, source and age in the first line', () => {
    assert.equal(firstLine(render(balance, readers.en).text), '$412.80 USD, estimated as of 14:05 KST');
    assert.equal(firstLine(render(balance, readers.ko).text), 'US$412.80 USD, 오후 2:05 기준 추정 잔액');
  });

  it('calls a figure confirmed as long as no call has moved it', () => {
    const confirmed = sampleAnswer('balance', 'confirmed-just-now');
    assert.equal(firstLine(render(confirmed, readers.en).text), '$438.16 USD, confirmed 14:04 KST');
  });

  it('says why an incident is told in the quiet hours, and nothing of it outside of them', () => {
    const zero = sampleAnswer('incident', 'zero');
    const why = 'You hear this in your quiet hours because calls have stopped.';
    assert.ok(render(zero, { ...readers.en, inQuietHours: true }).text.includes(why));
    assert.ok(!render(zero, readers.en).text.includes('quiet hours'));
    assert.match(render(zero, { ...readers.ko, inQuietHours: true }).text, /방해 금지 시간이지만/u);
  });

  it('says how the figure is known', () => {
    assert.match(
      render(balance, readers.en).text,
      /From 1,284 charged calls reported up to 09:00\. Checked against the admin centre 3 days ago, 0\.4% off\./,
    );
  });

  it('names both currencies where there are two, and asks for one in the form', () => {
    const { card, text } = render(sampleAnswer('balance', 'two-currencies'), readers.en);
    assert.equal(firstLine(text), '$412.80 USD and ₩1,234,567 KRW, estimated as of 14:05 KST');
    const choice = elementsOf(card).find((element) => element.type === 'Input.ChoiceSet');
    assert.deepEqual(choice?.choices, [
      { title: 'US Dollar (USD)', value: 'USD' },
      { title: 'South Korean Won (KRW)', value: 'KRW' },
    ]);
  });

  it('sends only ids with the form, and the same ones on the way of old clients', () => {
    const { card } = render(balance, readers.en);
    const execute = elementsOf(card).find((element) => element.type === 'Action.Execute');
    assert.equal(execute?.verb, 'balance.reconcile');
    assert.deepEqual(execute?.data, { currency: 'USD', ledgerVersion: 412 });
    assert.deepEqual(execute?.fallback, {
      type: 'Action.Submit',
      title: 'Compare and record',
      style: 'positive',
      data: { verb: 'balance.reconcile', currency: 'USD', ledgerVersion: 412 },
    });
  });

  it('leaves nothing to send on a card that tells what was recorded', () => {
    const { card } = render(sampleAnswer('balance-reconciled', 'lower'), readers.en);
    assert.deepEqual(
      elementsOf(card).filter((element) => /^(Input|Action\.(Execute|ShowCard))/.test(String(element.type))),
      [],
    );
  });

  it('keeps what was typed in the form below a refusal', () => {
    const { card } = render(sampleAnswer('refused', 'amount-not-a-number'), readers.en);
    const typed = elementsOf(card).filter((element) => element.type === 'Input.Text');
    assert.deepEqual(
      typed.map((input) => input.value),
      ['four hundred', 'Checked after lunch'],
    );
  });

  it('answers who chose a language in that language', () => {
    const { card, text } = render({ kind: 'language', chosen: 'ko' }, readers.en);
    assert.equal(card.lang, 'ko');
    assert.equal(firstLine(text), '이제 한국어로 답하겠습니다');
  });

  it('writes numbers as the language does where the client is set to another', () => {
    const { text } = render(balance, { ...readers.en, locale: 'de-DE' });
    assert.equal(firstLine(text), '$412.80 USD, estimated as of 14:05 KST');
  });

  it('takes the signs of Markdown out of a name, and leaves a reason as it was written', () => {
    const reconciled = sampleAnswer('balance-reconciled', 'lower') as BalanceReconciledAnswer;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what a person might type.
    const reason = '[see](https://example.org) *now* ${line} [은/는]';
    const { card, text } = render({ ...reconciled, by: '**Kim** [x](y)', reason }, readers.ko);
    assert.match(text, /기록한 사람: Kim x y/);
    const runs = elementsOf(card).filter((element) => element.type === 'TextRun');
    assert.equal(runs.at(-1)?.text, reason);
  });

  it('leads from a channel to the personal chat where the id of the bot is known', () => {
    const status = sampleAnswer('balance-status', 'low');
    const { botId, ...stranger } = readers.en;
    const url = `https://teams.microsoft.com/l/chat/0/0?users=28:${botId}`;
    assert.equal(elementsOf(render(status, readers.en).card).find((element) => element.url)?.url, url);
    assert.deepEqual(render(status, stranger).card.actions, []);
  });

  it('tells no figure in a channel and to nobody without a role', () => {
    for (const [kind, name] of [
      ['balance-status', 'low'],
      ['not-eligible', 'no-role'],
    ] as const) {
      assert.doesNotMatch(render(sampleAnswer(kind, name), readers.en).text, /[$₩€]|USD|KRW/);
    }
  });

  it('makes one card for all who ask the same within a minute', () => {
    const first = render(balance, readers.en);
    assert.equal(render(balance, { ...readers.en, now: readers.en.now + 30_000 }), first);
    assert.notEqual(render(balance, { ...readers.en, now: readers.en.now + minuteMs }), first);
  });

  it('makes cards that nobody can change for another', () => {
    assert.throws(() => Object.assign(render(balance, readers.en).card, { body: [] }), TypeError);
  });

  it('speaks the first line and what can be chosen', () => {
    assert.equal(
      render(balance, readers.en).speak,
      '$412.80 USD, estimated as of 14:05 KST. You can choose: Check against the admin centre, When do we run out, or What did we spend on.',
    );
  });
});

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
