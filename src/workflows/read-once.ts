import type { JsonValue } from '../decision/json.ts';

/**
 * A reader that checks each stored value once: the store hands out the same one for as long as it did not change.
 * What was concluded from a state is kept with it, so that equal questions cost next to nothing.
 */
export function readOnce<State extends object>(
  read: (stored: JsonValue) => State,
): (stored: JsonValue) => State {
  const known = new WeakMap<object, State>();
  return (stored) => {
    if (typeof stored !== 'object' || stored === null) return read(stored);
    let state = known.get(stored);
    if (state === undefined) {
      state = read(stored);
      known.set(stored, state);
    }
    return state;
  };
}
