import assert from 'node:assert/strict';
import type { PersonId } from '../../src/decision/ids.ts';
import { graphPost } from '../../src/graph/post.ts';
import { graphReach } from '../../src/graph/reach-people.ts';
import type { Reach } from '../../src/outbox/deliver.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { clientOf, startGraph, token } from './sandbox-graph.ts';

const [grace, seoyeon] = sandboxPeople as [SandboxPerson, SandboxPerson, ...SandboxPerson[]];
const teamsAppId = '7a0c2d1e-8a64-4c55-9a31-6f3b7d1e2c40';
const { id: tenant } = sandboxTenant;
const words = { subject: 'The balance is at zero', text: 'The balance is at zero\nCalls fail.' };

describe('reaching people by Graph', () => {
  let graph: GraphDouble;
  let installed: Set<PersonId>;
  let reach: Reach;

  const reachWith = (settings: { readonly teamsAppId: string | null; readonly mailSender: string | null }) =>
    graphReach({
      client: clientOf(graph).client,
      post: graphPost({ baseUrl: graph.baseUrl, tokens: { token: async () => token }, now: () => 0 }),
      baseUrl: graph.baseUrl,
      ...settings,
    });

  beforeEach(async () => {
    graph = await startGraph();
    installed = new Set();
    graph.joinTeams({
      install: (person) => {
        const isNew = !installed.has(person);
        installed.add(person);
        return person === seoyeon.id ? null : isNew;
      },
      chatId: (person) => `chat of ${person}`,
    });
    reach = reachWith({ teamsAppId, mailSender: grace.id });
  });
  afterEach(() => graph.stop());

  const opened = {
    kind: 'opened',
    address: { tenant, conversation: `chat of ${grace.id}`, serviceUrl: null, kind: 'personal' },
  };

  it('adds the app for a person and finds the chat', async () => {
    assert.deepEqual(await reach.install(tenant, grace.id), opened);
    assert.ok(installed.has(grace.id));
  });

  it('finds the chat where the app is there already', async () => {
    await reach.install(tenant, grace.id);
    assert.deepEqual(await reach.install(tenant, grace.id), opened);
  });

  it('knows who cannot be added the app', async () => {
    const cannot = { kind: 'gave-up', why: 'cannot-install' };
    assert.deepEqual(await reach.install(tenant, seoyeon.id), cannot);
    const without = reachWith({ teamsAppId: null, mailSender: null });
    assert.deepEqual(await without.install(tenant, grace.id), cannot);
    assert.equal(installed.has(grace.id), false);
  });

  it('comes again where Graph is busy, when Graph says', async () => {
    graph.faults.add({ kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 9 });
    const busy = { kind: 'again', afterMs: 9_000, why: '429' };
    assert.deepEqual(await reach.install(tenant, grace.id), busy);
  });

  it('sends a mail to the address that the directory knows', async () => {
    assert.deepEqual(await reach.mail(tenant, seoyeon.id, words), { kind: 'sent', activityId: '' });
    assert.deepEqual(graph.mails, [{ to: seoyeon.userPrincipalName, ...words }]);
  });

  it('sends none where no mailbox is set, nor to whom the directory does not know', async () => {
    const without = reachWith({ teamsAppId, mailSender: null });
    assert.deepEqual(await without.mail(tenant, grace.id, words), { kind: 'gave-up', why: 'no-way' });
    const stranger = '11111111-1111-4111-8111-111111111111' as PersonId;
    assert.deepEqual(await reach.mail(tenant, stranger, words), { kind: 'gave-up', why: 'no-mailbox' });
    assert.deepEqual(graph.mails, []);
  });

  it('does not know whether a mail left where the connection ends before the answer', async () => {
    graph.faults.add({ on: 'sendMail', kind: 'cut' });
    assert.deepEqual(await reach.mail(tenant, grace.id, words), { kind: 'unknown' });
  });

  it('is asked again where nothing left the house', async () => {
    await graph.stop();
    const outcome = await reach.install(tenant, grace.id);
    assert.deepEqual(outcome, { kind: 'again', afterMs: null, why: 'no-answer' });
  });
});
