import { CsvError, Parser } from 'csv-parse';
import { inPieces } from './byte-pieces.ts';
import type { BrokenOff } from './read-row.ts';

/** Records of a CSV text, in the order of the text; where `brokenOff` is set, no more follow. */
export interface ReportRecords {
  readonly records: readonly (readonly string[])[];
  readonly brokenOff: BrokenOff | null;
}

/** The documented columns have at most 900 characters together; a line beyond this is no row, and has no end. */
export const maxLineBytes = 64 * 1_024;

/** Bytes parsed at once, which bounds the records that wait: a source may hand over a whole file in one piece. */
const pieceBytes = 64 * 1_024;

/**
 * Cuts CSV (RFC 4180) into records, empty lines left out, quoted line breaks and a byte order mark understood.
 * Quotes in odd places are taken as text. Throws what the bytes' source throws.
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReportRecords, undefined, undefined> {
  const parser = new RecordParser();
  try {
    for await (const piece of inPieces(bytes, pieceBytes)) {
      const brokenOff = await write(parser, piece);
      yield { records: parser.taken(), brokenOff };
      if (brokenOff !== null) return;
    }
    const brokenOff = await write(parser, null);
    yield { records: parser.taken(), brokenOff };
  } finally {
    parser.destroy();
  }
}

/** Keeps the records itself: read from the stream, those before an error would be lost. */
class RecordParser extends Parser {
  #waiting: string[][] = [];

  constructor() {
    super({
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: maxLineBytes,
    });
    // The write's own callback tells; a stream whose error nobody hears ends the process.
    this.on('error', () => undefined);
  }

  override push(record: string[] | null): boolean {
    if (record !== null) this.#waiting.push(record);
    return true;
  }

  /** The records since the last time. */
  taken(): readonly (readonly string[])[] {
    const records = this.#waiting;
    this.#waiting = [];
    return records;
  }
}

/** Null ends the text. @throws what is not an error of the text. */
function write(parser: Parser, piece: Uint8Array | null): Promise<BrokenOff | null> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => {
      if (!error) return resolve(null);
      if (error instanceof CsvError) return resolve(brokenOffBy(error));
      reject(error);
    };
    if (piece === null) parser.end(done);
    else parser.write(piece, done);
  });
}

function brokenOffBy(error: CsvError): BrokenOff {
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'line-too-long';
}
