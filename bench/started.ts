/** What a bench has started, and how each is ended, whether the bench comes to its end, fails or is interrupted. */
export class Started {
  readonly #ends: (() => Promise<void>)[] = [];
  #ended: Promise<void> | null = null;

  /** To be told in the same breath as the start, so that no signal falls between the two. */
  add(end: () => Promise<void>): void {
    if (this.#ended === null) this.#ends.push(end);
    else void end();
  }

  /** Ends the last first, since it may lean on those before. May be asked for more than once. */
  endAll(): Promise<void> {
    this.#ended ??= this.#endEach();
    return this.#ended;
  }

  async #endEach(): Promise<void> {
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) await end();
  }
}
