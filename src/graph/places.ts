/** Who wants a place: somebody who waits goes before work that nobody waits for. */
export interface Comer {
  readonly somebodyWaits: boolean;
}

/**
 * A bounded number of places under each key; whoever finds none waits in order. The last place is never given to work
 * that nobody waits for: a slow answer may take such work a minute, and a person has seconds.
 */
export class Places {
  readonly #most: number;
  readonly #lines = new Map<string, Line>();

  /** At least two. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Does the work in a place of the key, and throws what it throws. */
  async whileHeld<Result>(key: string, comer: Comer, work: () => Promise<Result>): Promise<Result> {
    const line = this.#lines.get(key) ?? { taken: 0, people: [], background: [] };
    this.#lines.set(key, line);
    await new Promise<void>((begin) => {
      (comer.somebodyWaits ? line.people : line.background).push(begin);
      this.#letIn(line);
    });
    try {
      return await work();
    } finally {
      line.taken -= 1;
      this.#letIn(line);
      // A process serves many tenants in its life, and most of them ask nothing most of the time.
      if (line.taken === 0) this.#lines.delete(key);
    }
  }

  #letIn(line: Line): void {
    for (;;) {
      const begin = this.#next(line);
      if (begin === undefined) return;
      line.taken += 1;
      begin();
    }
  }

  #next({ taken, people, background }: Line): (() => void) | undefined {
    if (taken >= this.#most) return undefined;
    if (people.length > 0) return people.shift();
    return taken < this.#most - 1 ? background.shift() : undefined;
  }
}

/** The places taken under one key, and who waits for one. */
interface Line {
  taken: number;
  readonly people: (() => void)[];
  readonly background: (() => void)[];
}
