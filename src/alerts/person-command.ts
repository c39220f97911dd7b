import type { Refusal } from '../decision/decider.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { type Episode, isLive, type Mute } from './episode.ts';
import { followAll, resolve } from './follow.ts';
import { kindRules } from './kind.ts';
import { episodeOf, type Unfolding } from './unfolding.ts';
import { confirmed, watched } from './watch.ts';

/** What a person does about an episode; whether the person may is looked up before. */
export type PersonCommand = { readonly episode: string; readonly by: string } & (
  | { readonly type: 'acknowledge' | 'acceptHandover' | 'confirmMute' | 'close' | 'confirmRecharge' }
  /** `from`: who had it and may act no more. */
  | { readonly type: 'take'; readonly from?: string }
  | { readonly type: 'offerHandover'; readonly to: string }
  | { readonly type: 'mute'; readonly until: Instant; readonly reason: string }
  | { readonly type: 'reportFailure'; readonly reason: string | null }
);

export interface AlertRefusal extends Refusal {
  readonly code:
    | 'episode-unknown'
    | 'episode-over'
    | 'held-by-another'
    | 'not-the-holder'
    | 'no-handover-offered'
    | 'reason-missing'
    | 'mute-too-long'
    | 'mute-already-over'
    | 'no-mute-asked'
    | 'same-person'
    | 'still-so'
    | 'needs-confirmation'
    | 'nothing-to-confirm'
    | 'drill-running';
}

/** At most this long is anything muted; it ends by itself. */
const longestMuteMs = 7 * dayMs;

/** Null where it was done, or had been done before: the same tap again changes nothing. */
export function doAsTold(unfolding: Unfolding, command: PersonCommand): AlertRefusal | null {
  const episode = episodeOf(unfolding.state, command.episode);
  if (episode === null) return { code: 'episode-unknown' };
  // What came back is over for nobody who can end it.
  const isBack = episode.refiredAt !== null && command.type === 'confirmRecharge';
  if (isBack) return confirmRecharge(unfolding, episode, command.by);
  if (episode.resolved !== null) return isRepetition(episode, command) ? null : { code: 'episode-over' };
  switch (command.type) {
    case 'acknowledge':
      if (episode.acknowledged === null) unfolding.tell(episode, { type: 'acknowledged', by: command.by });
      return null;
    case 'take':
      return take(unfolding, episode, command);
    case 'offerHandover':
      return offer(unfolding, episode, command);
    case 'acceptHandover':
      if (episode.holder?.by === command.by) return null;
      if (episode.offer?.to !== command.by) return { code: 'no-handover-offered' };
      unfolding.tell(episode, { type: 'handover-accepted', by: command.by });
      return null;
    case 'mute':
      return mute(unfolding, episode, command);
    case 'confirmMute':
      return confirmMute(unfolding, episode, command.by);
    case 'close':
      return close(unfolding, episode, command.by);
    case 'confirmRecharge':
      return confirmRecharge(unfolding, episode, command.by);
    case 'reportFailure':
      return reportFailure(unfolding, episode, command);
  }
}

/** Whoever ended it, tapped twice. */
function isRepetition({ resolved }: Episode, { type, by }: PersonCommand): boolean {
  if (resolved === null || resolved.by !== by) return false;
  return (
    (type === 'close' && resolved.how === 'closed') ||
    (type === 'confirmRecharge' && resolved.how === 'confirmed')
  );
}

function take(
  unfolding: Unfolding,
  episode: Episode,
  { by, from }: Extract<PersonCommand, { type: 'take' }>,
): AlertRefusal | null {
  const { holder, offer: offered } = episode;
  if (holder?.by === by) return null;
  if (offered?.to === by) unfolding.tell(episode, { type: 'handover-accepted', by });
  else if (holder !== null && holder.by !== from)
    return { code: 'held-by-another', data: { holder: holder.by } };
  else unfolding.tell(episode, { type: 'taken', by });
  return null;
}

