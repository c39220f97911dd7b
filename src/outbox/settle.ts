import type { Instant } from '../decision/time.ts';
import type { Again, Card, GaveUp } from './deliver.ts';
import type { Delivery, Step, Task } from './delivery.ts';
import { isBefore } from './message.ts';

/** A delivery with something to do. */
export interface AtWork {
  readonly delivery: Delivery;
  readonly task: Task;
}

/** When, and with which chance (at least 0, below 1), for those who failed together shall not come back together. */
export interface Moment {
  readonly now: Instant;
  readonly random: number;
}

/** What came of a step. */
export type StepOutcome =
  | Again
  | GaveUp
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'sent';
      /** The step's, where it made or edited one. */
      readonly card: Pick<Card, 'conversation' | 'serviceUrl' | 'activityId'> | null;
      readonly said: Delivery['said'];
    }
  /** The same was heard already, after the message was committed. */
  | { readonly kind: 'heard' }
  | { readonly kind: 'nothing-to-say' }
  /** The world was down before a request left; the error is for whoever asked. */
  | { readonly kind: 'undone'; readonly error: unknown };

/** A request takes less; whoever has not written down the outcome by then is taken for gone. */
export const leaseMs = 8_000;

/** The step is about to be done: from now on its outcome may be unknown. */
export function begin({ delivery, task }: AtWork, now: Instant): Delivery {
  return { ...delivery, state: 'sending', at: now, task: { ...task, begun: true, until: now + leaseMs } };
}

/** What a step's outcome makes of a delivery. */
export function settle({ delivery, task }: AtWork, outcome: StepOutcome, moment: Moment): Delivery {
  const at: AtWork = {
    delivery: { ...delivery, at: moment.now },
    task: { ...task, begun: false, until: moment.now },
  };
  switch (outcome.kind) {
    case 'sent':
      return sent(at, outcome);
    case 'again':
      return again(at, outcome, moment);
    case 'gave-up':
      return gaveUp(at, outcome);
    case 'unknown':
      return unknown(at, moment);
    case 'undone':
      return { ...at.delivery, state: 'waiting', task: at.task };
    case 'heard':
      return goOn(aloud(at, { state: 'sent' }), task.steps.slice(1));
    case 'nothing-to-say':
      return goOn(aloud(at, { state: 'nothing-to-say' }), []);
  }
}

function sent(at: AtWork, { card, said }: Pick<Delivery, 'card' | 'said'>): Delivery {
  const { delivery } = at;
  const [step, ...rest] = at.task.steps;
  const told = {
    state: 'sent',
    why: null,
    toldAt: delivery.toldAt ?? delivery.at,
    way: delivery.recipient === 'channel' ? 'channel' : 'chat',
  } as const;
  switch (step) {
    case 'send':
      return goOn(aloud(at, { ...told, card, said, older: delivery.card ?? delivery.older }), rest);
    case 'edit':
      return goOn({ ...at, delivery: { ...delivery, ...told, card } }, rest);
    case 'retire':
      return goOn({ ...at, delivery: { ...delivery, state: 'sent', older: null } }, rest);
    case 'mail':
      return goOn(aloud(at, { state: 'sent', way: 'mail', said, toldAt: told.toldAt }), rest);
    case 'hand-over':
      return goOn(aloud(at, { state: 'gave-up' }), rest);
    default:
      return goOn(aloud(at, { ...told, said }), rest);
  }
}

/** All messages that the task stands for by now were heard, and none that joins it later. */
function aloud({ delivery, task }: AtWork, changed: Partial<Delivery>): AtWork {
  return { task, delivery: { ...delivery, ...changed, heard: later(delivery.heard, task.place) } };
}

const mostAttempts = 12;
/** Whoever is asked to wait longer takes another way. */
const longestRetryAfterMs = 600_000;

