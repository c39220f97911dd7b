import type { Episode } from '../alerts/episode.ts';
import { type CallThatStandsOut, type IncidentSpend, incidentSpend } from '../answers/incident-spend.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import { addDays, type Day, startOfDay, utcDay } from '../decision/time.ts';
import { maskedNumber, maySeeNumbers } from '../people/number-sight.ts';
import { deckAt } from '../rates/rate-at.ts';
import { type FundedRow, isFunded } from '../usage/known-row.ts';
import { rowsIndex } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import { classesBy } from './destination-class.ts';
import { type Directory, DirectoryUnavailable, type Ports, type Store } from './ports.ts';
import { rateDecks } from './rate-decks.ts';
import { readBooks } from './tenant-books.ts';

/** A day of a large tenant has more; the latest say what goes on. */
const mostCalls = 5_000;

/**
 * The calls behind an incident of spend that stands out: those of its users on its days or, where no user stands out,
 * those to its classes of destinations. Null where the incident is of something else, or its calls are kept no more.
 * @throws {StoreUnavailable}
 */
export async function spendBehind(
  { store, directory, clock }: Pick<Ports, 'store' | 'directory' | 'clock'>,
  tenant: TenantId,
  { episode, reader }: { readonly episode: Episode; readonly reader: PersonId },
): Promise<IncidentSpend | null> {
  const { kind, currency, facts, resolved } = episode;
  if (kind !== 'spend-spike' || currency === null || resolved !== null) return null;
  const [books, isWhole, { rows, complete }, isMeant] = await Promise.all([
    readBooks(store, tenant),
    seesNumbers(directory, tenant, reader),
    latestRows(store, tenant, daysOf(episode)),
    callsMeant(store, tenant, { ...episode, currency }, clock.now()),
  ]);
  const { latestStartedAt: reportedUntil } = books.usage.state;
  if (reportedUntil === null) return null;
  return incidentSpend(rows.filter((row) => row.currency === currency && isMeant(row)).map(callOf), {
    currency,
    balance: facts.balance,
    reportedUntil,
    now: clock.now(),
    numbersMasked: !isWhole,
    complete,
    user: facts.findings.find(({ subject }) => subject === 'user')?.id ?? null,
    shownNumber: isWhole ? (number) => number : maskedNumber,
  });
}

/** Without the directory nobody's roles are known, and numbers hide their end. */
async function seesNumbers(directory: Directory, tenant: TenantId, reader: PersonId): Promise<boolean> {
  try {
    const person = await directory.person(tenant, reader);
    return person !== null && maySeeNumbers(person);
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return false;
    throw error;
  }
}

function daysOf({ facts }: Episode): readonly Day[] {
  return [...new Set(facts.findings.map(({ day }) => day))].sort().reverse();
}

/** The calls that started on these days, the latest day first, at most so many. */
async function latestRows(
  store: Store,
  tenant: TenantId,
  days: readonly Day[],
): Promise<{ readonly rows: readonly FundedRow[]; readonly complete: boolean }> {
  const rows: FundedRow[] = [];
  let room = mostCalls;
  let complete = true;
  for (const day of days) {
    const ids = await store.members(tenant, rowsIndex(day), {
      from: startOfDay(day),
      to: startOfDay(addDays(day, 1)),
    });
    if (ids.length > room) complete = false;
    const read = room === 0 ? [] : await store.records(tenant, 'usage', ids.slice(-room));
    for (const stored of read.values()) {
      const row = readRow(stored);
      // The index still has calls whose start was corrected to another day.
      if (utcDay(row.startedAt) === day && isFunded(row)) rows.push(row);
    }
    room = Math.max(0, room - ids.length);
  }
  return { rows, complete };
}

async function callsMeant(
  store: Store,
  tenant: TenantId,
  { facts, currency }: Episode & { readonly currency: FundedRow['currency'] },
  now: number,
): Promise<(row: FundedRow) => boolean> {
  const named = (wanted: 'user' | 'class'): ReadonlySet<string> =>
    new Set(facts.findings.flatMap(({ subject, id }) => (subject === wanted ? [id] : [])));
  const users = named('user');
  if (users.size > 0) return ({ user }) => user !== null && users.has(user);
  const deck = deckAt(await rateDecks(store, tenant), { currency, at: now });
  if (deck === null) return () => false;
  const [classes, classOf] = [named('class'), classesBy(deck)];
  return ({ calleeNumber }) => classes.has(classOf(calleeNumber));
}

function callOf({ startedAt, durationSeconds, charge, calleeNumber }: FundedRow): CallThatStandsOut {
  return { startedAt, durationSeconds, charge, number: calleeNumber };
}
