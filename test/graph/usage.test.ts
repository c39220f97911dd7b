import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { graphUsage } from '../../src/graph/usage.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { makeUsage, type SandboxCall } from '../../src/sandbox/usage-maker.ts';
import type { ReadRow } from '../../src/usage/read-row.ts';
import { type UsageSource, UsageSourceUnavailable } from '../../src/workflows/ports.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';
import { clientOf, startGraph } from './sandbox-graph.ts';

const endAt = Date.parse('2026-11-24T14:05:00Z');

describe('usage by Graph', () => {
  const made = makeUsage({ ...usageMaking, endAt });
  const reported = made.filter(({ reportedAt }) => reportedAt <= endAt);
  let graph: GraphDouble;

  beforeEach(async () => {
    graph = await startGraph({
      calls: ({ from, to }) => made.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
      now: () => endAt,
      pageSize: 500,
    });
  });
  afterEach(() => graph.stop());

  const read = (range = { from: endAt - 90 * dayMs, to: endAt }) =>
    pagesOf(graphUsage(clientOf(graph).client), range);

  it('gives every reported call once, with its charge to the micro-unit', async () => {
    const calls = reported.filter(({ startedAt }) => startedAt >= endAt - 90 * dayMs);
    const rows = (await read()).flat().map(usage);
    assert.deepEqual(
      rows.map(({ id, charge }) => [id, charge]),
      calls.map((call) => [call.row.id, call.chargeMicroUnits]),
    );
  });

  it('reads page by page', async () => {
    const pages = await read();
    assert.deepEqual(
      pages.slice(0, -1).map((page) => page.length),
      pages.slice(0, -1).map(() => 500),
    );
    assert.equal(graph.questions.length, pages.length);
  });

  it('follows the link as it came, with its own names of the parameters', async () => {
    await read();
    assert.match(graph.questions[0]?.url ?? '', /getPstnCalls\(fromDateTime=/);
    assert.match(graph.questions[1]?.url ?? '', /getPstnCalls\(from=.+\)\?\$skip=500$/);
  });

  it('has not the calls of the last day, which are not reported yet', async () => {
    const rows = (await read()).flat().map(usage);
    assert.ok(rows.every(({ startedAt }) => startedAt < endAt - 24 * hourMs));
    assert.ok(made.some(({ startedAt }) => startedAt >= endAt - 24 * hourMs));
  });

  it('goes on after a page that Graph was too busy for', async () => {
    graph.faults.add({
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 3,
      on: '$skip=1000',
    });
    assert.equal((await read()).length, graph.questions.length - 1);
  });

  it('reads a page again that came as half a document', async () => {
    const whole = await read();
    graph.faults.add({ kind: 'half', on: '$skip=500' }, { kind: 'half', on: '$skip=500' });
    assert.deepEqual(await read(), whole);
  });

  it('gives a page up that is half a document each time, with its text', async () => {
    const half = { kind: 'half', on: '$skip=500' } as const;
    graph.faults.add(half, half, half);
    await assert.rejects(read(), (error) => {
      assert.ok(error instanceof UsageSourceUnavailable && error.problem.kind === 'unreadable');
      assert.match(error.problem.content, /^\{"@odata.context"/);
      return true;
    });
  });

  it('tells a link that Graph forgot from a refusal of the application', async () => {
    const gone = { kind: 'status', status: 410, code: 'Gone' } as const;
    graph.faults.add({ ...gone, on: '$skip=500' });
    await assert.rejects(read(), isUnavailable('link-lost'));
    graph.faults.add({ kind: 'status', status: 403, code: 'Forbidden' });
    await assert.rejects(read(), isUnavailable('refused'));
  });

  it('tells a Graph that is busy beyond patience', async () => {
    graph.faults.add(...Array.from({ length: 6 }, () => ({ kind: 'cut' }) as const));
    await assert.rejects(read(), isUnavailable('busy'));
  });

  it('fails where the range is longer than Graph answers', async () => {
    await assert.rejects(read({ from: endAt - 120 * dayMs, to: endAt }), isUnavailable('refused'));
  });

  it('gives one empty page for a range without calls', async () => {
    assert.deepEqual(await read({ from: endAt - hourMs, to: endAt }), [[]]);
  });
});

describe('usage by a Graph that leads astray', () => {
  const page = (nextLink: string) => JSON.stringify({ value: [], '@odata.nextLink': nextLink });

  for (const [sentence, nextLink] of [
    ['gives up where the next page is on another host', 'https://graph.example.com/v1.0/next'],
    ['gives up where the next page is the page itself', 'https://graph.microsoft.com/again'],
  ] as const) {
    it(sentence, async () => {
      const isOwn = (link: string) => link.startsWith('https://graph.microsoft.com/');
      const asked: string[] = [];
      const client = {
        get: async () => page(nextLink),
        follow: async (_: unknown, link: string) => {
          asked.push(link);
          return page(nextLink);
        },
        isOwn,
      };
      await assert.rejects(pagesOf(graphUsage(client), { from: 0, to: 1 }), isUnavailable('unreadable'));
      assert.ok(asked.every(isOwn), 'nothing is asked elsewhere');
    });
  }
});

describe('Graph double', () => {
  it('answers both spellings of the path and of the parameters alike', async () => {
    const call = makeUsage({ ...usageMaking, endAt })[0] as SandboxCall;
    const graph = await startGraph({ calls: () => [call], now: () => endAt, expectedToken: null });
    const day = call.row.startDateTime.slice(0, 10);
    const paths = [
      `getPstnCalls(fromDateTime=${day},toDateTime=${day})`,
      `getPstnCalls(from=${day},to=${day})`,
      `microsoft.graph.callRecords.getPstnCalls(fromDateTime=${day},toDateTime=${day})`,
    ];
    const answers = await Promise.all(
      paths.map(async (path) =>
        (await fetch(`${graph.baseUrl}/v1.0/communications/callRecords/${path}`)).json(),
      ),
    );
    await graph.stop();
    for (const answer of answers) {
      assert.deepEqual(answer, {
        '@odata.context': `${graph.baseUrl}/v1.0/$metadata#Collection(microsoft.graph.callRecords.pstnCallLogRow)`,
        '@odata.count': 1,
        value: [{ ...call.row }],
      });
    }
  });

  it("has the fields of Graph's documented rows", () => {
    const sample: unknown = JSON.parse(
      readFileSync(new URL('fixtures/pstn-call-log-row.json', import.meta.url), 'utf8'),
    );
    const [call] = makeUsage({ ...usageMaking, endAt });
    assert.deepEqual(Object.keys(call?.row ?? {}).sort(), Object.keys(sample as object).sort());
  });
});

async function pagesOf(
  source: UsageSource,
  range: { readonly from: number; readonly to: number },
): Promise<readonly (readonly ReadRow[])[]> {
  const all: (readonly ReadRow[])[] = [];
  let page = await source.page(sandboxTenant.id, { kind: 'range', ...range });
  all.push(page.rows);
  while (page.nextLink !== null) {
    page = await source.page(sandboxTenant.id, { kind: 'link', nextLink: page.nextLink });
    all.push(page.rows);
  }
  return all;
}

function usage(read: ReadRow) {
  return read.kind === 'row' ? read.usage : assert.fail(read.reason);
}

function isUnavailable(kind: string): (error: unknown) => boolean {
  return (error) => error instanceof UsageSourceUnavailable && error.problem.kind === kind;
}
