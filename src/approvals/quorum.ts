import type { PersonId } from '../decision/ids.ts';
import type { Seat } from './policy.ts';

export interface Person {
  readonly id: PersonId;
  readonly name: string;
}

/** The standing in which somebody may fill a seat: one's own, or that of a person who is absent. */
export interface Right {
  readonly of: Person;
  /** Role template ids that the person held at the tap. */
  readonly roles: readonly string[];
}

/** Who would fill a seat, with all rights that may be used for it. */
export interface Candidate {
  readonly person: Person;
  readonly rights: readonly Right[];
}

export function fits(seat: Seat, { of, roles }: Right): boolean {
  return seat.people.includes(of.id) || roles.some((role) => seat.roles.includes(role));
}

/**
 * Which seats are filled by the best assignment, one person to a seat and every right used once: one person counts
 * once, and so does an absent person however many act for them. A matching in which rights lie between people and
 * seats, so whether a set of people suffices never depends on the order in which they came.
 */
export function filledSeats(seats: readonly Seat[], candidates: readonly Candidate[]): readonly boolean[] {
  const edges = edgesOf(seats, candidates);
  while (augment(edges)) {
    // Each turn fills one seat more, and none is given up.
  }
  const filled = edges.get(target) ?? new Set();
  return seats.map((_, index) => filled.has(seatNode(index)));
}

export function isQuorum(seats: readonly Seat[], candidates: readonly Candidate[]): boolean {
  return filledSeats(seats, candidates).every((filled) => filled);
}

/** The seats that are still to be filled. */
export function openSeats(seats: readonly Seat[], candidates: readonly Candidate[]): readonly Seat[] {
  const filled = filledSeats(seats, candidates);
  return seats.filter((_, index) => !filled[index]);
}

/** Edges of capacity one that are still free, each way. */
type Edges = Map<string, Set<string>>;

const source = 'source';
const target = 'target';

function seatNode(index: number): string {
  return `seat ${index}`;
}

/** Source → person → right taken → right given → seat → target: a path is a person in a seat by a right. */
function edgesOf(seats: readonly Seat[], candidates: readonly Candidate[]): Edges {
  const edges: Edges = new Map();
  const join = (from: string, to: string): void => {
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
  };
  for (const [index] of seats.entries()) join(seatNode(index), target);
  for (const { person, rights } of candidates) {
    join(source, `person ${person.id}`);
    for (const right of rights) {
      join(`person ${person.id}`, `taken ${right.of.id}`);
      join(`taken ${right.of.id}`, `given ${right.of.id}`);
      for (const [index, seat] of seats.entries()) {
        if (fits(seat, right)) join(`given ${right.of.id}`, seatNode(index));
      }
    }
  }
  return edges;
}

/** Finds a free path and turns its edges round; false where there is none. */
function augment(edges: Edges): boolean {
  const path = freePath(edges, source, new Set());
  if (path === null) return false;
  for (const [index, from] of path.entries()) {
    const to = path[index + 1];
    if (to === undefined) continue;
    edges.get(from)?.delete(to);
    edges.set(to, (edges.get(to) ?? new Set()).add(from));
  }
  return true;
}

function freePath(edges: Edges, from: string, seen: Set<string>): readonly string[] | null {
  if (from === target) return [target];
  seen.add(from);
  for (const to of edges.get(from) ?? []) {
    if (seen.has(to)) continue;
    const rest = freePath(edges, to, seen);
    if (rest !== null) return [from, ...rest];
  }
  return null;
}
