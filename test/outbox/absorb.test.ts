import assert from 'node:assert/strict';
import { absorb } from '../../src/outbox/absorb.ts';
import { type Delivery, firstDelivery, type Step, type Task } from '../../src/outbox/delivery.ts';
import { isBefore, type Message, type Mode } from '../../src/outbox/message.ts';
import { begin, type StepOutcome, settle } from '../../src/outbox/settle.ts';

const now = 1_000_000;
const moment = { now, random: 0 };
const card = { conversation: 'chat', serviceUrl: null, activityId: 'card' };
const said = { digest: 'said', asOf: now };

function message(mode: Mode, place = '5-0', more: Partial<Message> = {}): Message {
  return {
    key: `${mode} ${place}`,
    place,
    about: { kind: 'incident', id: 'zero' },
    recipient: 'channel',
    mode,
    urgency: 'info',
    way: 'chat',
    ...more,
  };
}

const fresh = firstDelivery(message('new'));
const told: Delivery = { ...fresh, state: 'sent', card, told: '3-0', heard: '3-0' };

function stepsOf(stored: Delivery | null, of: Message): readonly Step[] | string {
  const absorbed = absorb(stored, of, moment);
  return absorbed.kind === 'go' ? absorbed.task.steps : absorbed.kind;
}

function workOf(of: Message, stored: Delivery | null = null): { delivery: Delivery; task: Task } {
  const absorbed = absorb(stored, of, moment);
  return absorbed.kind === 'go' ? absorbed : assert.fail(absorbed.kind);
}

describe('what a message is for one recipient', () => {
  const cases: readonly [sentence: string, Delivery | null, Message, readonly Step[] | string][] = [
    ['a card for who has none', null, message('new'), ['send']],
    ['a card, and the older made inert', told, message('new'), ['send', 'retire']],
    ['an edit in place', told, message('edit'), ['edit']],
    ['nothing to edit for who has no card', null, message('edit'), 'done'],
    ['the end, on the card and in a line', told, message('final'), ['edit', 'note']],
    ['no end for who knows of no beginning', null, message('final'), 'done'],
    [
      'the end as a card for who may have missed the beginning',
      { ...told, card: null },
      message('final'),
      ['send'],
    ],
    ['nothing twice', { ...told, done: ['new 5-0'] }, message('new'), 'done'],
    ['nothing that a later one has said', { ...told, told: '6-0' }, message('edit'), 'done'],
    ['nothing that a later one has said aloud', { ...told, heard: '6-0' }, message('new'), 'done'],
    ['heard, where a later one made no sound', { ...told, told: '6-0' }, message('new'), ['send', 'retire']],
  ];
  for (const [sentence, stored, of, steps] of cases) {
    it(`is ${sentence}`, () => assert.deepEqual(stepsOf(stored, of), steps));
  }

  it('waits while somebody is at it, and is lost where that one is gone', () => {
    const begun = begin(workOf(message('new')), now - 1_000);
    assert.equal(stepsOf(begun, message('edit', '6-0')), 'later');
    assert.equal(stepsOf(begin(workOf(message('new')), now - 60_000), message('new')), 'lost');
  });

  it('is said together with others that wait', () => {
    const waiting = workOf(message('new', '5-0', { urgency: 'warning' })).delivery;
    const joined = workOf(message('edit', '6-0', { urgency: 'critical' }), waiting).task;
    assert.deepEqual(joined.steps, ['send']);
    assert.deepEqual(joined.keys, ['new 5-0', 'edit 6-0']);
    assert.equal(joined.place, '6-0');
    assert.equal(joined.urgency, 'critical');
    const edit = workOf(message('edit', '6-0'), told).delivery;
    assert.deepEqual(stepsOf(edit, message('new', '5-0')), ['send', 'retire']);
    assert.deepEqual(stepsOf(edit, message('final', '7-0')), ['edit', 'note']);
    assert.equal(stepsOf(edit, message('edit', '5-0')), 'done');
  });

  it('is a mail alone where that was asked for, and nothing that is edited', () => {
    const person = { recipient: '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91' as Message['recipient'] };
    const mail = (mode: Mode): Message => message(mode, '5-0', { ...person, way: 'mail' });
    const beside = firstDelivery(mail('new'));
    assert.deepEqual(stepsOf(beside, mail('new')), ['mail']);
    assert.equal(stepsOf(beside, mail('edit')), 'done');
  });

  it('orders places by their numbers', () => {
    assert.ok(isBefore('9-0', '10-0'));
    assert.ok(isBefore('10-2', '10-10'));
    assert.ok(!isBefore('10-0', '10-0'));
  });
});

