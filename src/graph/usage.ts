import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type GraphPage, readGraphPage } from '../usage/graph-rows.ts';
import {
  type UsagePlace,
  type UsageProblem,
  type UsageSource,
  UsageSourceUnavailable,
} from '../workflows/ports.ts';
import { type GraphClient, inTheBackground } from './client.ts';
import { GraphFailed } from './graph-failed.ts';

/** The tenant's charged calls by Graph's `getPstnCalls`, page by page. */
export function graphUsage(client: GraphClient): UsageSource {
  return {
    page: async (tenant, place) => {
      try {
        return await readPage(client, tenant, place);
      } catch (cause) {
        throw cause instanceof GraphFailed
          ? new UsageSourceUnavailable(problemOf(cause, place), cause)
          : cause;
      }
    },
  };
}

/** A connection that broke off leaves half a page, and the next reading is whole; a poison page stays what it is. */
const readings = 3;

async function readPage(client: GraphClient, tenant: TenantId, place: UsagePlace): Promise<GraphPage> {
  let text = '';
  for (let reading = 0; reading < readings; reading += 1) {
    text = await ask(client, tenant, place);
    const page = readGraphPage(text);
    if (page.kind === 'page' && leadsOn(client, page, place)) return page;
  }
  throw new UsageSourceUnavailable({ kind: 'unreadable', content: text });
}

function ask(client: GraphClient, tenant: TenantId, place: UsagePlace): Promise<string> {
  if (place.kind === 'link') return client.follow(tenant, place.nextLink, inTheBackground);
  const range = `fromDateTime=${dateTime(place.from)},toDateTime=${dateTime(place.to)}`;
  return client.get(tenant, `/v1.0/communications/callRecords/getPstnCalls(${range})`, inTheBackground);
}

function dateTime(at: Instant): string {
  return new Date(at).toISOString();
}

/** A page that leads to another host, or back to itself, leads nowhere, and its token stays at home. */
function leadsOn(client: GraphClient, { nextLink }: GraphPage, place: UsagePlace): boolean {
  if (nextLink === null) return true;
  return client.isOwn(nextLink) && !(place.kind === 'link' && place.nextLink === nextLink);
}

/** Refusals that concern the link and not the application: it is too old, or Graph forgot it. */
const lostLink: ReadonlySet<number> = new Set([400, 404, 410]);

function problemOf({ problem }: GraphFailed, place: UsagePlace): UsageProblem {
  if (problem.kind === 'no-answer') return { kind: 'busy' };
  if (problem.kind === 'foreign-link') return { kind: 'link-lost' };
  if (problem.kind === 'refused' && place.kind === 'link' && lostLink.has(problem.status)) {
    return { kind: 'link-lost' };
  }
  return { kind: 'refused' };
}
