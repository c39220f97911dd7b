/** Values that are dear to make, by key; beyond its size the one not used for longest is given up. */
export class RecentlyUsed<Value> {
  readonly #values = new Map<string, Value>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** `make` never yields undefined. */
  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) {
      // A Map keeps the order of insertion, so that putting it back makes it the youngest.
      this.#values.delete(key);
      this.#values.set(key, known);
      return known;
    }
    const made = make();
    this.#values.set(key, made);
    const oldest = this.#values.keys().next();
    if (this.#values.size > this.#size && !oldest.done) this.#values.delete(oldest.value);
    return made;
  }
}
