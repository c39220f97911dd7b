import { z } from 'zod';
import type { PersonCommand } from '../alerts/person-command.ts';
import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { IncidentAction } from '../answers/incident.ts';
import { digest } from '../decision/digest.ts';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import { hourMs, type Instant } from '../decision/time.ts';
import { answerIncident } from './answer-incident.ts';
import { doAbout } from './follow-incident.ts';
import { episodeNow } from './incidents.ts';
import type { Ports } from './ports.ts';
import { rightsOf } from './rights.ts';
import { markSeen } from './seen.ts';

/** A tap on an incident's card carries its id and what was filled in; all else is read here. */
export interface IncidentTap {
  readonly verb: IncidentAction;
  readonly data: unknown;
  readonly messageId: string;
}

const maxReasonLength = 500;
const longestHours = 168;

const inputs = z.object({
  episode: z.string().min(1).max(200),
  reason: z.string().trim().max(10_000).optional(),
  /** In hours; what is filled in is text. */
  duration: z.coerce.number().int().min(1).max(longestHours).optional(),
  /** Whom it is offered to. */
  to: z.string().max(100).optional(),
});
type Inputs = z.infer<typeof inputs>;

/** Does what the tap asks for, and answers with the incident as it then stands: the same tap again, the same answer. */
export async function actOnIncident(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  tap: IncidentTap,
  asker: Asker & { readonly person: PersonId },
): Promise<Answer> {
  if (asker.scope !== 'personal') return refusal('personal-only');
  const filled = inputs.safeParse(tap.data);
  if (!filled.success) return refusal('bad-input');
  const { episode: id, reason = '' } = filled.data;
  if (reason.length > maxReasonLength) return refusal('reason-too-long', { limit: maxReasonLength });

  const { tenant, person } = asker;
  const told = commandOf(tap.verb, filled.data, { by: person, at: ports.clock.now() });
  const command = told.type === 'take' ? await fromWhoIsGone(ports, tenant, told) : told;
  if (command.type === 'offerHandover' && !(await mayTake(ports, tenant, command.to)))
    return refusal('handover-not-eligible');
  const seen = { about: { kind: 'incident', id } as const, person };
  const done = await doAbout(ports, tenant, { command, seen, ...requestOf(tap, filled.data, person) });
  // What cannot be done any more was seen all the same.
  if (done.kind === 'refused' && done.refusal.code !== 'episode-unknown') {
    await markSeen(ports, tenant, seen);
  }
  if (done.kind === 'refused' && !saysItself.has(done.refusal.code)) {
    return refusal(done.refusal.code, done.refusal.data);
  }
  return (await answerIncident(ports, tenant, { id, reader: person })) ?? refusal('episode-unknown');
}

/** Who lost the role since cannot hand it over, and nobody else would ever have it. */
async function fromWhoIsGone<Command extends { readonly episode: string; readonly by: string }>(
  ports: Pick<Ports, 'store' | 'directory'>,
  tenant: TenantId,
  command: Command,
): Promise<Command & { readonly from?: string }> {
  const holder = (await episodeNow(ports.store, tenant, command.episode))?.holder?.by;
  if (holder === undefined || holder === command.by || (await mayTake(ports, tenant, holder))) return command;
  return { ...command, from: holder };
}

/** The list on a card is of some time ago, and a card is believed in nothing: it is looked up at the tap. */
async function mayTake(
  ports: Pick<Ports, 'store' | 'directory'>,
  tenant: TenantId,
  to: string,
): Promise<boolean> {
  return (await rightsOf(ports, { tenant, person: personId(to) }, { live: true })).eligible;
}

/** A card that outlived its incident turns into how that ended, which says more than a refusal. */
const saysItself: ReadonlySet<string> = new Set(['episode-over', 'episode-unknown']);

const usualHours = 24;

function commandOf(
  verb: IncidentAction,
  { episode, reason = '', duration = usualHours, to = '' }: Inputs,
  { by, at }: { readonly by: PersonId; readonly at: Instant },
): PersonCommand {
  switch (verb) {
    case 'alert.acknowledge':
      return { type: 'acknowledge', episode, by };
    case 'alert.take':
      return { type: 'take', episode, by };
    case 'alert.handOver':
      return { type: 'offerHandover', episode, by, to: to.trim().toLowerCase() };
    case 'alert.mute':
      return { type: 'mute', episode, by, reason, until: at + duration * hourMs };
    case 'alert.resolve':
      return { type: 'close', episode, by };
    case 'alert.rechargeConfirmed':
      return { type: 'confirmRecharge', episode, by };
    case 'alert.rechargeFailed':
      return { type: 'reportFailure', episode, by, reason: reason || null };
  }
}

/**
 * All deeds but one are the same deed however often they are told. A mute counts from the tap, so that a repetition
 * would be a longer one: the card's message and what was filled in are its key.
 */
function requestOf(
  { verb, messageId }: IncidentTap,
  { episode, reason = '', duration }: Inputs,
  by: PersonId,
) {
  if (verb !== 'alert.mute') return {};
  const parts = [verb, episode, reason, String(duration ?? usualHours)] as const;
  return { request: { key: `tap:${digest(messageId, by, ...parts)}`, digest: digest(...parts) } };
}

function refusal(code: string, data: Readonly<Record<string, string | number>> = {}): Answer {
  return { kind: 'refused', code, data };
}
