import { z } from 'zod';
import { type Episode, isLive, slotOf } from '../alerts/episode.ts';
import { kindRules } from '../alerts/kind.ts';
import type { Answer } from '../answers/answer.ts';
import type { RechargeChoice, RechargeReportAnswer } from '../answers/recharge-report.ts';
import { digest } from '../decision/digest.ts';
import { currency } from '../money/currency.ts';
import { type AlertBooks, readAlertBooks } from './alert-books.ts';
import { answerIncident } from './answer-incident.ts';
import { answerIncidents } from './answer-incidents.ts';
import { doAbout } from './follow-incident.ts';
import type { Ports } from './ports.ts';
import type { Tap } from './tap.ts';
import { toldPeople } from './told-people.ts';
import type { KnownAsker } from './top-up-actor.ts';

type ReportPorts = Pick<
  Ports,
  'store' | 'directory' | 'roleDirectory' | 'clock' | 'peopleFreshMs' | 'defaultCurrency'
>;

/**
 * "The recharge failed", "it works again": by words alone nothing changes. What would be told is shown, to be told by
 * a tap; a failure that is told already is shown itself. @throws {StoreUnavailable} @throws {DirectoryUnavailable}
 */
export async function answerRechargeReport(
  ports: ReportPorts,
  says: RechargeReportAnswer['says'],
  asker: KnownAsker,
): Promise<Answer> {
  const found = await readAlertBooks(ports.store, asker.tenant);
  const episodes = [...found.alerts.state.state.episodes.values()];
  if (says === 'works') return reportOf(ports, asker, { says, choices: endable(episodes) });

  const [failed, ...others] = episodes.filter(
    (episode) => episode.kind === 'recharge-failed' && isLive(episode),
  );
  if (others.length > 0) return answerIncidents(ports, asker);
  const told = failed && (await answerIncident(ports, asker.tenant, { id: failed.id, reader: asker.person }));
  if (told) return told;
  const choices = [...found.books.accounts.keys()].sort().map((of) => ({ currency: of, episode: null }));
  if (choices.length === 0) return { kind: 'no-account', currency: ports.defaultCurrency };
  return reportOf(ports, asker, { says, choices });
}

async function reportOf(
  ports: ReportPorts,
  { tenant }: KnownAsker,
  report: Pick<RechargeReportAnswer, 'says' | 'choices'>,
): Promise<RechargeReportAnswer> {
  const people = report.choices.length === 0 ? 0 : await toldPeople(ports, tenant);
  return { kind: 'recharge-report', people, ...report };
}

/** One a currency, for the word that it works ends all of them there. */
function endable(episodes: readonly Episode[]): readonly RechargeChoice[] {
  const byCurrency = new Map<string, RechargeChoice>();
  for (const episode of episodes) {
    const { id, kind, currency: of } = episode;
    if (of === null || !isLive(episode) || !kindRules[kind].confirmable) continue;
    if (kind === 'recharge-failed' || !byCurrency.has(of)) byCurrency.set(of, { currency: of, episode: id });
  }
  return [...byCurrency.values()].sort((left, right) => (left.currency < right.currency ? -1 : 1));
}

const maxReasonLength = 500;

const inputs = z.object({
  episode: z.undefined(),
  currency: z.string().max(10),
  reason: z.string().trim().max(10_000).optional(),
});

/** Whether a tap tells of a failed recharge by the account, and not by an incident. */
export function isRechargeReport({ verb, data }: Pick<Tap, 'verb' | 'data'>): boolean {
  return verb === 'alert.rechargeFailed' && inputs.safeParse(data).success;
}

/**
 * Tells everybody that the recharge of an account failed, once for the card; where it is known already, the tap joins
 * what is known. Answers with that incident.
 */
export async function reportFailedRecharge(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  { verb, data, messageId }: Tap,
  asker: KnownAsker,
): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  const filled = inputs.safeParse(data);
  if (!filled.success) return refusal('bad-input');
  const { reason = '' } = filled.data;
  const of = currency(filled.data.currency);
  if (of === null) return refusal('unknown-currency');
  if (reason.length > maxReasonLength) return refusal('reason-too-long', { limit: maxReasonLength });
  const { tenant, person } = asker;
  if (!(await readAlertBooks(ports.store, tenant)).books.accounts.has(of)) return refusal('unknown-currency');

  const told = await doAbout(ports, tenant, {
    command: { type: 'reportFailedRecharge', currency: of, by: person, reason: reason || null },
    request: { key: `tap:${digest(messageId, person, verb, of)}`, digest: digest(of, reason) },
  });
  if (told.kind === 'refused') return refusal(told.refusal.code, told.refusal.data);
  const failed = failureIn(await readAlertBooks(ports.store, tenant), of);
  const shown = failed && (await answerIncident(ports, tenant, { id: failed.id, reader: person }));
  return shown ?? refusal('episode-unknown');
}

function failureIn({ alerts }: AlertBooks, of: Episode['currency']): Episode | undefined {
  return alerts.state.state.episodes.get(slotOf({ kind: 'recharge-failed', currency: of }));
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
