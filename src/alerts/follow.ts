import { minuteMs } from '../decision/time.ts';
import type { AlertFacts } from './alert-facts.ts';
import { repeatAt } from './cadence.ts';
import { type Condition, conditionsOf, tenantConditions } from './condition.ts';
import { type Episode, isLive, type Resolved, slotOf } from './episode.ts';
import { stepDueAt } from './escalation.ts';
import { silencersOf } from './inhibition.ts';
import { type AlertKind, alertKinds, kindRules } from './kind.ts';
import { reachConditions } from './reach-conditions.ts';
import type { Unfolding } from './unfolding.ts';
import { later } from './watch.ts';

/** Brings every episode to what is watched by now. What silences others is looked at before them. */
export function followAll(unfolding: Unfolding): void {
  const { at, settings } = unfolding;
  for (const [currency, watch] of unfolding.state.watches) {
    unfolding.see(currency, later(watch, { currency, settings, at }));
  }
  const { feed, drill, reach, watches } = unfolding.state;
  const conditions = [
    ...tenantConditions({ feed, drill, at }),
    ...reachConditions({ reach, drill, at }),
    ...[...watches].flatMap(([currency, watch]) => conditionsOf(watch, { currency, settings, at })),
  ];
  for (const kind of alertKinds)
    for (const condition of conditions) if (condition.kind === kind) follow(unfolding, condition);
}

function follow(unfolding: Unfolding, condition: Condition): void {
  const episode = unfolding.state.episodes.get(slotOf(condition));
  if (kindRules[condition.kind].notice) sayOnce(unfolding, condition, episode);
  else if (episode === undefined) begin(unfolding, condition);
  else if (episode.resolved === null) goOn(unfolding, condition, episode);
  else comeBack(unfolding, condition, { episode, resolved: episode.resolved });
}

/** What there is nothing to follow of, ends as it begins. */
function sayOnce(unfolding: Unfolding, condition: Condition, latest: Episode | undefined): void {
  const isNews = condition.levels.some((level) => !latest?.levels.includes(level));
  if (condition.status !== 'firing' || !isNews || !begin(unfolding, condition)) return;
  const episode = unfolding.state.episodes.get(slotOf(condition));
  if (episode !== undefined) resolve(unfolding, episode, { facts: condition.facts, how: 'told', by: null });
}

/** True where it began: what another says already does not. */
function begin(unfolding: Unfolding, condition: Condition): boolean {
  const { kind, currency, levels, facts, status } = condition;
  if (status !== 'firing' || silencer(unfolding, condition) !== null) return false;
  unfolding.open({ kind, currency, levels, facts, ...reminders(unfolding, kind, facts) });
  return true;
}

function goOn(unfolding: Unfolding, condition: Condition, episode: Episode): void {
  if (condition.status === 'clear') recover(unfolding, condition, episode);
  else {
    if (episode.clearAt !== null) unfolding.tell(episode, { type: 'relapsed' });
    const by = silencer(unfolding, condition);
    if (by !== null) {
      if (episode.quietBy === null) unfolding.tell(episode, { type: 'quietened', by });
    } else speak(unfolding, condition, episode);
  }
}

function speak(unfolding: Unfolding, condition: Condition, episode: Episode): void {
  const { kind, facts, status } = condition;
  if (episode.quietBy !== null) {
    unfolding.tell(episode, { type: 'spoke-again', ...reminders(unfolding, kind, facts) });
  }
  if (status !== 'firing') return;
  const levels = condition.levels.filter((level) => !episode.levels.includes(level));
  if (levels.length > 0) {
    unfolding.tell(episode, { type: 'worsened', levels, facts, ...reminders(unfolding, kind, facts) });
  } else if (isWorthAnEdit(unfolding, episode, facts)) unfolding.tell(episode, { type: 'updated', facts });
}

/** All is well for as long as it must be, and then it is over. */
function recover(unfolding: Unfolding, condition: Condition, episode: Episode): void {
  const { at, settings } = unfolding;
  const holdMs = kindRules[episode.kind].heldUntilClear ? settings.holdMinutes * minuteMs : 0;
  const clearAt = episode.clearAt ?? at + holdMs;
  if (at >= clearAt) resolve(unfolding, episode, { facts: condition.facts, how: 'recovered', by: null });
  else if (episode.clearAt === null) unfolding.tell(episode, { type: 'recovering', clearAt });
}

/** What ended a moment ago and fires again is the same incident; what still fires after the cool-down is another. */
function comeBack(
  unfolding: Unfolding,
  condition: Condition,
  { episode, resolved }: { readonly episode: Episode; readonly resolved: Resolved },
): void {
  const { at } = unfolding;
  const { status, facts, levels } = condition;
  if (status === 'clear') {
    if (episode.refiredAt !== null) unfolding.tell(episode, { type: 'subsided' });
    else if (resolved.lasting) unfolding.tell(episode, { type: 'over' });
  } else if (status === 'firing') {
    // What never fired in it is worse than it ever was.
    const isNews = levels.some((level) => !episode.levels.includes(level));
    if (isNews || (!resolved.lasting && at >= resolved.coolUntil)) begin(unfolding, condition);
    else if (!resolved.lasting && episode.refiredAt === null && silencer(unfolding, condition) === null) {
      unfolding.tell(episode, { type: 'refired', facts });
    }
  }
}

/** Ends an episode, once. `lasting` where a person closes what still fires. */
export function resolve(
  unfolding: Unfolding,
  episode: Episode,
  end: Pick<Resolved, 'how' | 'by'> & { readonly facts: AlertFacts; readonly lasting?: boolean },
): void {
  const { urgency } = kindRules[episode.kind];
  const { coolDownMinutes } = unfolding.settings;
  const coolUntil =
    unfolding.at + coolDownMinutes[urgency === 'critical' ? 'critical' : 'warning'] * minuteMs;
  unfolding.tell(episode, { type: 'resolved', coolUntil, lasting: false, ...end });
}

/** When it is said again, and who is turned to next, from now on. */
export function reminders(unfolding: Unfolding, kind: AlertKind, { timeLeftMs }: AlertFacts) {
  const { at, settings } = unfolding;
  const { urgency } = kindRules[kind];
  return {
    repeatAt: repeatAt(settings.repeatMinutes, { urgency, repeats: 0, timeLeftMs, at }),
    escalateAt: stepDueAt(settings.chain, { urgency, since: at, next: 0 }),
  };
}

function silencer({ state }: Unfolding, { kind, currency }: Condition): string | null {
  for (const loud of silencersOf(kind)) {
    const episode = state.episodes.get(slotOf({ kind: loud, currency }));
    if (episode !== undefined && isLive(episode)) return episode.id;
  }
  return null;
}

/** A card that is edited with every call would be no quieter than a message. */
const shortestBetweenEditsMs = 15 * minuteMs;

function isWorthAnEdit({ at }: Unfolding, { facts: told, toldAt }: Episode, facts: AlertFacts): boolean {
  return at >= toldAt + shortestBetweenEditsMs && asText(told) !== asText(facts);
}

function asText(facts: AlertFacts): string {
  return JSON.stringify(facts, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}
