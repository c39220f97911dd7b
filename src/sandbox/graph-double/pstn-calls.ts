import type { JsonValue } from '../../decision/json.ts';
import { dayMs, type Instant } from '../../decision/time.ts';
import type { CallHistory } from '../usage-maker.ts';
import { failed, found, type GraphAnswer, type GraphPart } from './graph-answer.ts';

/**
 * `getPstnCalls` as documented: both spellings of the path and of the parameters, both ends of the range included,
 * at most ninety days, pages with `$skip`. A row shows only once it is reported.
 */
export function pstnCalls(options: {
  readonly calls: CallHistory;
  readonly now: () => Instant;
  readonly pageSize: number;
  readonly pageOrder?: (pages: number) => readonly number[];
}): GraphPart {
  return ({ path, query, versionUrl }) => {
    const groups = functionCall.exec(path)?.groups;
    if (groups === undefined) return null;
    const { from: fromText = '', to: toText = '' } = groups;
    const from = readStart(fromText);
    const to = readEnd(toText);
    const refusal = refuse(from, to);
    if (refusal !== null) return refusal;

    const skip = Number(query.get('$skip') ?? 0);
    const rows = options
      .calls({ from, to })
      .filter((call) => call.reportedAt <= options.now())
      .map((call) => call.row);
    const next = skip + options.pageSize;
    const page = pageAt(rows, skip / options.pageSize, options);
    const nextLink = `${versionUrl}/communications/callRecords/getPstnCalls(from=${fromText},to=${toText})?$skip=${next}`;
    return found({
      '@odata.context': `${versionUrl}/$metadata#Collection(microsoft.graph.callRecords.pstnCallLogRow)`,
      '@odata.count': page.length,
      value: page.map((row): JsonValue => ({ ...row })),
      ...(next < rows.length ? { '@odata.nextLink': nextLink } : {}),
    });
  };
}

function pageAt<Row>(
  rows: readonly Row[],
  position: number,
  { pageSize, pageOrder }: Pick<Parameters<typeof pstnCalls>[0], 'pageSize' | 'pageOrder'>,
): readonly Row[] {
  const page = pageOrder?.(Math.ceil(rows.length / pageSize))[position] ?? position;
  return rows.slice(page * pageSize, (page + 1) * pageSize);
}

const functionCall =
  /^\/communications\/callRecords\/(?:microsoft\.graph\.callRecords\.)?getPstnCalls\(from(?:DateTime)?=(?<from>[^,]+),to(?:DateTime)?=(?<to>[^)]+)\)$/;

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const longestRangeDays = 90;

function readStart(text: string): Instant {
  return Date.parse(dateOnly.test(text) ? `${text}T00:00:00Z` : text);
}

/** A day that ends a range is in it as a whole. */
function readEnd(text: string): Instant {
  return dateOnly.test(text) ? readStart(text) + dayMs - 1 : Date.parse(text);
}

function refuse(from: Instant, to: Instant): GraphAnswer | null {
  if (Number.isNaN(from) || Number.isNaN(to)) {
    return failed(400, 'BadRequest', 'The fromDateTime or toDateTime is not a valid date.');
  }
  if (to < from) return failed(400, 'BadRequest', 'The fromDateTime must be before the toDateTime.');
  if (Math.floor((to - from) / dayMs) > longestRangeDays) {
    return failed(
      400,
      'BadRequest',
      'The range between fromDateTime and toDateTime must not exceed 90 days.',
    );
  }
  return null;
}
