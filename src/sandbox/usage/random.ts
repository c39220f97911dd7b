/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** An integer, both ends included. */
  integer(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Roughly normal: mean 0, deviation 1, never beyond 3.5. */
  normal(): number;
  /** A GUID of version 4. */
  guid(): string;
}

export function randomOf(seed: string): Random {
  const next = mulberry32(hash(seed));
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('Nothing to pick from.');
      return item;
    },
    normal: () => {
      let sum = 0;
      for (let index = 0; index < 12; index += 1) sum += next();
      return Math.max(-3.5, Math.min(3.5, sum - 6));
    },
    guid: () => {
      const digits = Array.from({ length: 4 }, () =>
        integer(0, 0xffffffff).toString(16).padStart(8, '0'),
      ).join('');
      const variant = '89ab'.charAt(integer(0, 3));
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `${variant}${digits.slice(17, 20)}`,
        digits.slice(20),
      ].join('-');
    },
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0;
}

/** Tommy Ettinger's 32-bit generator: small, and even enough for made-up calls. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
