import type { JsonValue } from '../../decision/json.ts';

export interface GraphAnswer {
  readonly status: number;
  readonly body: JsonValue;
}

/** One question to the double, taken apart. */
export interface GraphQuestion {
  /** Without the version, decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Where links in answers begin, the version included. */
  readonly versionUrl: string;
}

/** Answers the questions it knows; null leaves the question to the next part of the double. */
export type GraphPart = (question: GraphQuestion) => GraphAnswer | null;

export function found(body: JsonValue): GraphAnswer {
  return { status: 200, body };
}

/** One page of a collection, with the link to the next one. */
export function page(
  values: readonly JsonValue[],
  { path, query, versionUrl }: GraphQuestion,
  size: number,
): GraphAnswer {
  const skip = Number(query.get('$skiptoken') ?? 0);
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(skip + size));
  return found({
    '@odata.context': `${versionUrl}/$metadata#${path.slice(1)}`,
    ...(skip + size < values.length ? { '@odata.nextLink': `${versionUrl}${path}?${next}` } : {}),
    value: values.slice(skip, skip + size),
  });
}

/** Graph's documented error body. */
export function failed(status: number, code: string, message: string): GraphAnswer {
  const innerError = {
    date: '2026-01-01T00:00:00',
    'request-id': '6a1f1a02-54c2-4c7e-9f0d-0c6a0c5f3a11',
    'client-request-id': '6a1f1a02-54c2-4c7e-9f0d-0c6a0c5f3a11',
  };
  return { status, body: { error: { code, message, innerError } } };
}

/** Leaves only the fields that `$select` names, as Graph does; without it all of them. */
export function select(
  fields: Readonly<Record<string, JsonValue>>,
  query: URLSearchParams,
): Readonly<Record<string, JsonValue>> {
  const wanted = query.get('$select')?.split(',');
  if (wanted === undefined) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name)));
}
