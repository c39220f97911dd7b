import { z } from 'zod';
import { digestFrequency } from '../alerts/digest.ts';
import { quietHours } from '../alerts/quiet-hours.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { PreferencesAnswer, PreferenceVerb } from '../answers/preferences.ts';
import type { PersonId } from '../decision/ids.ts';
import type { Question } from '../language/question.ts';
import { readAlertBooks } from './alert-books.ts';
import { alertSettingsOf } from './alert-settings.ts';
import { forEligible } from './for-eligible.ts';
import { muteHours } from './mute-hours.ts';
import type { Ports } from './ports.ts';
import { choosePreferences, noPreferences, preferencesOf } from './preferences.ts';

type PreferencePorts = Pick<Ports, 'store' | 'clock' | 'directory'>;

const told = z.enum(['true', 'false']).default('true');
const inputs = z.object({
  language: z.enum(['client', 'en', 'ko']).default('client'),
  quiet: z.enum(['tenant', 'none', 'own']).default('tenant'),
  from: z.string().max(20).optional(),
  to: z.string().max(20).optional(),
  info: told,
  warning: told,
  /** Cards of earlier releases do not ask for it, and leave it as it is. */
  digest: z.union([digestFrequency, z.literal('tenant')]).optional(),
});

/** Shows what a person chose, or saves it. What is critical cannot be done without. @throws {StoreUnavailable} */
export async function actOnPreferences(
  ports: PreferencePorts,
  tap: { readonly verb: PreferenceVerb; readonly data: unknown },
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  if (asker.scope !== 'personal') return { kind: 'refused', code: 'personal-only', data: {} };
  if (tap.verb === 'preferences.open') return shown(ports, asker, { form: true });
  const filled = inputs.safeParse(tap.data);
  if (!filled.success) return { kind: 'refused', code: 'bad-input', data: {} };
  const { language, quiet, from, to, info, warning, digest } = filled.data;
  const own = quietHours.safeParse({ from, to });
  if (quiet === 'own' && !own.success) {
    const typed = {
      language,
      quiet,
      from: from ?? '',
      to: to ?? '',
      info,
      warning,
      digest: digest ?? 'tenant',
    };
    return shown(ports, asker, { form: true, wrongHours: true, typed });
  }
  const ofTenantOrNone = quiet === 'none' ? 'none' : null;
  await choosePreferences(ports.store, asker, {
    language: language === 'client' ? null : language,
    quietHours: quiet === 'own' && own.success ? own.data : ofTenantOrNone,
    without: [
      ...(info === 'false' ? ['info' as const] : []),
      ...(warning === 'false' ? ['warning' as const] : []),
    ],
    ...(digest !== undefined && { digest: digest === 'tenant' ? null : digest }),
  });
  return shown(ports, asker, { form: false });
}

/** "Mute for two hours": which incident, and whether at all, is said by a tap. */
export function answerMute(
  ports: PreferencePorts,
  { duration }: Extract<Question, { intent: 'mute' }>,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'mute' }, async () => {
    const { alerts } = await readAlertBooks(ports.store, asker.tenant);
    const incidents = [...alerts.state.state.episodes.values()]
      .filter(({ resolved, mute, quietBy }) => resolved === null && mute === null && quietBy === null)
      .map(({ id, kind }) => ({ id, about: kind }));
    const hours = muteHours(duration, { now: ports.clock.now(), timeZone: asker.timeZone });
    return shown(ports, asker, { form: true, mute: { hours, incidents } });
  });
}

async function shown(
  ports: PreferencePorts,
  { tenant, person }: Pick<Asker, 'tenant' | 'person'>,
  {
    form,
    wrongHours = false,
    typed = null,
    mute = null,
  }: Pick<PreferencesAnswer, 'form'> & Partial<Pick<PreferencesAnswer, 'wrongHours' | 'typed' | 'mute'>>,
): Promise<PreferencesAnswer> {
  const [chosen, settings] = await Promise.all([
    person === null ? noPreferences : preferencesOf(ports.store, tenant, person),
    alertSettingsOf(ports, tenant),
  ]);
  return {
    kind: 'preferences',
    form,
    ...chosen,
    tenantQuietHours: settings.quietHours,
    tenantDigest: settings.digest,
    wrongHours,
    typed,
    mute,
  };
}
