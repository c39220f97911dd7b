import { z } from 'zod';
import { settingsVerbs } from '../answers/alert-settings.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { incidentActions, incidentViews } from '../answers/incident.ts';
import { preferenceVerbs } from '../answers/preferences.ts';
import { topUpVerbs } from '../answers/top-up.ts';
import { digest } from '../decision/digest.ts';
import type { PersonId } from '../decision/ids.ts';
import type { Day } from '../decision/time.ts';
import { currency } from '../money/currency.ts';
import { parseAmount } from '../money/parse-amount.ts';
import { actOnIncident } from './act-on-incident.ts';
import { actOnSettings } from './act-on-settings.ts';
import { actOnTopUp } from './act-on-top-up.ts';
import { answerIncident } from './answer-incident.ts';
import { answerHistory } from './history.ts';
import type { Ports } from './ports.ts';
import { reconcile } from './reconcile.ts';
import { recordRecharge } from './record-recharge.ts';
import { rightsOf } from './rights.ts';
import { actOnPreferences } from './show-preferences.ts';
import { answerApprovals } from './show-top-up.ts';
import type { Tap } from './tap.ts';

/** The verbs that cards carry, `<capability>.<verb>`. */
export const verbs = [
  'balance.reconcile',
  'balance.recordRecharge',
  'history.older',
  'approvals.older',
  ...topUpVerbs,
  ...incidentActions,
  ...incidentViews,
  ...preferenceVerbs,
  ...settingsVerbs,
] as const;

const maxReasonLength = 500;

const ledgerVersion = z.number().int().nonnegative();

/** What is filled in is text; what a card carries itself may come back as a number. */
const checkInputs = z.object({
  observed: z.union([z.string().max(100), z.number().transform(String)]),
  currency: z.string().max(10),
  ledgerVersion: ledgerVersion.optional(),
  /** By currency, where the card showed several accounts. */
  ledgerVersions: z.record(ledgerVersion).optional(),
  reason: z.string().trim().max(10_000).optional(),
});

const rechargeInputs = z.object({ check: z.string().min(1).max(100) });

const historyInputs = z.object({
  currency: z.string().max(10),
  from: z.number().int().positive().optional(),
});

const pageDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
  .transform((text) => text as Day);
const incidentInputs = z.object({ episode: z.string().min(1).max(200) });
const approvalsInputs = z.object({
  below: z.number().int().positive().optional(),
  /** The days of the page before. */
  from: pageDay.optional(),
  to: pageDay.optional(),
});

/** Does what a card asks for. Identity is the channel's word, and rights are read from the directory at the tap. */
export async function act(ports: Ports, tap: Tap, asker: Asker): Promise<Answer> {
  if (!verbs.some((verb) => verb === tap.verb)) return refusal('unknown-action');
  const rights = await rightsOf(ports, asker, { live: true });
  if (!rights.eligible) return { kind: 'not-eligible', reason: rights.reason };
  if (asker.person === null) return { kind: 'not-eligible', reason: 'unknown-person' };
  if (tap.verb === 'balance.reconcile') return checkBalance(ports, tap, { ...asker, person: asker.person });
  if (tap.verb === 'balance.recordRecharge')
    return confirmRecharge(ports, tap, { ...asker, person: asker.person });
  if (tap.verb === 'history.older') return showHistory(ports, tap, asker);
  if (tap.verb === 'approvals.older') return showApprovals(ports, tap, asker);
  const person = { ...asker, person: asker.person };
  const onTopUp = topUpVerbs.find((known) => known === tap.verb);
  if (onTopUp !== undefined) return actOnTopUp(ports, { ...tap, verb: onTopUp }, person);
  const onPreferences = preferenceVerbs.find((known) => known === tap.verb);
  if (onPreferences !== undefined) return actOnPreferences(ports, { ...tap, verb: onPreferences }, person);
  const onSettings = settingsVerbs.find((known) => known === tap.verb);
  if (onSettings !== undefined) return actOnSettings(ports, { ...tap, verb: onSettings }, person);
  const onIncident = incidentActions.find((known) => known === tap.verb);
  if (onIncident !== undefined) return actOnIncident(ports, { ...tap, verb: onIncident }, person);
  if (incidentViews.some((known) => known === tap.verb)) return showIncident(ports, tap, person);
  return refusal('unknown-action');
}

/** The figure that an admin read in the admin centre. */
async function checkBalance(
  ports: Ports,
  tap: Tap,
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  const inputs = checkInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { observed, reason = '', ledgerVersions = {} } = inputs.data;
  const of = currency(inputs.data.currency);
  if (of === null) return refusal('unknown-currency');
  const version = inputs.data.ledgerVersion ?? ledgerVersions[of] ?? 0;
  // What was typed goes back into the form, to be put right and not typed again.
  const typed = { currency: of, ledgerVersion: version, observed, reason };
  const parsed = parseAmount(observed, of);
  if (!parsed.ok) return refusal(parsed.refusal.code, { ...typed, ...parsed.refusal.data });
  if (reason.length > maxReasonLength)
    return refusal('reason-too-long', { ...typed, limit: maxReasonLength });

  const at = ports.clock.now();
  const checked = await reconcile(ports.store, {
    tenant: asker.tenant,
    observed: parsed.amount,
    reason: reason || null,
    by: asker.person,
    byName: asker.name,
    observedAt: at,
    at,
    // The card's message and the ledger it showed: the same tap again is the same check, a later look a new one.
    idempotencyKey: `tap:${digest(tap.messageId, asker.person, tap.verb, String(version), observed)}`,
  });
  if (checked.kind === 'refused') return refusal(checked.refusal.code, checked.refusal.data);
  return checked.outcome;
}

/** The recharge that a check showed to be missing in the ledger. */
async function confirmRecharge(
  ports: Ports,
  tap: Tap,
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  const inputs = rechargeInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const { tenant, person: by, name: byName } = asker;
  const at = ports.clock.now();
  const told = await recordRecharge(ports.store, { tenant, check: inputs.data.check, by, byName, at });
  return told.kind === 'refused' ? refusal(told.refusal.code, told.refusal.data) : told.outcome;
}

/** Another page of the ledger, in the place of the one that was tapped. */
async function showHistory(ports: Ports, tap: Tap, asker: Asker): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  const page = historyInputs.safeParse(tap.data);
  const of = page.success ? currency(page.data.currency) : null;
  if (!page.success || of === null) return refusal('bad-input');
  const { from } = page.data;
  return answerHistory(ports, { currency: of, ...(from === undefined ? {} : { from }) }, asker);
}

/** An incident as it stands, for who reads of it elsewhere. */
async function showIncident(
  ports: Ports,
  tap: Tap,
  { tenant, person, scope }: Asker & { readonly person: PersonId },
): Promise<Answer> {
  if (scope !== 'personal') return refusal('personal-only');
  const inputs = incidentInputs.safeParse(tap.data);
  if (!inputs.success) return refusal('bad-input');
  const shown = await answerIncident(ports, tenant, { id: inputs.data.episode, reader: person });
  return shown ?? refusal('episode-unknown');
}

/** Another page of the requests. */
async function showApprovals(ports: Ports, tap: Tap, asker: Asker): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  const page = approvalsInputs.safeParse(tap.data);
  if (!page.success) return refusal('bad-input');
  const { below, from, to } = page.data;
  const days = from === undefined || to === undefined ? null : { from, to };
  return answerApprovals(ports, { below: below ?? null, days }, asker);
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
