import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { inPieces } from './byte-pieces.ts';
import type { BrokenOff } from './read-row.ts';
import { type RefusedUsage, refusedUsage } from './usage-file-refused.ts';

/** The usage report inside an exported ZIP; its bytes come as the archive's do, and only once. */
export interface UsageArchive {
  readonly kind: 'archive';
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Once the bytes have ended: why before the report did, null where they are whole. */
  brokenOff(): BrokenOff | null;
}

/** What all entries together may unfold to: a year of a large tenant's calls is a fifth of it. */
const maxUnfoldedBytes = 1_024 ** 3;

const expected = 'PSTN.calls.*.csv';
const usageReportName = /(?:^|[\\/])PSTN\.calls[^\\/]*\.csv$/i;
const directRoutingName = /(?:^|[\\/])DirectRouting\.calls[^\\/]*\.csv$/i;

/** Deflate unfolds a byte to a thousand at most, so a piece of this size never takes more than 16 MB. */
const pieceBytes = 16 * 1_024;

/**
 * Finds the usage report in the ZIP that the admin centre exports, in whatever folder, in bounded memory. Refuses
 * `usage-archive-without-report` (naming what is in it), `usage-file-direct-routing`, `usage-archive-broken` and
 * `usage-archive-too-large`. Throws what the bytes' source throws.
 */
export async function openUsageArchive(
  bytes: AsyncIterable<Uint8Array>,
  limit: number = maxUnfoldedBytes,
): Promise<UsageArchive | RefusedUsage> {
  const unfolding = new Unfolding(bytes, limit);
  while (!unfolding.found && (await unfolding.step()));
  if (!unfolding.found) return refusedWithoutReport(unfolding);
  return { kind: 'archive', bytes: unfolding.report(), brokenOff: () => unfolding.brokenOff };
}

function refusedWithoutReport({ brokenOff, names }: Unfolding): RefusedUsage {
  if (brokenOff !== null) return refusedBroken(brokenOff, names);
  if (names.some((name) => directRoutingName.test(name))) {
    return refusedUsage('usage-file-direct-routing', { expected, found: names });
  }
  return refusedUsage('usage-archive-without-report', { expected, found: names });
}

/** The refusal of an archive that broke off before a row was read. */
export function refusedBroken(brokenOff: BrokenOff, found: readonly string[]): RefusedUsage {
  const code = brokenOff === 'archive-too-large' ? 'usage-archive-too-large' : 'usage-archive-broken';
  return refusedUsage(code, { expected, found });
}

/** Only so many names are kept, for an archive may have any number of them. */
const maxNamesKept = 20;

/** An archive as it is being read, piece by piece. */
class Unfolding {
  readonly names: string[] = [];
  found = false;
  brokenOff: BrokenOff | null = null;

  readonly #pieces: AsyncGenerator<Uint8Array>;
  readonly #limit: number;
  readonly #unzip = new Unzip((file) => this.#open(file));
  #unfolded = 0;
  #waiting: Uint8Array[] = [];

  constructor(bytes: AsyncIterable<Uint8Array>, limit: number) {
    this.#pieces = inPieces(bytes, pieceBytes);
    this.#limit = limit;
    this.#unzip.register(UnzipInflate);
  }

  /** Reads one more piece; false where there is none, or no use in one. */
  async step(): Promise<boolean> {
    const next = await this.#pieces.next();
    try {
      this.#unzip.push(next.done === true ? new Uint8Array() : next.value, next.done === true);
    } catch {
      this.#breakOff('archive-broken');
    }
    if (this.brokenOff !== null) await this.#pieces.return(undefined);
    return next.done !== true && this.brokenOff === null;
  }

  async *report(): AsyncGenerator<Uint8Array> {
    try {
      do yield* this.#waiting.splice(0);
      while (await this.step());
      yield* this.#waiting.splice(0);
    } finally {
      await this.#pieces.return(undefined);
    }
  }

  /** Each entry is unfolded, for the library would keep in memory what nobody takes; only the report is kept. */
  #open(file: UnzipFile): void {
    if (this.names.length < maxNamesKept) this.names.push(file.name);
    const isReport = usageReportName.test(file.name);
    if (isReport && this.found) this.#breakOff('archive-with-second-report');
    if (isReport && this.brokenOff === null) this.found = true;
    let size = 0;
    file.ondata = (error, data, final) => {
      if (error) return this.#breakOff('archive-broken');
      size += data.length;
      this.#take(data, isReport);
      // A damaged entry may end early without an error; rows would be missing and nobody told.
      if (final && size !== (file.originalSize ?? size)) this.#breakOff('archive-broken');
    };
    file.start();
  }

  #take(data: Uint8Array, isReport: boolean): void {
    this.#unfolded += data.length;
    if (this.#unfolded > this.#limit) this.#breakOff('archive-too-large');
    if (isReport && this.brokenOff === null) this.#waiting.push(data);
  }

  /** The first reason stands. */
  #breakOff(reason: BrokenOff): void {
    this.brokenOff ??= reason;
  }
}