describe("what a step's outcome makes of a delivery", () => {
  const person = { recipient: '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91' as Message['recipient'] };
  const critical = message('new', '5-0', { ...person, urgency: 'critical' });
  const settled = (of: Message, outcome: StepOutcome, stored: Delivery | null = null): Delivery =>
    settle(workOf(of, stored), outcome, moment);

  it('sent: the card is known, and the message done', () => {
    const {
      state,
      card: kept,
      done,
      told: last,
      heard,
      task,
    } = settled(critical, { kind: 'sent', card, said });
    assert.deepEqual(
      { state, kept, done, last, heard, task },
      { state: 'sent', kept: card, done: [critical.key], last: '5-0', heard: '5-0', task: null },
    );
  });

  it('a mail that cannot be sent: said so, and not handed over', () => {
    const { state, way, why, task } = settled(message('new', '5-0', { ...person, way: 'mail' }), {
      kind: 'gave-up',
      why: 'no-mailbox',
    });
    assert.deepEqual(
      { state, way, why, task },
      { state: 'gave-up', way: null, why: 'no-mailbox', task: null },
    );
  });

  it('again: it is waited as long as asked, and a little longer by chance', () => {
    const busy = { kind: 'again', afterMs: 7_000, why: '429' } as const;
    const { task, state } = settle(workOf(critical), busy, { now, random: 0.5 });
    assert.equal(state, 'waiting');
    assert.equal(task?.until, now + 7_350);
  });

  it('again and again: after a bounded number of tries another way is taken', () => {
    let delivery = workOf(critical).delivery;
    let tries = 0;
    for (; delivery.task?.steps[0] === 'send'; tries += 1) {
      const { task } = delivery;
      delivery = settle({ delivery, task }, { kind: 'again', afterMs: null, why: '503' }, moment);
    }
    assert.equal(tries, 12);
    assert.deepEqual(delivery.task?.steps, ['mail']);
    assert.equal(delivery.why, 'busy');
  });

  const gone: readonly [
    why: 'blocked' | 'not-in-roster' | 'too-big',
    steps: readonly Step[],
    route: string,
  ][] = [
    ['blocked', ['mail'], 'known'],
    ['too-big', ['mail'], 'known'],
    ['not-in-roster', ['send'], 'new'],
  ];
  for (const [why, steps, route] of gone) {
    it(`${why}: ${steps.join()} by the ${route} chat is next`, () => {
      const { task } = settled(critical, { kind: 'gave-up', why });
      assert.deepEqual(task?.steps, steps);
      assert.equal(task?.route, route);
    });
  }

  it('no mail either: the channel is told, and the first cause is kept', () => {
    const byMail = settled(critical, { kind: 'gave-up', why: 'blocked' });
    const next = settle(
      { delivery: byMail, task: byMail.task ?? assert.fail() },
      { kind: 'gave-up', why: 'no-mailbox' },
      moment,
    );
    assert.deepEqual(next.task?.steps, ['hand-over']);
    assert.equal(next.why, 'blocked');
    const end = settle(
      { delivery: next, task: next.task ?? assert.fail() },
      { kind: 'sent', card: null, said: null },
      moment,
    );
    assert.deepEqual([end.state, end.why, end.task], ['gave-up', 'blocked', null]);
  });

  it('the card is gone: another is sent in its place', () => {
    const { task, card: kept } = settled(message('final'), { kind: 'gave-up', why: 'message-gone' }, told);
    assert.deepEqual(task?.steps, ['send']);
    assert.equal(kept, null);
  });

  it('unknown: what is critical is sent again and counted, else nothing is', () => {
    const again = settled(critical, { kind: 'unknown' });
    assert.deepEqual([again.state, again.unknowns, again.resent], ['unknown', 1, 1]);
    assert.deepEqual(again.task?.steps, ['send']);
    const left = settled({ ...critical, urgency: 'warning' }, { kind: 'unknown' });
    assert.deepEqual([left.state, left.unknowns, left.resent, left.task], ['unknown', 1, 0, null]);
    const edit = settled(message('edit'), { kind: 'unknown' }, told);
    assert.deepEqual([edit.unknowns, edit.task?.steps], [0, ['edit']]);
  });
});