function again({ delivery, task }: AtWork, { afterMs, why }: Again, { now, random }: Moment): Delivery {
  const attempts = task.attempts + 1;
  if (attempts >= mostAttempts || (afterMs ?? 0) > longestRetryAfterMs) {
    return gaveUp({ delivery, task }, { kind: 'gave-up', why: 'busy' });
  }
  const waitMs = afterMs === null ? backoffMs(attempts, random) : afterMs * (1 + random / 10);
  return { ...delivery, state: 'waiting', why, task: { ...task, attempts, until: now + Math.ceil(waitMs) } };
}

const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;

function backoffMs(attempts: number, random: number): number {
  const full = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempts - 1));
  return Math.ceil(full * (0.5 + random / 2));
}

/** The conversation is not there any more: one that is opened anew may be. */
const conversationIsGone: ReadonlySet<string> = new Set(['not-in-roster', 'not-found']);

function gaveUp({ delivery, task }: AtWork, { why }: GaveUp): Delivery {
  const [step, ...rest] = task.steps;
  const troubled: Delivery = { ...delivery, why: delivery.why ?? why, state: 'gave-up' };
  const isPerson = delivery.recipient !== 'channel';
  switch (step) {
    case 'send':
      if (isPerson && task.route === 'known' && conversationIsGone.has(why)) {
        return { ...delivery, state: 'waiting', why, task: { ...task, route: 'new', attempts: 0 } };
      }
      return goOn({ task, delivery: { ...troubled, why } }, isPerson ? ['mail'] : []);
    case 'note':
      return goOn({ task, delivery: { ...troubled, why } }, isPerson ? ['mail'] : []);
    case 'mail':
      // What was to go by mail beside the chat tells that it could not; the chain goes on by itself.
      return goOn({ task, delivery: troubled }, delivery.asked === 'mail' ? [] : ['hand-over']);
    case 'edit':
      if (why === 'message-gone') {
        return goOn({ task, delivery: { ...delivery, card: null } }, ['send', ...rest.filter(isOfOlder)]);
      }
      return goOn({ task, delivery: { ...troubled, why } }, rest);
    default:
      return goOn({ task, delivery: { ...delivery, state: 'sent', older: null } }, rest);
  }
}

function isOfOlder(step: Step): boolean {
  return step === 'retire';
}

/** Done twice, these are as good as done once. */
const repeatable: ReadonlySet<Step | undefined> = new Set<Step>(['edit', 'retire', 'hand-over']);
const mostResends = 10;

/**
 * A second message that nobody needed is a smaller harm than a balance at zero that nobody heard of; what is not
 * critical is not sent twice. Either is counted.
 */
function unknown({ delivery, task }: AtWork, moment: Moment): Delivery {
  const [step, ...rest] = task.steps;
  if (repeatable.has(step)) {
    return again({ delivery, task }, { kind: 'again', afterMs: null, why: 'no-answer' }, moment);
  }
  const unsure: Delivery = { ...delivery, state: 'unknown', unknowns: delivery.unknowns + 1 };
  if (task.urgency !== 'critical' || delivery.resent >= mostResends) {
    return goOn(
      { task, delivery: unsure },
      rest.filter((each) => !isOfOlder(each)),
    );
  }
  const resent = { ...unsure, resent: delivery.resent + 1 };
  return { ...resent, task: { ...task, until: moment.now + backoffMs(1, moment.random) } };
}

/** The next step, or the end. */
function goOn({ delivery, task }: AtWork, steps: readonly Step[]): Delivery {
  const left = delivery.older === null ? steps.filter((step, index) => index > 0 || !isOfOlder(step)) : steps;
  if (left.length > 0) {
    const isUnsettled = delivery.state === 'gave-up' || delivery.state === 'sending';
    const state = isUnsettled ? 'waiting' : delivery.state;
    return { ...delivery, state, task: { ...task, steps: [...left], attempts: 0 } };
  }
  return {
    ...delivery,
    task: null,
    told: later(delivery.told, task.place),
    done: [...delivery.done, ...task.keys].slice(-keysKept),
  };
}

/** A message comes again soon or never; older ones are told by their place. */
const keysKept = 20;

function later(place: string | null, other: string): string {
  return place !== null && isBefore(other, place) ? place : other;
}