/** It stays with who has it until the other accepts. */
function offer(
  unfolding: Unfolding,
  episode: Episode,
  { by, to }: Extract<PersonCommand, { type: 'offerHandover' }>,
): AlertRefusal | null {
  if (episode.holder?.by !== by) return { code: 'not-the-holder' };
  if (to === by) return { code: 'same-person' };
  if (episode.offer?.to !== to) unfolding.tell(episode, { type: 'handover-offered', by, to });
  return null;
}

function mute(
  unfolding: Unfolding,
  episode: Episode,
  { by, until, reason }: Extract<PersonCommand, { type: 'mute' }>,
): AlertRefusal | null {
  if (reason.trim() === '') return { code: 'reason-missing' };
  if (until <= unfolding.at) return { code: 'mute-already-over' };
  if (until > unfolding.at + longestMuteMs)
    return { code: 'mute-too-long', data: { days: longestMuteMs / dayMs } };
  const asked: Mute = { by, until, reason: reason.trim() };
  if (!kindRules[episode.kind].mutedByTwo) {
    if (!isSameMute(episode.mute, asked))
      unfolding.tell(episode, { type: 'muted', mute: asked, confirmedBy: null });
    return null;
  }
  const pending = pendingMute(unfolding, episode);
  // The second of the two says yes to what the first asked for.
  if (pending !== null && pending.by !== by) return confirmMute(unfolding, episode, by);
  if (episode.mute === null && !isSameMute(pending, asked))
    unfolding.tell(episode, { type: 'mute-asked', mute: asked });
  return null;
}

function confirmMute(unfolding: Unfolding, episode: Episode, by: string): AlertRefusal | null {
  const pending = pendingMute(unfolding, episode);
  if (pending === null) return episode.mute === null ? { code: 'no-mute-asked' } : null;
  if (pending.by === by) return { code: 'same-person' };
  unfolding.tell(episode, { type: 'muted', mute: pending, confirmedBy: by });
  return null;
}

function pendingMute({ at }: Unfolding, { muteAsked }: Episode): Mute | null {
  return muteAsked !== null && muteAsked.until > at ? muteAsked : null;
}

function isSameMute(left: Mute | null, right: Mute): boolean {
  return left !== null && left.by === right.by && left.until === right.until && left.reason === right.reason;
}

function close(unfolding: Unfolding, episode: Episode, by: string): AlertRefusal | null {
  const { closable, confirmable } = kindRules[episode.kind];
  if (!closable) return { code: confirmable ? 'needs-confirmation' : 'still-so' };
  resolve(unfolding, episode, { how: 'closed', by, facts: episode.facts, lasting: true });
  followAll(unfolding);
  return null;
}

/** "Auto-recharge is on again": ends the failure, and the wait for a recharge. */
function confirmRecharge(unfolding: Unfolding, episode: Episode, by: string): AlertRefusal | null {
  const { currency } = episode;
  if (currency === null || !kindRules[episode.kind].confirmable) return { code: 'nothing-to-confirm' };
  const { settings, at } = unfolding;
  unfolding.see(currency, confirmed(unfolding.watch(currency), { currency, settings, at }));
  for (const other of [...unfolding.state.episodes.values()]) {
    const isEnded = other.currency === currency && kindRules[other.kind].confirmable && isLive(other);
    if (isEnded && other.resolved === null)
      resolve(unfolding, other, { how: 'confirmed', by, facts: other.facts });
  }
  followAll(unfolding);
  return null;
}

function reportFailure(
  unfolding: Unfolding,
  episode: Episode,
  { by, reason }: Extract<PersonCommand, { type: 'reportFailure' }>,
): AlertRefusal | null {
  const { currency } = episode;
  if (currency === null) return { code: 'nothing-to-confirm' };
  failRecharge(unfolding, { currency, by, reason });
  return null;
}

/** What a person saw is one failure until it is over, however many people tell of it. */
export function failRecharge(
  unfolding: Unfolding,
  {
    currency,
    by,
    reason,
  }: { readonly currency: Currency; readonly by: string; readonly reason: string | null },
): void {
  const { settings, at } = unfolding;
  const watch = unfolding.watch(currency);
  if (watch.failed !== null) return;
  const signal = { type: 'rechargeFailed', currency, failedAt: at, reason, reference: null, by } as const;
  unfolding.see(currency, watched(watch, signal, { settings, at }));
  followAll(unfolding);
}
