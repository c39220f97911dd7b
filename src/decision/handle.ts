import type { Change, CommitReply } from './commit.ts';
import type { Refusal } from './decider.ts';

/** What one attempt came to, from the state as it was read. */
export type Plan<Outcome, No extends Refusal> =
  | { readonly kind: 'change'; readonly change: Change; readonly outcome: Outcome }
  /** There is nothing to make true: all of it was known. */
  | { readonly kind: 'nothing'; readonly outcome: Outcome }
  | { readonly kind: 'refused'; readonly refusal: No };

export type Handled<Outcome, No extends Refusal> =
  | { readonly kind: 'done'; readonly outcome: Outcome; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly refusal: No | KeyReused };

export interface KeyReused extends Refusal {
  readonly code: 'idempotency-key-reused';
}

export interface Step<Outcome, No extends Refusal> {
  /** What was answered to the same key before; a repetition is told the same, whatever the state is now. */
  readonly recall?: () => Promise<Exclude<CommitReply, { kind: 'committed' | 'conflict' }> | null>;
  /** Reads the state and decides upon it; called anew for every attempt. */
  readonly decide: () => Promise<Plan<Outcome, No>>;
  readonly commit: (change: Change) => Promise<CommitReply>;
  /** Reads a stored outcome back; throws where what is stored has not the expected shape. */
  readonly readOutcome: (stored: unknown) => Outcome;
}

/** Writers of one tenant take turns, so a conflict means that another got on; this many in a row is a defect. */
const maxAttempts = 100;

/** The state changed under every attempt: a defect or a world that is down, not a rule. */
export class TooManyConflicts extends Error {
  constructor() {
    super(`The state changed under each of ${maxAttempts} attempts.`);
    this.name = 'TooManyConflicts';
  }
}

/**
 * Recall, decide, commit; after a conflict, decide again on the new state.
 * Refuses with the decider's refusals, and with `idempotency-key-reused` where the key stands for another request.
 * @throws {TooManyConflicts}
 */
export async function handle<Outcome, No extends Refusal>(
  step: Step<Outcome, No>,
): Promise<Handled<Outcome, No>> {
  const earlier = await step.recall?.();
  if (earlier) return repetition(earlier, step);

  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const plan = await step.decide();
    if (plan.kind === 'refused') return plan;
    if (plan.kind === 'nothing') return { kind: 'done', outcome: plan.outcome, repeated: false };

    const reply = await step.commit(plan.change);
    if (reply.kind === 'committed') return { kind: 'done', outcome: plan.outcome, repeated: false };
    if (reply.kind !== 'conflict') return repetition(reply, step);
  }
  throw new TooManyConflicts();
}

function repetition<Outcome, No extends Refusal>(
  reply: Exclude<CommitReply, { kind: 'committed' | 'conflict' }>,
  step: Step<Outcome, No>,
): Handled<Outcome, No> {
  if (reply.kind === 'key-reused') return { kind: 'refused', refusal: { code: 'idempotency-key-reused' } };
  return { kind: 'done', outcome: step.readOutcome(reply.outcome), repeated: true };
}
