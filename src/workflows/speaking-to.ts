import { digestAfter } from '../alerts/digest.ts';
import { type QuietHours, speaking } from '../alerts/quiet-hours.ts';
import type { AlertSettings } from '../alerts/settings.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { digestSubject } from './digest-record.ts';
import { heldBack, isOver } from './held-back.ts';
import { episodeNow } from './incidents.ts';
import type { Ports } from './ports.ts';
import { type Preferences, preferencesOf } from './preferences.ts';

/** A message that would make itself heard. */
export interface Loud {
  readonly about: { readonly kind: 'incident' | 'topup' | 'delegation' | 'digest'; readonly id: string };
  readonly urgency: 'critical' | 'warning' | 'info';
  readonly committedAt: Instant;
  readonly person: PersonId;
  /** Of the person's client; null where it never told one, so that the tenant's counts. */
  readonly timeZone: string | null;
}

export type SpeakingTo =
  /** `inQuietHours`: too urgent to wait for their end. */
  | {
      readonly kind: 'now';
      readonly inQuietHours: boolean;
      /** Where other incidents waited with it for the end of the quiet hours. */
      readonly morning?: Morning;
    }
  | { readonly kind: 'later'; readonly at: Instant }
  /** Only the card that is there shows it. */
  | { readonly kind: 'never' };

/** One message lists what waited in the night. */
export interface Morning {
  /** The id of the digest that lists it. */
  readonly digest: string;
  /** The end of the quiet hours. */
  readonly since: Instant;
}

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
    const hours = hoursOf(chosen, settings);
    const without = about.kind === 'incident' ? chosen.without : [];
    const timeZone = loud.timeZone ?? settings.timeZone ?? 'UTC';
    const when = speaking({ hours, without }, { ...loud, timeZone, at: ports.clock.now() });
    if (when.kind !== 'now') return when;
    const now = { kind: 'now', inQuietHours: when.because === 'critical' } as const;
    const { heldUntil: until } = when;
    if (until === null || about.kind !== 'incident') return now;
    const episode = await episodeNow(ports.store, tenant, about.id);
    if (episode !== null && isOver(episode)) return { kind: 'never' };
    const digest = digestAfter(until, { hours, timeZone });
    const morning = await morningAfter(ports, tenant, { person, until, digest });
    return morning === null ? now : { ...now, morning };
  };
}

function hoursOf(
  { quietHours }: Preferences,
  ofTenant: Pick<AlertSettings, 'quietHours'>,
): QuietHours | null {
  return quietHours === 'none' ? null : (quietHours ?? ofTenant.quietHours);
}

/**
 * Null where nothing else waited for the same end: a single incident speaks for itself, as it would have in the night.
 * What has ended since counts too, for it may end between two looks, and all that waited must come to one answer.
 */
async function morningAfter(
  { store }: Pick<Ports, 'store'>,
  tenant: TenantId,
  { person, until, digest }: { readonly person: PersonId; readonly until: Instant; readonly digest: string },
): Promise<Morning | null> {
  const noted = await heldBack(store, tenant, { person, from: until, to: until + 1 });
  return noted.length < 2 ? null : { digest: digestSubject(person, digest), since: until };
}
