import { z } from 'zod';
import { type AlertCommand, alertsUnder } from '../alerts/alerts.ts';
import type { AlertRefusal } from '../alerts/person-command.ts';
import type { Signal } from '../alerts/signal.ts';
import type { AlertEvent } from '../alerts/unfolding.ts';
import type { RecordChange } from '../decision/commit.ts';
import type { Decision } from '../decision/decider.ts';
import { type Handled, handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type AlertBooks, type AlertsHead, readAlertBooks } from './alert-books.ts';
import { drillsCompleted } from './drill-certificate.ts';
import { lookAtAccounts } from './look-at-accounts.ts';
import { type Followed, type IncidentRequest, planIncidents } from './plan-incidents.ts';
import type { Ports } from './ports.ts';
import { chosenRoles } from './role-choice.ts';
import { type Seen, seenRecords } from './seen.ts';
import { readSettledBooks } from './settle.ts';

type FollowPorts = Pick<Ports, 'store' | 'clock'>;

export type { Followed };

/** What the world told, once for its cause. @throws {StoreUnavailable} */
export function observe(
  ports: FollowPorts,
  tenant: TenantId,
  told: {
    readonly signals: readonly Signal[];
    readonly actor: string;
    readonly request?: IncidentRequest;
    /** What is kept of it beside the incidents. */
    readonly records?: readonly RecordChange[];
  },
): Promise<Handled<Followed, AlertRefusal>> {
  const { signals, actor, request, records = [] } = told;
  return step(ports, tenant, {
    actor,
    ...(request && { request }),
    commands: async () => ({ commands: [{ type: 'observe', signals }], looked: null, records }),
  });
}

/** What a person does about an incident, once for its cause. Refuses with the codes of {@link AlertRefusal}. */
export function doAbout(
  ports: FollowPorts,
  tenant: TenantId,
  told: {
    readonly command: AlertCommand & { readonly by: string };
    readonly request?: IncidentRequest;
    /** What the deed shows to be seen by who does it. */
    readonly seen?: Seen;
  },
): Promise<Handled<Followed, AlertRefusal>> {
  const { command, request, seen } = told;
  return step(ports, tenant, {
    actor: command.by,
    ...(request && { request }),
    commands: async (_books, at) => ({
      commands: [command],
      looked: null,
      records: seen === undefined ? [] : await seenRecords(ports.store, tenant, { ...seen, at }),
    }),
  });
}

/**
 * What the ledger says that was not looked at yet. How far it was looked at is a part of the same commit, so that a
 * crash in between leaves nothing out and tells nothing twice.
 */
export function observeLedger(
  ports: FollowPorts,
  tenant: TenantId,
): Promise<Handled<Followed, AlertRefusal>> {
  return step(ports, tenant, {
    actor: byItself,
    commands: async (books, at) => {
      const { signals, looked } = await lookAtAccounts(ports.store, tenant, { books, at, withRunway: false });
      return { commands: [{ type: 'observe', signals }], looked };
    },
  });
}

/** What the passing of time brings: reminders, steps of the chain, what is overdue, what lapses, a feed gone blind. */
export async function tickIncidents(
  ports: FollowPorts,
  tenant: TenantId,
): Promise<Handled<Followed, AlertRefusal>> {
  // Funds that lapsed by now are a change of the balance.
  await readSettledBooks(ports.store, tenant, ports.clock.now());
  return step(ports, tenant, {
    actor: byItself,
    commands: async (books, at) => {
      const { signals, looked } = await lookAtAccounts(ports.store, tenant, { books, at, withRunway: true });
      const { feedCompletedAt } = books;
      const feed: readonly Signal[] =
        feedCompletedAt === null ? [] : [{ type: 'feedSeen', completedAt: feedCompletedAt }];
      return { commands: [{ type: 'observe', signals: [...feed, ...signals] }, { type: 'tick' }], looked };
    },
  });
}

/** Who acted where nobody did. */
const byItself = 'alerts';

interface Step {
  readonly actor: string;
  readonly request?: IncidentRequest;
  readonly commands: (books: AlertBooks, at: Instant) => Promise<Wanted>;
}

interface Wanted {
  readonly commands: readonly AlertCommand[];
  readonly looked: AlertsHead['looked'] | null;
  readonly records?: readonly RecordChange[];
}

function step(
  { store, clock }: FollowPorts,
  tenant: TenantId,
  { actor, request, commands }: Step,
): Promise<Handled<Followed, AlertRefusal>> {
  return handle<Followed, AlertRefusal>({
    ...(request && { recall: () => store.recall(tenant, request) }),
    decide: async () => {
      const at = clock.now();
      const books = await readAlertBooks(store, tenant);
      const wanted = await commands(books, at);
      const decision = decideAll(books, wanted.commands, at);
      if (decision.kind === 'refused') return decision;
      const roles = books.settings.state.settings.roles ?? [...(await chosenRoles(store, tenant))];
      const { looked, records = [] } = wanted;
      const { events } = decision;
      const certified = await drillsCompleted(store, tenant, { events, state: books.alerts.state.state });
      return planIncidents(tenant, { books, events, looked, records, certified, roles, actor, at, request });
    },
    commit: (change) => store.commit(change),
    readOutcome: (stored) => z.array(z.string()).parse(stored),
  });
}

/** One decision after the other, on the state that the one before left. */
function decideAll(
  { alerts, settings }: AlertBooks,
  commands: readonly AlertCommand[],
  at: Instant,
): Decision<AlertEvent, AlertRefusal> {
  const decider = alertsUnder(settings.state.settings);
  let { state } = alerts.state;
  const events: AlertEvent[] = [];
  for (const command of commands) {
    const decision = decider.decide(state, command, at);
    if (decision.kind === 'refused') return decision;
    events.push(...decision.events);
    state = decision.events.reduce(decider.evolve, state);
  }
  return { kind: 'accepted', events };
}
