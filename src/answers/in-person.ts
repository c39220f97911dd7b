import type { Intent } from '../language/question.ts';
import type { SpokenRequest } from '../language/request.ts';

/** Asked where others read along: without a figure, and the way to one's own chat. */
export interface InPersonAnswer {
  readonly kind: 'in-person';
  /** What was asked about. */
  readonly intent: Intent | SpokenRequest;
}
