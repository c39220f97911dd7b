import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Refusal } from '../decision/decider.ts';
import type { JsonValue } from '../decision/json.ts';

/**
 * A journal is text: one JSON object a line. The first line is the header, the last the end; between them is a line
 * for each fact. Every line ends with a `sum` of itself, so that an altered byte is found in its line, and the end
 * has the digest of all lines before it, so that a line that is missing or moved is found too.
 */
export type JournalPart = z.infer<typeof part>;
export type JournalHeader = z.infer<typeof header>;
type JournalEnd = z.infer<typeof end>;

const json = z.custom<JsonValue>((value) => value !== undefined);
const header = z.object({
  kind: z.literal('journal'),
  v: z.literal(1),
  tenant: z.string(),
  /** ISO 8601 in UTC. */
  at: z.string(),
  /** What `credits verify` says of the tenant, and of whatever is rebuilt from this. */
  stateHash: z.string(),
});
const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), log: z.string(), event: json }),
  z.object({ kind: z.literal('record'), table: z.string(), id: z.string(), value: json }),
  z.object({ kind: z.literal('member'), index: z.string(), member: z.string(), score: z.number() }),
  z.object({
    kind: z.literal('count'),
    model: z.string(),
    field: z.string(),
    number: z.string().regex(/^-?\d{1,19}$/),
  }),
  z.object({ kind: z.literal('answer'), key: z.string(), digest: z.string(), outcome: json }),
  /** Without a state where that follows from the events of a log. */
  z.object({
    kind: z.literal('head'),
    head: z.string(),
    version: z.number().int().positive(),
    state: json.optional(),
  }),
]);
const end = z.object({ kind: z.literal('end'), lines: z.number().int(), digest: z.string() });

export interface JournalRefusal extends Refusal {
  readonly code:
    | 'journal-foreign'
    /** The line has not the sum that it ends with, or is not what a journal may have there. */
    | 'journal-altered'
    /** Its end is missing; the line is the last that is whole. */
    | 'journal-cut'
    /** Every line is whole, but they are not those that were written, or not in their order. */
    | 'journal-incomplete';
  readonly data: { readonly line: number };
}

/** Makes lines of a journal; each is to be written in the order in which it was made. */
export class JournalWriter {
  readonly #digest = createHash('sha256');
  #lines = 0;

  line(content: JournalHeader | JournalPart): string {
    const line = summed(content);
    this.#digest.update(line);
    this.#lines += 1;
    return line;
  }

  end(): string {
    return summed({ kind: 'end', lines: this.#lines, digest: this.#digest.digest('hex') });
  }
}

function summed(content: JournalHeader | JournalPart | JournalEnd): string {
  const text = JSON.stringify(content);
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}\n`;
}

function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** Lines of a journal in their order. Where `refusal` is set no more follow, and nothing of the journal counts. */
export interface JournalPiece {
  /** With the header's piece alone. */
  readonly header: JournalHeader | null;
  readonly parts: readonly NumberedPart[];
  /** With the last piece of a whole journal: the digest of all that it holds. */
  readonly digest: string | null;
  readonly refusal: JournalRefusal | null;
}

/** Lines are numbered from 1, the header's. */
export interface NumberedPart {
  readonly line: number;
  readonly part: JournalPart;
  /** Characters of the line. */
  readonly length: number;
}

/** Reads a journal in bounded memory, checking every line. Throws what the bytes' source throws. */
export async function* readJournal(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JournalPiece> {
  const reader = new JournalReader();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    const piece = reader.read(lines);
    yield piece;
    if (piece.refusal !== null) return;
  }
  const ending = reader.ending(rest + decoder.decode());
  if (ending !== null) yield { header: null, parts: [], digest: null, refusal: ending };
}

class JournalReader {
  readonly #hash = createHash('sha256');
  #line = 0;
  #digest: string | null = null;

  read(lines: readonly string[]): JournalPiece {
    let found: JournalHeader | null = null;
    const parts: NumberedPart[] = [];
    for (const line of lines) {
      this.#line += 1;
      const content = this.#take(line);
      if (typeof content === 'string') {
        const refusal: JournalRefusal = { code: content, data: { line: this.#line } };
        return { header: null, parts: [], digest: null, refusal };
      }
      if (content.kind === 'journal') found = content;
      else if (content.kind !== 'end') parts.push({ line: this.#line, part: content, length: line.length });
    }
    return { header: found, parts, digest: this.#digest, refusal: null };
  }

  /** What is wrong with how the text ended, if anything; the rest stands behind the last line break. */
  ending(rest: string): JournalRefusal | null {
    if (this.#digest !== null) {
      return rest === '' ? null : { code: 'journal-altered', data: { line: this.#line + 1 } };
    }
    if (this.#line === 0) return { code: 'journal-foreign', data: { line: 1 } };
    return { code: 'journal-cut', data: { line: this.#line } };
  }

  #take(line: string): JournalHeader | JournalPart | JournalEnd | JournalRefusal['code'] {
    const isFirst = this.#line === 1;
    const content = contentOf(line);
    const data = isFirst ? header.safeParse(content).data : factOrEnd(content);
    if (data === undefined) return isFirst ? 'journal-foreign' : 'journal-altered';
    if (this.#digest !== null) return 'journal-altered';
    if (data.kind !== 'end') {
      this.#hash.update(line).update('\n');
      return data;
    }
    this.#digest = this.#hash.digest('hex');
    const isWhole = data.lines === this.#line - 1 && data.digest === this.#digest;
    return isWhole ? data : 'journal-incomplete';
  }
}

const lineSchema = z.union([part, end]);

/** Undefined for what is neither. */
function factOrEnd(content: unknown): JournalPart | JournalEnd | undefined {
  return isRecord(content) ? content : lineSchema.safeParse(content).data;
}

/** Checked by hand, for nearly all of a journal is records: the schema alone took a fifth of a rebuild. */
function isRecord(content: unknown): content is Extract<JournalPart, { readonly kind: 'record' }> {
  return (
    typeof content === 'object' &&
    content !== null &&
    'kind' in content &&
    content.kind === 'record' &&
    'table' in content &&
    typeof content.table === 'string' &&
    'id' in content &&
    typeof content.id === 'string' &&
    'value' in content
  );
}

const sumLength = ',"sum":"00000000"}'.length;

/** Undefined where the line is not what was written. */
function contentOf(line: string): unknown {
  const text = `${line.slice(0, -sumLength)}}`;
  if (line.slice(-sumLength) !== `,"sum":"${sumOf(text)}"}`) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
