import type { Change, Count, IndexMember, RecordChange } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import { utcDay } from '../decision/time.ts';
import { rowsIndex } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import { changeOf } from './booking.ts';
import type { CheckedJournal, RebuiltHead } from './check-journal.ts';
import { type JournalPart, type JournalPiece, readJournal } from './journal-lines.ts';
import type { Store } from './ports.ts';
import { ReadAhead } from './read-ahead.ts';
import { type Rebuilding, rebuildHead, storeRebuilding } from './rebuilding.ts';

/** Two rebuild one tenant at once; one of them got on, and this one did nothing. */
export class RebuiltMeanwhile extends Error {
  constructor() {
    super('Another rebuild of the tenant is under way. Wait for its end.');
    this.name = 'RebuiltMeanwhile';
  }
}

/** The file was whole when it was checked, and is another now that it is read. */
export class JournalChanged extends Error {
  constructor() {
    super('The journal changed while it was read. Give a copy that nobody writes to.');
    this.name = 'JournalChanged';
  }
}

const countsPerCommit = 5_000;

/** The facts of a journal on their way into the store; it lives no longer than a rebuild. */
export class Restoring {
  readonly #store: Store;
  readonly #tenant: TenantId;
  #version: number;
  #state: Rebuilding;

  constructor(
    store: Store,
    tenant: TenantId,
    head: { readonly version: number; readonly state: Rebuilding },
  ) {
    this.#store = store;
    this.#tenant = tenant;
    this.#version = head.version;
    this.#state = head.state;
  }

  async all(journal: CheckedJournal, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.#version === 0) await this.#commit({});
    const concluded = new Set(journal.counts.map(({ model }) => model));
    const ahead = new ReadAhead(portionsAfter(this.#state, readJournal(bytes)));
    try {
      for (let some = await ahead.take(); some !== null; some = await ahead.take()) {
        const committed = this.#portion(some, concluded);
        ahead.begin();
        await committed;
      }
    } finally {
      await ahead.close();
    }
    while (this.#state.counts < journal.counts.length) await this.#counts(journal.counts);
    await this.#commit({ done: true }, { heads: journal.heads });
  }

  async #portion({ parts, line }: Portion, concluded: ReadonlySet<string>): Promise<void> {
    const [answer] = parts.flatMap((part) => (part.kind === 'answer' ? [part] : []));
    if (answer === undefined) return this.#commit({ lines: line }, { change: changesOf(parts, concluded) });
    const { key, digest, outcome } = answer;
    await this.#commit({ lines: line }, { change: { idempotency: { key, digest, outcome } } });
  }

  #counts(all: readonly Count[]): Promise<void> {
    const counts = all.slice(this.#state.counts, this.#state.counts + countsPerCommit);
    return this.#commit({ counts: this.#state.counts + counts.length }, { change: { counts } });
  }

  /** Facts and how far they are, in one step: after a crash none is missing and none is there twice. */
  async #commit(progress: Partial<Rebuilding>, facts: Facts = {}): Promise<void> {
    const state = { ...this.#state, ...progress };
    const own = { head: rebuildHead, expectedVersion: this.#version, state: storeRebuilding(state) };
    const others = (facts.heads ?? []).map((head) => ({ ...head, expectedVersion: 0 }));
    const booked = { heads: [own, ...others], events: facts.change?.events ?? [] };
    const reply = await this.#store.commit({ ...changeOf(this.#tenant, [], facts.change), ...booked });
    if (reply.kind === 'conflict') throw new RebuiltMeanwhile();
    // Where the key was used since, as when somebody met the bot again, its later answer stands.
    if (reply.kind !== 'committed') return this.#commit(progress);
    this.#state = state;
    this.#version += 1;
  }
}

interface Facts {
  readonly change?: Partial<Omit<Change, 'tenantId' | 'heads'>>;
  readonly heads?: readonly RebuiltHead[];
}

/** What goes into one commit, and the last line that is then in the store. */
interface Portion {
  readonly parts: readonly JournalPart[];
  readonly line: number;
}

/** As many as a batch of calls has. */
const partsPerPortion = 1_000;
/** Price lists are long; a commit of some megabytes holds up nobody. */
const charactersPerPortion = 4 * 1_024 ** 2;

/** The facts that are not in the store yet, in their order; an answer stands alone, for a commit has one idempotency key at most. */
async function* portionsAfter(
  { lines, journal }: Rebuilding,
  pieces: AsyncIterable<JournalPiece>,
): AsyncGenerator<Portion, undefined, undefined> {
  let parts: JournalPart[] = [];
  let last = lines;
  let digest: string | null = null;
  let characters = 0;
  const taken = (): Portion => {
    const portion = { parts, line: last };
    parts = [];
    characters = 0;
    return portion;
  };
  for await (const piece of pieces) {
    if (piece.refusal !== null) throw new JournalChanged();
    digest = piece.digest;
    for (const next of piece.parts) {
      if (next.line <= lines || next.part.kind === 'head') continue;
      const isAnswer = next.part.kind === 'answer';
      if (isAnswer && parts.length > 0) yield taken();
      parts.push(next.part);
      last = next.line;
      characters += next.length;
      if (isAnswer || parts.length === partsPerPortion || characters > charactersPerPortion) yield taken();
    }
  }
  if (digest !== journal) throw new JournalChanged();
  if (parts.length > 0) yield taken();
}

/** Numbers that follow from rows are not taken from the journal, whatever it says of them. */
function changesOf(
  parts: readonly JournalPart[],
  concluded: ReadonlySet<string>,
): Pick<Change, 'events' | 'records' | 'members' | 'counts'> {
  const events: Change['events'][number][] = [];
  const records: RecordChange[] = [];
  const members: IndexMember[] = [];
  const counts: Count[] = [];
  for (const part of parts) {
    if (part.kind === 'event') events.push({ log: part.log, event: part.event });
    if (part.kind === 'record') {
      records.push({ table: part.table, id: part.id, value: part.value });
      if (part.table === 'usage') members.push(memberOf(part.id, part.value));
    }
    if (part.kind === 'member') members.push({ index: part.index, score: part.score, member: part.member });
    if (part.kind === 'count' && !concluded.has(part.model)) {
      counts.push({ model: part.model, field: part.field, by: BigInt(part.number) });
    }
  }
  return { events, records, members, counts };
}

function memberOf(id: string, stored: unknown): IndexMember {
  const { startedAt } = readRow(stored);
  return { index: rowsIndex(utcDay(startedAt)), score: startedAt, member: id };
}
