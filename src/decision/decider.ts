import type { Instant } from './time.ts';

/**
 * A rule's "no", as a value with code and data and without a sentence: cards speak, in the reader's language.
 * Exceptions are for defects and for a world that is down.
 */
export interface Refusal {
  readonly code: string;
  readonly data?: Readonly<Record<string, string | number>>;
}

export type Decision<Event, No extends Refusal = Refusal> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'refused'; readonly refusal: No };

/** Three pure functions that hold all rules of one capability. An accepted decision with no events changes nothing. */
export interface Decider<State, Command, Event, No extends Refusal = Refusal> {
  decide(state: State, command: Command, at: Instant): Decision<Event, No>;
  evolve(state: State, event: Event): State;
}

export function accepted<Event>(...events: readonly Event[]): Decision<Event, never> {
  return { kind: 'accepted', events };
}

export function refused<No extends Refusal>(refusal: No): { readonly kind: 'refused'; readonly refusal: No } {
  return { kind: 'refused', refusal };
}
