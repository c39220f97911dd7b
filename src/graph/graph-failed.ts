/** What Graph did instead of answering. */
export type GraphProblem =
  /** A refusal that trying again does not change; `code` is Graph's own. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string | null }
  /** Busy, broken or not reached, at every attempt; `status` is that of the last one, null where there was none. */
  | { readonly kind: 'no-answer'; readonly attempts: number; readonly status: number | null }
  | { readonly kind: 'no-token' }
  /** A link to the next page that leads away from Graph; the token stays at home. */
  | { readonly kind: 'foreign-link' }
  /** The same link to the next page again. */
  | { readonly kind: 'circular-links' }
  | { readonly kind: 'unreadable' };

/** Graph gave no answer that can be used. The message names nobody, for it goes into logs. */
export class GraphFailed extends Error {
  readonly problem: GraphProblem;

  constructor(problem: GraphProblem, cause?: unknown) {
    super(sentence(problem), cause === undefined ? undefined : { cause });
    this.name = 'GraphFailed';
    this.problem = problem;
  }
}

function sentence(problem: GraphProblem): string {
  switch (problem.kind) {
    case 'refused':
      return `Graph refused with status ${problem.status}${problem.code === null ? '' : ` and code ${problem.code}`}.`;
    case 'no-answer':
      return `Graph gave no answer in ${problem.attempts} attempts${problem.status === null ? '' : `, last status ${problem.status}`}.`;
    case 'no-token':
      return 'The identity platform gave no token for Graph.';
    case 'foreign-link':
      return 'Graph linked to a next page on another host.';
    case 'circular-links':
      return 'Graph linked to a page that was read before.';
    case 'unreadable':
      return 'Graph answered with something else than what is documented.';
  }
}
