import assert from 'node:assert/strict';
import { type AlertCommand, alertsUnder } from '../../src/alerts/alerts.ts';
import type { Episode } from '../../src/alerts/episode.ts';
import type { EpisodeEvent } from '../../src/alerts/episode-event.ts';
import type { AlertKind } from '../../src/alerts/kind.ts';
import { type Notice, notices } from '../../src/alerts/notices.ts';
import { type AlertSettings, defaultSettings } from '../../src/alerts/settings.ts';
import type { Signal } from '../../src/alerts/signal.ts';
import { type AlertEvent, type AlertsState, emptyAlerts } from '../../src/alerts/unfolding.ts';
import { dayMs, hourMs, type Instant, minuteMs } from '../../src/decision/time.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';

export const usd = currencyOf('USD');
export const krw = currencyOf('KRW');
export const noon = Date.parse('2026-11-24T12:00:00Z');
export const [alice, bob, carol] = ['alice', 'bob', 'carol'];

export function units(decimal: string): bigint {
  return moneyOf(decimal).microUnits;
}

/** Low below 100 and below 50, auto-recharge below 40; held for ten minutes. */
export const settings: AlertSettings = {
  ...defaultSettings,
  levels: [
    { unit: 'money', currency: usd, microUnits: units('100') },
    { unit: 'money', currency: usd, microUnits: units('50') },
  ],
  autoRecharge: { USD: { trigger: units('40'), amount: units('200') } },
};

export function balanceOf(
  decimal: string,
  told: Partial<Extract<Signal, { type: 'balanceChanged' }>> = {},
): Signal {
  return {
    type: 'balanceChanged',
    currency: usd,
    balance: units(decimal),
    lastPurchase: units('200'),
    usualDay: units('10'),
    ...told,
  };
}

export function failedAt(at: Instant, reason: string | null = 'card expired'): Signal {
  return { type: 'rechargeFailed', currency: usd, failedAt: at, reason, reference: null, by: null };
}

export function rechargeOf(id: string, at: Instant, amount = '200'): Signal {
  return {
    type: 'fundingRecorded',
    currency: usd,
    id,
    kind: 'recharge',
    amount: units(amount),
    fundedAt: at,
  };
}

export const usualRoles = ['b0f54661-2d74-4c50-afa3-1ec803f12efe'];

/** One tenant's incidents, and all that was said of them, at a time that the test moves. */
export class Incidents {
  state: AlertsState = emptyAlerts;
  at: Instant = noon;
  readonly log: EpisodeEvent[] = [];
  readonly said: Notice[] = [];
  readonly settings: AlertSettings;

  constructor(told: Partial<AlertSettings> = {}) {
    this.settings = { ...settings, ...told };
  }

  /** Fails where it is refused; gives the episodes' events of this command, in short. */
  do(command: AlertCommand): readonly string[] {
    const { events, refusal } = this.try(command);
    assert.equal(refusal, null);
    return events;
  }

  refusalOf(command: AlertCommand): string | null {
    return this.try(command).refusal;
  }

  observe(...signals: readonly Signal[]): readonly string[] {
    return this.do({ type: 'observe', signals });
  }

  tick(): readonly string[] {
    return this.do({ type: 'tick' });
  }

  after(milliseconds: number): this {
    this.at += milliseconds;
    return this;
  }

  afterMinutes(minutes: number): this {
    return this.after(minutes * minuteMs);
  }
  afterHours(hours: number): this {
    return this.after(hours * hourMs);
  }
  afterDays(days: number): this {
    return this.after(days * dayMs);
  }

  episode(kind: AlertKind): Episode {
    const found = [...this.state.episodes.values()].find((episode) => episode.kind === kind);
    return found ?? assert.fail(`there is no episode of ${kind}`);
  }

  id(kind: AlertKind): string {
    return this.episode(kind).id;
  }

  /** What was said by the last command, in short. */
  lastSaid: readonly string[] = [];

  private try(command: AlertCommand): {
    readonly events: readonly string[];
    readonly refusal: string | null;
  } {
    const decider = alertsUnder(this.settings);
    const decision = decider.decide(this.state, command, this.at);
    if (decision.kind === 'refused') return { events: [], refusal: decision.refusal.code };
    this.state = decision.events.reduce(decider.evolve, this.state);
    const told = notices(decision.events, { state: this.state, roles: usualRoles });
    this.said.push(...told);
    this.lastSaid = told.map(({ episode, mode, audience, way }) =>
      [mode, kindOf(episode), audience.kind, ...(way === 'mail' ? ['mail'] : [])].join(' '),
    );
    const events = episodeEvents(decision.events);
    this.log.push(...events);
    return { events: events.map(({ type, episode }) => `${type} ${kindOf(episode)}`), refusal: null };
  }
}

export function episodeEvents(events: readonly AlertEvent[]): readonly EpisodeEvent[] {
  return events.flatMap((event) => ('episode' in event ? [event] : []));
}

/** The id without its number and currency. */
function kindOf(episode: string): string {
  return episode.replace(/(?:-(?:usd|krw))?-\d+$/, '');
}
