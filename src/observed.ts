import type { Answer } from './answers/answer.ts';
import { intents } from './language/question.ts';
import type { Ending, Observe, OperationEnd } from './observe.ts';
import type { Deliver, Outcome, Reach } from './outbox/deliver.ts';
import type { Product } from './product.ts';
import { verbs } from './workflows/act.ts';

/** In milliseconds that only go forward. */
export type Stopwatch = () => number;

interface Watching {
  readonly observe: Observe;
  readonly stopwatch: Stopwatch;
}

/** The same product, of which each operation is told when it ends. */
export function observedProduct(product: Product, watching: Watching): Product {
  return {
    ...product,
    answer: (question, ...asked) =>
      timed(watching, { operation: 'turn', name: known(intents, question.intent) }, endOfAnswer, () =>
        product.answer(question, ...asked),
      ),
    answerSpokenRequest: (request, asker) =>
      timed(watching, { operation: 'turn', name: request }, endOfAnswer, () =>
        product.answerSpokenRequest(request, asker),
      ),
    act: (tap, asker) =>
      timed(watching, { operation: 'tap', name: known(verbs, tap.verb) }, endOfAnswer, () =>
        product.act(tap, asker),
      ),
    reportEvent: (event) =>
      timed(
        watching,
        { operation: 'event', name: 'billing' },
        (told) => (told.kind === 'refused' ? 'refused' : told.repeated ? 'repeated' : 'done'),
        () => product.reportEvent(event),
      ),
    feedUsage: (tenant) =>
      timed(
        watching,
        { operation: 'feed', name: 'usage' },
        ({ kind }) => (kind === 'complete' ? 'done' : 'again'),
        () => product.feedUsage(tenant),
      ),
    refreshPeople: (tenant) =>
      timed(
        watching,
        { operation: 'feed', name: 'people' },
        () => 'done',
        () => product.refreshPeople(tenant),
      ),
  };
}

/** The same way to Teams, of which each request is told. */
export function observedDeliver(deliver: Deliver, watching: Watching): Deliver {
  const request = <Result extends SomeOutcome>(name: string, work: () => Promise<Result>) =>
    timed(watching, { operation: 'send', name }, endOfRequest, work);
  return {
    ...deliver,
    open: (...to) => request('open', () => deliver.open(...to)),
    send: (...said) => request('send', () => deliver.send(...said)),
    edit: (...said) => request('edit', () => deliver.edit(...said)),
    retire: (...said) => request('retire', () => deliver.retire(...said)),
    note: (...said) => request('note', () => deliver.note(...said)),
  };
}

/** The same ways to people who are in no chat. */
export function observedReach(reach: Reach, watching: Watching): Reach {
  const request = <Result extends SomeOutcome>(name: string, work: () => Promise<Result>) =>
    timed(watching, { operation: 'send', name }, endOfRequest, work);
  return {
    install: (...whom) => request('install', () => reach.install(...whom)),
    mail: (...said) => request('mail', () => reach.mail(...said)),
  };
}

/** The same work, of which each run is told. */
export function observedStep<Step extends { readonly name: string; run: (...of: never[]) => Promise<void> }>(
  step: Step,
  watching: Watching,
): Step {
  return {
    ...step,
    run: (...of: Parameters<Step['run']>) =>
      timed(
        watching,
        { operation: 'step', name: step.name },
        () => 'done',
        () => step.run(...of),
      ),
  };
}

type SomeOutcome = { readonly kind: Outcome['kind'] | 'opened' };

function endOfRequest({ kind }: SomeOutcome): Ending {
  switch (kind) {
    case 'sent':
    case 'opened':
      return 'done';
    case 'gave-up':
      return 'refused';
    case 'again':
    case 'unknown':
      return kind;
  }
}

function endOfAnswer({ kind }: Answer): Ending {
  return kind === 'refused' || kind === 'not-eligible' ? 'refused' : 'done';
}

/** Whatever else somebody makes up has no name of its own. */
function known(names: readonly string[], name: string): string {
  return names.includes(name) ? name : 'other';
}

async function timed<Result>(
  { observe, stopwatch }: Watching,
  what: Pick<OperationEnd, 'operation' | 'name'>,
  endOf: (result: Result) => Ending,
  work: () => Promise<Result>,
): Promise<Result> {
  const begunAt = stopwatch();
  const ended = (outcome: Ending) =>
    observe.ended({ ...what, outcome, seconds: (stopwatch() - begunAt) / 1_000 });
  try {
    const result = await work();
    ended(endOf(result));
    return result;
  } catch (error) {
    ended('failed');
    throw error;
  }
}
