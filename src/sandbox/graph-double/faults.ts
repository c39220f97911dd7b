/** What shall go wrong instead of an answer. `on` limits it to questions whose address contains the text. */
export type GraphFault = { readonly on?: string } & (
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code: string;
      readonly retryAfterSeconds?: number;
    }
  /** The connection ends before an answer. */
  | { readonly kind: 'cut' }
  /** The answer ends in the middle of its JSON, as if it were all. */
  | { readonly kind: 'half' }
  /** The answer never comes. */
  | { readonly kind: 'silence' }
  /** The items of the answer come twice each, and in another order. */
  | { readonly kind: 'repeated' }
  /** The items' numbers come as objects. */
  | { readonly kind: 'wrong-types' }
  /** The next page is said to be on another host. */
  | { readonly kind: 'foreign-link' }
);

/** Faults to come, each for one question, in their order. */
export class GraphFaults {
  #waiting: readonly GraphFault[] = [];
  readonly #spoiled = new Set<string>();

  /** Each answer that holds this text is no JSON from now on. */
  spoil(text: string): void {
    this.#spoiled.add(text);
  }

  /** The answer's text as it goes out. */
  asSpoiled(text: string): string {
    const found = [...this.#spoiled].find((each) => text.includes(each));
    return found === undefined ? text : text.replace(`"${found}"`, `"${found}`);
  }

  /** Lets the next questions fail, one after another. */
  add(...faults: readonly GraphFault[]): void {
    this.#waiting = [...this.#waiting, ...faults];
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes the first fault that concerns this address, or null. */
  take(url: string): GraphFault | null {
    const first = this.#waiting.findIndex(({ on }) => on === undefined || url.includes(on));
    const fault = this.#waiting[first];
    this.#waiting = this.#waiting.filter((_, index) => index !== first);
    return fault ?? null;
  }
}
