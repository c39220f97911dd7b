import { dayMs, type Instant } from '../decision/time.ts';
import { repeatAt } from './cadence.ts';
import { type Episode, isUnattended, urgencyOf } from './episode.ts';
import { dueSteps, stepDueAt } from './escalation.ts';
import { reminders } from './follow.ts';
import { type AlertsState, episodeOf, type Unfolding } from './unfolding.ts';

/** What falls due in the episodes by the passing of time; whatever was missed meanwhile is done once. */
export function runTimers(unfolding: Unfolding): void {
  for (const { id } of unfolding.state.episodes.values()) {
    endMute(unfolding, id);
    escalate(unfolding, id);
    repeat(unfolding, id);
  }
}

function endMute(unfolding: Unfolding, id: string): void {
  const episode = episodeOf(unfolding.state, id);
  if (episode === null || episode.mute === null || unfolding.at < episode.mute.until) return;
  unfolding.tell(episode, { type: 'mute-ended', ...reminders(unfolding, episode.kind, episode.facts) });
}

function escalate(unfolding: Unfolding, id: string): void {
  const { at, settings } = unfolding;
  const episode = episodeOf(unfolding.state, id);
  if (episode === null || !isUnattended(episode)) return;
  const chain = { urgency: urgencyOf(episode), since: episode.chainSince };
  for (const { step, to } of dueSteps(settings.chain, { ...chain, next: episode.steps, at })) {
    const escalateAt = stepDueAt(settings.chain, { ...chain, next: step + 1 });
    unfolding.tell(episode, { type: 'escalated', step, to, escalateAt });
  }
}

function repeat(unfolding: Unfolding, id: string): void {
  const { at, settings } = unfolding;
  const episode = episodeOf(unfolding.state, id);
  if (episode === null || !isUnattended(episode)) return;
  if (episode.repeatAt === null || at < episode.repeatAt || episode.clearAt !== null) return;
  const question = { urgency: urgencyOf(episode), repeats: episode.repeats + 1, at };
  const { timeLeftMs } = episode.facts;
  unfolding.tell(episode, {
    type: 'repeated',
    repeatAt: repeatAt(settings.repeatMinutes, { ...question, timeLeftMs }),
  });
}

/** When something falls due next, if nothing else happens before; null where nothing does. */
export function nextDue(state: AlertsState): Instant | null {
  const dues = [
    ...[...state.episodes.values()].flatMap(duesOf),
    ...[...state.watches.values()].flatMap(({ overdueAt, recharges }) => [
      overdueAt,
      ...recharges.map((recharge) => recharge.at + dayMs),
    ]),
    state.feed?.blindAt ?? null,
    state.drill?.endsAt ?? null,
  ].filter((due) => due !== null);
  return dues.length === 0 ? null : Math.min(...dues);
}

function duesOf(episode: Episode): readonly (Instant | null)[] {
  if (episode.resolved !== null) return episode.refiredAt === null ? [] : [episode.resolved.coolUntil];
  const own = isUnattended(episode) ? [episode.repeatAt, episode.escalateAt] : [];
  return [...own, episode.clearAt, episode.mute?.until ?? null];
}
