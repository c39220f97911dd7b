import { z } from 'zod';
import { type Instant, minuteMs } from '../decision/time.ts';
import escalationJson from './escalation.json' with { type: 'json' };
import type { Urgency } from './kind.ts';

/** Who is turned to next: holders of more roles, the channel, or the same people by e-mail. */
export const escalationTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('roles'), roles: z.array(z.string().uuid()).min(1) }),
  z.object({ kind: z.literal('channel') }),
  z.object({ kind: z.literal('mail') }),
]);
export type EscalationTarget = z.infer<typeof escalationTarget>;

const step = z.object({ afterMinutes: z.number().int().min(1).max(10_080), to: escalationTarget });
const steps = z
  .array(step)
  .max(6)
  .refine((chain) => chain.every((one, index) => one.afterMinutes > (chain[index - 1]?.afterMinutes ?? 0)), {
    message: 'each step must be later than the one before',
  });

/** What happens while nobody acknowledges, by urgency; minutes since the incident began, or got worse. */
export const escalationChain = z.object({ critical: steps, warning: steps, info: steps });
export type EscalationChain = z.infer<typeof escalationChain>;

export const defaultChain: EscalationChain = escalationChain.parse(escalationJson);

export interface DueStep {
  readonly step: number;
  readonly to: EscalationTarget;
}

/** The steps from this one on whose time has come; after a jump of the clock that may be several. */
export function dueSteps(
  chain: EscalationChain,
  { urgency, since, next, at }: StepQuestion & { readonly at: Instant },
): readonly DueStep[] {
  return chain[urgency].flatMap(({ afterMinutes, to }, index) =>
    index >= next && since + afterMinutes * minuteMs <= at ? [{ step: index, to }] : [],
  );
}

interface StepQuestion {
  readonly urgency: Urgency;
  readonly since: Instant;
  /** The number of the step that was not taken yet. */
  readonly next: number;
}

/** When the next step is due; null after the last. */
export function stepDueAt(chain: EscalationChain, { urgency, since, next }: StepQuestion): Instant | null {
  const following = chain[urgency][next];
  return following === undefined ? null : since + following.afterMinutes * minuteMs;
}
