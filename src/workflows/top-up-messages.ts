import type { TopUpEvent } from '../approvals/top-up-events.ts';
import { isClosed, isReviewOpen, type TopUp } from '../approvals/top-up-state.ts';
import type { OutboxMessage } from '../decision/commit.ts';
import type { JsonValue } from '../decision/json.ts';

type Mode = 'new' | 'edit' | 'final';
type Urgency = 'critical' | 'warning' | 'info';

/** Who is to decide, who is to buy, and who asked: three kinds of people, who may be the same. */
type Party = 'deciders' | 'buyers' | 'requester';

/** Whom an event speaks up to; for all others the card they have is edited in place. */
const speaksUpTo: Readonly<Record<TopUpEvent['type'], readonly Party[]>> = {
  requested: ['deciders'],
  edited: ['deciders'],
  approved: [],
  granted: ['buyers', 'requester'],
  overridden: ['deciders', 'buyers'],
  rejected: ['requester'],
  cancelled: [],
  purchased: [],
  failed: ['buyers', 'requester'],
  proven: [],
  reopened: ['buyers', 'requester'],
  reviewed: ['requester'],
  flagged: ['deciders'],
  expired: ['requester'],
  lapsed: ['requester'],
  reminded: [],
  rerouted: ['deciders', 'requester'],
};

const urgencies: Readonly<Partial<Record<TopUpEvent['type'], Urgency>>> = {
  overridden: 'critical',
  failed: 'critical',
  flagged: 'warning',
  lapsed: 'warning',
  expired: 'warning',
  reopened: 'warning',
  rerouted: 'warning',
  reminded: 'warning',
  requested: 'warning',
};

/**
 * What is to be said of a change, to those who were asked and the requester: what the card then shows is read when it
 * is sent. Nobody is told twice: where two parties share a role, the louder word is said.
 */
export function topUpMessages(
  state: TopUp,
  events: readonly TopUpEvent[],
  version: number,
): readonly OutboxMessage[] {
  const quiet: Mode = isClosed(state) && !isReviewOpen(state) ? 'final' : 'edit';
  const loud = new Set(events.flatMap((event) => partiesOf(event, state)));
  const modeFor = (party: Party): Mode => (loud.has(party) ? 'new' : quiet);
  const seats = [...state.seats, ...(state.review?.seats ?? [])];
  const roles = modes([
    ...seats.flatMap((seat) => seat.roles).map((role) => [role, modeFor('deciders')] as const),
    ...(isWithBuyers(state) ? state.policy.buyers : []).map((role) => [role, modeFor('buyers')] as const),
  ]);
  const people = modes([
    ...seats.flatMap((seat) => seat.people).map((person) => [person, modeFor('deciders')] as const),
    [state.requester.id, modeFor('requester')],
  ]);
  return (['new', 'edit', 'final'] as const).flatMap((mode) => [
    ...message({ state, events, version, mode }, 'roles', withMode(roles, mode)),
    ...message({ state, events, version, mode }, 'people', withMode(people, mode)),
  ]);
}

/** A reminder is for whoever keeps the request waiting; more bought than approved is for the deciders again. */
function partiesOf(event: TopUpEvent, state: TopUp): readonly Party[] {
  if (event.type === 'reminded') return state.status === 'pending' ? ['deciders'] : ['buyers'];
  if (event.type === 'purchased') return event.review === null ? [] : ['deciders'];
  if (event.type === 'edited') return event.voided ? ['deciders'] : [];
  return speaksUpTo[event.type];
}

function isWithBuyers({ status, purchases }: TopUp): boolean {
  return status === 'approved' || status === 'reopened' || status === 'lapsed' || purchases.length > 0;
}

function modes(told: readonly (readonly [who: string, mode: Mode])[]): ReadonlyMap<string, Mode> {
  const loudest = new Map<string, Mode>();
  for (const [who, mode] of told) {
    if (mode === 'new' || !loudest.has(who)) loudest.set(who, mode);
  }
  return loudest;
}

function withMode(told: ReadonlyMap<string, Mode>, mode: Mode): readonly string[] {
  return [...told].filter(([, own]) => own === mode).map(([who]) => who);
}

interface Saying {
  readonly state: TopUp;
  readonly events: readonly TopUpEvent[];
  readonly version: number;
  readonly mode: Mode;
}

function message(
  { state, events, version, mode }: Saying,
  kind: 'roles' | 'people',
  who: readonly string[],
): readonly OutboxMessage[] {
  const last = events.at(-1);
  if (who.length === 0 || last === undefined) return [];
  const audience: JsonValue = kind === 'roles' ? { kind, roles: [...who] } : { kind, people: [...who] };
  const body: JsonValue = {
    v: 1,
    about: { kind: 'topup', id: `${state.number}` },
    audience,
    mode,
    urgency: urgencyOf(events),
    at: last.at,
  };
  return [{ key: `topup:${state.number}:${version}:${mode}:${kind}`, body }];
}

function urgencyOf(events: readonly TopUpEvent[]): Urgency {
  const found = events.map(({ type }) => urgencies[type] ?? 'info');
  return (['critical', 'warning'] as const).find((urgency) => found.includes(urgency)) ?? 'info';
}
