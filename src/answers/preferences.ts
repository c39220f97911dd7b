import { type DigestFrequency, digestFrequency } from '../alerts/digest.ts';
import type { AlertKind } from '../alerts/kind.ts';
import type { OptionalUrgency, QuietHours } from '../alerts/quiet-hours.ts';

/** How often a digest may come. */
export const digestFrequencies: readonly DigestFrequency[] = digestFrequency.options;

export const preferenceVerbs = ['preferences.open', 'preferences.save'] as const;
export type PreferenceVerb = (typeof preferenceVerbs)[number];

/** What a person is told and when; shown in a personal chat to a holder of an eligible role. */
export interface PreferencesAnswer {
  readonly kind: 'preferences';
  /** As a form to be filled in, or as it was just saved. */
  readonly form: boolean;
  /** Null for the client's. */
  readonly language: 'en' | 'ko' | null;
  /** Null for the tenant's. */
  readonly quietHours: QuietHours | 'none' | null;
  readonly tenantQuietHours: QuietHours | null;
  readonly without: readonly OptionalUrgency[];
  /** Null for the tenant's. */
  readonly digest: DigestFrequency | null;
  readonly tenantDigest: DigestFrequency;
  /** True where the times that were filled in are no quiet hours: nothing was saved. */
  readonly wrongHours: boolean;
  /** What was filled in where that was refused, so that nothing is asked twice; null else. */
  readonly typed: TypedPreferences | null;
  /** What goes on and could be muted now, for so many hours; none where that was not asked for. */
  readonly mute: { readonly hours: number; readonly incidents: readonly MutableIncident[] } | null;
}

export type TypedPreferences = Readonly<
  Record<'language' | 'quiet' | 'from' | 'to' | 'info' | 'warning' | 'digest', string>
>;

export interface MutableIncident {
  readonly id: string;
  readonly about: AlertKind;
}
