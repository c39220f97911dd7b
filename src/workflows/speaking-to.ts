import type { Episode } from '../alerts/episode.ts';
import { type QuietHours, speaking } from '../alerts/quiet-hours.ts';
import type { AlertSettings } from '../alerts/settings.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { episodeNow } from './incidents.ts';
import type { Ports } from './ports.ts';
import { type Preferences, preferencesOf } from './preferences.ts';

/** A message that would make itself heard. */
export interface Loud {
  readonly about: { readonly kind: 'incident' | 'topup' | 'delegation'; readonly id: string };
  readonly urgency: 'critical' | 'warning' | 'info';
  readonly committedAt: Instant;
  readonly person: PersonId;
  /** Of the person's client; null where it never told one, so that the tenant's counts. */
  readonly timeZone: string | null;
}

export type SpeakingTo =
  /** `inQuietHours`: too urgent to wait for their end. */
  | { readonly kind: 'now'; readonly inQuietHours: boolean }
  | { readonly kind: 'later'; readonly at: Instant }
  /** Only the card that is there shows it. */
  | { readonly kind: 'never' };

/**
 * When something is said aloud to a person, by what the person chose, else by what the tenant has set. Requests for
 * approval can be put off but not done without. @throws {StoreUnavailable}
 */
export function speakingTo(
  ports: Pick<Ports, 'store' | 'clock'>,
): (tenant: TenantId, loud: Loud) => Promise<SpeakingTo> {
  return async (tenant, { about, person, ...loud }) => {
    const [chosen, settings] = await Promise.all([
      preferencesOf(ports.store, tenant, person),
      alertSettingsOf(ports, tenant),
    ]);
    const wishes = {
      hours: hoursOf(chosen, settings),
      without: about.kind === 'incident' ? chosen.without : [],
    };
    const timeZone = loud.timeZone ?? settings.timeZone ?? 'UTC';
    const when = speaking(wishes, { ...loud, timeZone, at: ports.clock.now() });
    if (when.kind !== 'now') return when;
    if (when.heldBack && about.kind === 'incident' && (await isOver(ports, tenant, about.id)))
      return { kind: 'never' };
    return { kind: 'now', inQuietHours: when.because === 'critical' };
  };
}

function hoursOf(
  { quietHours }: Preferences,
  ofTenant: Pick<AlertSettings, 'quietHours'>,
): QuietHours | null {
  return quietHours === 'none' ? null : (quietHours ?? ofTenant.quietHours);
}

/** What ended in the night wakes nobody up in the morning; what was only to be told did not end. */
async function isOver({ store }: Pick<Ports, 'store'>, tenant: TenantId, id: string): Promise<boolean> {
  const episode = await episodeNow(store, tenant, id);
  return episode !== null && (episode.mute !== null || hasEnded(episode));
}

function hasEnded({ resolved, refiredAt }: Episode): boolean {
  return resolved !== null && resolved.how !== 'told' && refiredAt === null;
}
