import type { Answer } from '../src/answers/answer.ts';
import { canChange, type TopUpAnswer } from '../src/answers/top-up.ts';
import type { JsonObject } from './adaptive-card.ts';
import type { Reader } from './reader.ts';
import { isOver } from './views/incident.ts';

/**
 * How a card asks Teams to bring it up to date when its reader looks at it, at most once a minute (Universal Actions,
 * "User Specific Views"); null for what can change no more, and wherever others read along. Without the reader's id
 * nobody is named: Teams then refreshes for all members of a chat of up to sixty, and here they are the reader and the
 * bot.
 */
export function refreshOf(answer: Answer, { teamsUser }: Pick<Reader, 'teamsUser'>): JsonObject | null {
  const action = refreshAction(answer);
  if (action === null) return null;
  return { action: { type: 'Action.Execute', ...action }, ...(teamsUser && { userIds: [teamsUser] }) };
}

function refreshAction(answer: Answer): JsonObject | null {
  if (answer.kind === 'incident' && !answer.shared && !isOver(answer)) {
    return { verb: 'alert.view', data: { episode: answer.id } };
  }
  if (answer.kind === 'topup' && canChange(answer) && !hasTyped(answer)) {
    return { verb: 'topup.view', data: { request: answer.number } };
  }
  return null;
}

/** What somebody is to put right is not taken away under their hands. */
function hasTyped({ note }: TopUpAnswer): boolean {
  return note !== null && Object.values(note.typed).some((text) => text !== '');
}
