/** What was done, for whoever counts it. Each word is of a closed set, so that no name, number or text gets out. */
export interface Observe {
  /** An operation came to its end. */
  ended(end: OperationEnd): void;
}

export interface OperationEnd {
  readonly operation: Operation;
  /** Which of its kind: an intent, a verb, a request to Teams, a step. */
  readonly name: string;
  readonly outcome: Ending;
  readonly seconds: number;
}

/** `turn` is a question, `tap` an action of a card, `event` one from outside, `send` a request of the outbox. */
export type Operation = 'turn' | 'tap' | 'event' | 'send' | 'feed' | 'step';

export type Ending =
  | 'done'
  | 'refused'
  | 'repeated'
  /** Not done, and done again later. */
  | 'again'
  /** Nobody knows whether it was done. */
  | 'unknown'
  /** It threw: the world was down, or it is a defect. */
  | 'failed';

/** For whoever does not count. */
export const observeNothing: Observe = { ended: () => undefined };
