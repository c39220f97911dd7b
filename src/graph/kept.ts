import { type Instant, minuteMs } from '../decision/time.ts';

const freshMs = 5 * minuteMs;

/** Keeps what was learned for five minutes; what failed is not remembered, so the next question asks again. */
export class Kept<Learned> {
  readonly #learned = new Map<string, { readonly at: Instant; readonly what: Promise<Learned> }>();
  readonly #now: () => Instant;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  get(key: string, learn: () => Promise<Learned>): Promise<Learned> {
    const known = this.#learned.get(key);
    if (known !== undefined && this.#now() - known.at < freshMs) return known.what;

    const what = learn();
    this.#learned.set(key, { at: this.#now(), what });
    what.catch(() => this.#learned.get(key)?.what === what && this.#learned.delete(key));
    return what;
  }
}
