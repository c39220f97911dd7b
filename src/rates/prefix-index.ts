/** What the longest prefix of a number stands for. */
export interface PrefixMatch<Value> {
  readonly value: Value;
  readonly prefix: string;
  /** False where a longer number could match a longer prefix: it was cut short, or its end is masked. */
  readonly certain: boolean;
}

const fanOut = 10;
const nothing = -1;
const zeroCode = 48;

/**
 * Finds the longest of many digit prefixes that a number begins with, in time that depends on the number alone.
 * It is a tree of digits in two flat arrays, so that a look-up reads integers and makes one object, its answer.
 */
export class PrefixIndex<Value> {
  readonly #values: readonly Value[];
  /** Ten places a node, one per next digit, with the number of the node there; 0 is the root and so means none. */
  readonly #children: Int32Array;
  /** Per node, the place of its value, or {@link nothing}. */
  readonly #valueAt: Int32Array;

  /** @throws {RangeError} where a prefix is empty, holds anything but digits, or comes twice. */
  constructor(entries: Iterable<readonly [prefix: string, value: Value]>) {
    const children: number[] = new Array(fanOut).fill(0);
    const valueAt: number[] = [nothing];
    const values: Value[] = [];
    for (const [prefix, value] of entries) {
      if (!/^[0-9]+$/.test(prefix)) throw new RangeError(`"${prefix}" is not a prefix of digits.`);
      const node = growTo(prefix, children, valueAt);
      if (valueAt[node] !== nothing) throw new RangeError(`The prefix ${prefix} comes twice.`);
      valueAt[node] = values.push(value) - 1;
    }
    this.#values = values;
    this.#children = Int32Array.from(children);
    this.#valueAt = Int32Array.from(valueAt);
  }

  /**
   * Null where no prefix matches, or the number is not in E.164 form: `+` and digits. Asterisks at its end, as
   * Microsoft masks numbers, are not digits and end the search.
   */
  longest(e164: string): PrefixMatch<Value> | null {
    if (e164[0] !== '+') return null;
    let node = 0;
    let found = nothing;
    let prefixEnd = 0;
    let at = 1;
    for (; at < e164.length; at += 1) {
      const digit = e164.charCodeAt(at) - zeroCode;
      if (digit < 0 || digit >= fanOut) break;
      const next = this.#children[node * fanOut + digit] ?? 0;
      if (next === 0) return this.#match(e164, found, prefixEnd, true);
      node = next;
      const value = this.#valueAt[node] ?? nothing;
      if (value !== nothing) {
        found = value;
        prefixEnd = at + 1;
      }
    }
    return this.#match(e164, found, prefixEnd, !this.#hasChildren(node));
  }

  #match(e164: string, found: number, prefixEnd: number, certain: boolean): PrefixMatch<Value> | null {
    const value = this.#values[found];
    if (value === undefined) return null;
    return { value, prefix: e164.slice(1, prefixEnd), certain };
  }

  #hasChildren(node: number): boolean {
    return this.#children.subarray(node * fanOut, (node + 1) * fanOut).some((child) => child !== 0);
  }
}

/** The node of a prefix, made where it was not there yet. */
function growTo(prefix: string, children: number[], valueAt: number[]): number {
  let node = 0;
  for (const digit of prefix) {
    const place = node * fanOut + Number(digit);
    const child = children[place];
    if (child) {
      node = child;
      continue;
    }
    node = valueAt.push(nothing) - 1;
    children[place] = node;
    for (let next = 0; next < fanOut; next += 1) children.push(0);
  }
  return node;
}
