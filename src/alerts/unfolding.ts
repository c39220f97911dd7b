import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { type Episode, slotOf } from './episode.ts';
import { type EpisodeEvent, evolved, opened } from './episode-event.ts';
import type { ReachWatch } from './reach-watch.ts';
import type { AlertSettings } from './settings.ts';
import { emptyWatch, type Watch } from './watch.ts';

/** All that is open in one tenant, with what is watched; what ended stays as long as it may come back. */
export interface AlertsState {
  /** How many episodes there ever were. */
  readonly count: number;
  /** The latest of each kind and currency, by `slotOf`. */
  readonly episodes: ReadonlyMap<string, Episode>;
  readonly watches: ReadonlyMap<Currency, Watch>;
  /** When the feed last got to its end, and when it counts as blind; null before its first time. */
  readonly feed: FeedWatch | null;
  readonly drill: Drill | null;
  /** Null before whoever is to be told was looked at. */
  readonly reach: ReachWatch | null;
}

export interface FeedWatch {
  readonly completedAt: Instant;
  readonly blindAt: Instant;
}

export interface Drill {
  readonly startedAt: Instant;
  readonly endsAt: Instant;
  readonly by: string;
}

export const emptyAlerts: AlertsState = {
  count: 0,
  episodes: new Map(),
  watches: new Map(),
  feed: null,
  drill: null,
  reach: null,
};

/** What was seen moves the state and is not worth a line of the log. */
export type SeenEvent =
  | { readonly type: 'watched'; readonly currency: Currency; readonly watch: Watch }
  | { readonly type: 'feed-seen'; readonly feed: FeedWatch }
  | { readonly type: 'drill-started'; readonly drill: Drill }
  | { readonly type: 'reach-looked'; readonly reach: ReachWatch };

export type AlertEvent = EpisodeEvent | SeenEvent;

export function evolve(state: AlertsState, event: AlertEvent): AlertsState {
  switch (event.type) {
    case 'watched':
      return { ...state, watches: new Map(state.watches).set(event.currency, event.watch) };
    case 'feed-seen':
      return { ...state, feed: event.feed };
    case 'drill-started':
      return { ...state, drill: event.drill };
    case 'reach-looked':
      return { ...state, reach: event.reach };
    case 'opened': {
      const episode = opened(event);
      const episodes = new Map(state.episodes).set(slotOf(episode), episode);
      return { ...state, count: state.count + 1, episodes };
    }
    default: {
      const episode = episodeOf(state, event.episode);
      if (episode === null) throw new UnknownEpisode(event.episode);
      return {
        ...state,
        episodes: new Map(state.episodes).set(slotOf(episode), evolved(episode, event)),
      };
    }
  }
}

/** Null where it never was, or ended and another took its place. */
export function episodeOf(state: AlertsState, id: string): Episode | null {
  for (const episode of state.episodes.values()) if (episode.id === id) return episode;
  return null;
}

/** An event of an episode that is not in the state: the log is not the state's. */
class UnknownEpisode extends Error {
  constructor(id: string) {
    super(`There is no episode ${id}.`);
    this.name = 'UnknownEpisode';
  }
}

/** What an event says besides whose it is, its number and its time. */
type Told<Event> = Event extends EpisodeEvent ? Omit<Event, 'episode' | 'number' | 'at'> : never;

/** A decision in the making: each event changes the state that the next rule looks at. */
export class Unfolding {
  readonly settings: AlertSettings;
  readonly at: Instant;
  readonly #events: AlertEvent[] = [];
  #state: AlertsState;

  constructor(
    state: AlertsState,
    { settings, at }: { readonly settings: AlertSettings; readonly at: Instant },
  ) {
    this.#state = state;
    this.settings = settings;
    this.at = at;
  }

  get state(): AlertsState {
    return this.#state;
  }

  get events(): readonly AlertEvent[] {
    return this.#events;
  }

  watch(currency: Currency): Watch {
    return this.#state.watches.get(currency) ?? emptyWatch;
  }

  /** Nothing happened where nothing differs. */
  see(currency: Currency, watch: Watch): void {
    const before = this.#state.watches.get(currency);
    if (before !== undefined && isSame(before, watch)) return;
    this.emit({ type: 'watched', currency, watch });
  }

  open(told: Omit<Extract<EpisodeEvent, { type: 'opened' }>, 'type' | 'episode' | 'number' | 'at'>): void {
    const place = told.currency === null ? told.kind : `${told.kind}-${told.currency.toLowerCase()}`;
    const episode = `${place}-${this.#state.count + 1}`;
    this.emit({ type: 'opened', episode, number: 1, at: this.at, ...told });
  }

  tell(episode: Episode, told: Exclude<Told<EpisodeEvent>, { type: 'opened' }>): void {
    const number = (episodeOf(this.#state, episode.id)?.events ?? episode.events) + 1;
    this.emit({ ...told, episode: episode.id, number, at: this.at });
  }

  emit(event: AlertEvent): void {
    this.#events.push(event);
    this.#state = evolve(this.#state, event);
  }
}

function isSame(left: Watch, right: Watch): boolean {
  return left === right || textOf(left) === textOf(right);
}

function textOf(watch: Watch): string {
  return JSON.stringify(watch, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}
