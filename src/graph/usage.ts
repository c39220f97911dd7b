import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type GraphPage, readGraphPage } from '../usage/graph-rows.ts';
import { type UsageSource, UsageSourceUnavailable } from '../workflows/ports.ts';
import { type GraphClient, inTheBackground } from './client.ts';
import { GraphFailed } from './graph-failed.ts';

/** The tenant's charged calls by Graph's `getPstnCalls`, both ends of the range included, page by page. */
export function graphUsage(client: GraphClient): UsageSource {
  return {
    async *pages(tenant, range) {
      try {
        for await (const page of pagesOf(client, { tenant, ...range })) yield page.rows;
      } catch (cause) {
        throw cause instanceof GraphFailed ? new UsageSourceUnavailable(cause) : cause;
      }
    },
  };
}

interface Question {
  readonly tenant: TenantId;
  readonly from: Instant;
  readonly to: Instant;
}

async function* pagesOf(client: GraphClient, { tenant, from, to }: Question): AsyncIterable<GraphPage> {
  const followed = new Set<string>();
  const range = `fromDateTime=${dateTime(from)},toDateTime=${dateTime(to)}`;
  const path = `/v1.0/communications/callRecords/getPstnCalls(${range})`;
  let page = readPage(await client.get(tenant, path, inTheBackground));
  yield page;
  while (page.nextLink !== null) {
    if (followed.has(page.nextLink)) throw new GraphFailed({ kind: 'circular-links' });
    followed.add(page.nextLink);
    page = readPage(await client.follow(tenant, page.nextLink, inTheBackground));
    yield page;
  }
}

function readPage(text: string): GraphPage {
  const page = readGraphPage(text);
  if (page.kind === 'page') return page;
  // Without the refusal as its cause, for that quotes the answer.
  throw new GraphFailed({ kind: 'unreadable' });
}

function dateTime(at: Instant): string {
  return new Date(at).toISOString();
}
