/**
 * Batches of a slow source, one ahead of their use: while the store works on one, the next is read. At most one is
 * ahead, so that memory stays bounded.
 */
export class ReadAhead<Batch> {
  readonly #source: AsyncIterator<Batch>;
  #next: Promise<IteratorResult<Batch>> | null = null;

  constructor(source: AsyncIterable<Batch>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Begins to read the next batch, if that is not under way; what goes wrong is told by {@link take}. */
  begin(): void {
    if (this.#next !== null) return;
    this.#next = this.#source.next();
    this.#next.catch(() => undefined);
  }

  /** The next batch, or null after the last. Rejects with what the source throws. */
  async take(): Promise<Batch | null> {
    this.begin();
    const next = await this.#next;
    this.#next = null;
    return next === null || next.done === true ? null : next.value;
  }

  /** Lets the source go, whether it was read to its end or not. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
