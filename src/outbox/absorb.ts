import type { Instant } from '../decision/time.ts';
import { type Delivery, firstDelivery, type Step, type Task } from './delivery.ts';
import { isBefore, type Message, type Mode, type Urgency } from './message.ts';
import { settle } from './settle.ts';

/** What is to be done about one message for one recipient. */
export type Absorbed =
  /** Nothing: it was said, or what was said later holds it. */
  | { readonly kind: 'done' }
  /** Somebody is at it, or it is no use to come earlier. */
  | { readonly kind: 'later'; readonly at: Instant }
  /** A request was begun, and whoever began it is gone: its outcome is unknown, and this is what follows. */
  | { readonly kind: 'lost'; readonly delivery: Delivery }
  /** The first step of the task is to be done. */
  | { readonly kind: 'go'; readonly delivery: Delivery; readonly task: Task };

/**
 * Takes a message into what is to be done for its recipient. Messages come in any order and more than once; what is
 * said is always the state at sending, so that one message can say what several were for.
 */
export function absorb(
  stored: Delivery | null,
  message: Message,
  { now, random }: { readonly now: Instant; readonly random: number },
): Absorbed {
  const delivery = stored ?? firstDelivery(message);
  const { task } = delivery;
  if (delivery.done.includes(message.key)) return { kind: 'done' };
  if (task === null) {
    const steps = isSuperseded(delivery, message) ? [] : stepsFor(message.mode, delivery);
    return steps.length === 0 ? { kind: 'done' } : go(delivery, taskFor(message, steps));
  }
  if (task.until > now) return { kind: 'later', at: task.until };
  if (task.begun)
    return { kind: 'lost', delivery: settle({ delivery, task }, { kind: 'unknown' }, { now, random }) };
  if (task.keys.includes(message.key)) return go(delivery, task);
  if (isSuperseded(delivery, message) || isHeldBy(task, message)) return { kind: 'done' };
  return go(delivery, joined(task, message));
}

function go(delivery: Delivery, task: Task): Absorbed {
  return { kind: 'go', delivery: { ...delivery, task }, task };
}

/** What speaks up is superseded only by what spoke up later: an edit makes no sound. */
function isSuperseded({ told, heard }: Delivery, { mode, place }: Message): boolean {
  const latest = mode === 'edit' ? told : heard;
  return latest !== null && isBefore(place, latest);
}

/** What speaks up joins the task all the same, for it may be more urgent. */
function isHeldBy(task: Task, { mode, place }: Message): boolean {
  return mode === 'edit' && isBefore(place, task.place);
}

/** Nothing is edited where no card is; that it is over concerns whoever was told that it began. */
function stepsFor(mode: Mode, { asked, card, told }: Delivery): readonly Step[] {
  // A mail is never put right: it is sent, or it is not.
  if (asked === 'mail') return mode === 'edit' ? [] : ['mail'];
  switch (mode) {
    case 'new':
      return card === null ? ['send'] : ['send', 'retire'];
    case 'edit':
      return card === null ? [] : ['edit'];
    case 'final':
      if (card !== null) return ['edit', 'note'];
      return told === null ? [] : ['send'];
  }
}

function taskFor({ key, place, mode, urgency, silent = false }: Message, steps: readonly Step[]): Task {
  return {
    keys: [key],
    place,
    mode,
    urgency,
    silent,
    steps: [...steps],
    route: 'known',
    attempts: 0,
    until: 0,
    begun: false,
  };
}

const byUrgency: readonly Urgency[] = ['critical', 'warning', 'info'];

function joined(task: Task, message: Message): Task {
  const isLater = isBefore(task.place, message.place);
  const speaksUp = task.mode === 'edit' || (isLater && message.mode !== 'edit');
  return {
    ...task,
    keys: [...task.keys, message.key],
    place: isLater ? message.place : task.place,
    mode: speaksUp ? message.mode : task.mode,
    urgency: byUrgency.find((each) => each === task.urgency || each === message.urgency) ?? task.urgency,
    silent: isSilent(task, message),
    steps: [...joinedSteps(task.steps, message.mode, isLater)],
  };
}

/** One that is to be heard is enough. */
function isSilent(task: Task, { mode, silent = false }: Message): boolean {
  if (mode === 'edit') return task.silent;
  return silent && (task.silent || task.mode === 'edit');
}

const inAnyCaseHeard: ReadonlySet<Step> = new Set<Step>(['send', 'mail', 'hand-over']);

function joinedSteps(steps: readonly Step[], mode: Mode, isLater: boolean): readonly Step[] {
  if (steps.some((each) => inAnyCaseHeard.has(each))) return steps;
  const ofOlder = steps.filter((each) => each === 'retire');
  switch (mode) {
    case 'new':
      // That it is over says more than what came before.
      if (!isLater && steps.includes('note')) return steps;
      return [...ofOlder, 'send', 'retire'];
    case 'edit':
      return steps.includes('edit') ? steps : [...steps, 'edit'];
    case 'final':
      return [...ofOlder, 'edit', 'note'];
  }
}
