import { accepted, type Decider, refused } from '../decision/decider.ts';
import { hourMs, type Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { isLive } from './episode.ts';
import { followAll } from './follow.ts';
import { type AlertRefusal, doAsTold, failRecharge, type PersonCommand } from './person-command.ts';
import { reachWatched } from './reach-watch.ts';
import type { AlertSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import { runTimers } from './timers.ts';
import { type AlertEvent, type AlertsState, evolve, Unfolding } from './unfolding.ts';
import { watched } from './watch.ts';

export type AlertCommand =
  | { readonly type: 'observe'; readonly signals: readonly Signal[] }
  /** Time passed. */
  | { readonly type: 'tick' }
  /** Somebody saw that a recharge failed, before any incident told of it. */
  | {
      readonly type: 'reportFailedRecharge';
      readonly currency: Currency;
      readonly by: string;
      readonly reason: string | null;
    }
  | { readonly type: 'drill'; readonly by: string }
  | PersonCommand;

/** A drill that nobody ends, ends by itself. */
const longestDrillMs = 4 * hourMs;

/**
 * The rules of all incidents of one tenant, under its settings. The same signal again changes nothing.
 * Refuses what a person does with the codes of {@link AlertRefusal}; signals and time are never refused.
 */
export function alertsUnder(
  settings: AlertSettings,
): Decider<AlertsState, AlertCommand, AlertEvent, AlertRefusal> {
  return {
    decide(state, command, at) {
      const unfolding = new Unfolding(state, { settings, at });
      const refusal = carryOut(unfolding, command);
      return refusal === null ? accepted(...unfolding.events) : refused(refusal);
    },
    evolve,
  };
}

function carryOut(unfolding: Unfolding, command: AlertCommand): AlertRefusal | null {
  switch (command.type) {
    case 'observe':
      for (const signal of command.signals) observe(unfolding, signal);
      return null;
    case 'tick':
      followAll(unfolding);
      runTimers(unfolding);
      return null;
    case 'reportFailedRecharge':
      failRecharge(unfolding, command);
      return null;
    case 'drill':
      return startDrill(unfolding, command.by, unfolding.at);
    default:
      return doAsTold(unfolding, command);
  }
}

function observe(unfolding: Unfolding, signal: Signal): void {
  const { settings, at } = unfolding;
  if (signal.type === 'feedSeen') {
    const blindAt = signal.completedAt + settings.feedBlindAfterHours * hourMs;
    const { feed } = unfolding.state;
    const isNews = feed?.completedAt !== signal.completedAt || feed.blindAt !== blindAt;
    if (isNews) unfolding.emit({ type: 'feed-seen', feed: { completedAt: signal.completedAt, blindAt } });
  } else if (signal.type === 'reachLooked') {
    unfolding.emit({
      type: 'reach-looked',
      reach: reachWatched(unfolding.state.reach, { look: signal.look, at }),
    });
  } else {
    unfolding.see(signal.currency, watched(unfolding.watch(signal.currency), signal, { settings, at }));
  }
  followAll(unfolding);
}

function startDrill(unfolding: Unfolding, by: string, at: Instant): AlertRefusal | null {
  const running = unfolding.state.episodes.get('drill');
  if (running !== undefined && isLive(running))
    return { code: 'drill-running', data: { episode: running.id } };
  unfolding.emit({ type: 'drill-started', drill: { startedAt: at, endsAt: at + longestDrillMs, by } });
  followAll(unfolding);
  return null;
}
