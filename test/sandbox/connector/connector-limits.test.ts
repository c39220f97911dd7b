import assert from 'node:assert/strict';
import { connectorErrors } from '../../../src/sandbox/connector/connector-errors.ts';
import { RateLimits } from '../../../src/sandbox/connector/rate-limits.ts';
import { grace, type SandboxTeams, startSandboxTeams } from './sandbox-teams.ts';

describe("limits of the Connector double, those of Microsoft's table", () => {
  const cases: readonly [
    sentence: string,
    operation: 'send' | 'members',
    everyMs: number,
    passed: number,
    waitSeconds: number,
  ][] = [
    ['7 messages to one thread in a second', 'send', 0, 7, 1],
    ['8 messages in two seconds', 'send', 200, 8, 1],
    ['60 messages in thirty seconds', 'send', 400, 60, 6],
    ['1,800 messages in an hour', 'send', 1_000, 1_800, 1_800],
    ['14 looks at the members in a second', 'members', 0, 14, 1],
    ['120 looks at the members in thirty seconds', 'members', 200, 120, 6],
  ];
  for (const [sentence, operation, everyMs, passed, waitSeconds] of cases) {
    it(`let pass ${sentence}`, () => {
      const limits = new RateLimits();
      let at = 1_000_000;
      for (let count = 0; count < passed; count += 1) {
        assert.equal(limits.take(operation, 'thread', at), null, `request ${count + 1}`);
        at += everyMs;
      }
      assert.equal(limits.take(operation, 'thread', at), waitSeconds);
      assert.equal(limits.take(operation, 'thread', at + waitSeconds * 1_000), null);
    });
  }

  it('let pass 50 requests of the app in a second, whatever the threads', () => {
    const limits = new RateLimits();
    for (let thread = 0; thread < 50; thread += 1) {
      assert.equal(limits.take('send', `thread ${thread}`, 1_000_000), null);
    }
    assert.equal(limits.take('send', 'another', 1_000_000), 1);
  });
});

describe('Connector double that makes trouble', () => {
  let sandbox: SandboxTeams;
  const now = Date.parse('2026-11-24T12:00:00Z');

  beforeEach(async () => {
    sandbox = await startSandboxTeams({ now: () => now });
    await sandbox.teams.client.install(grace.id, 'personal');
  });
  afterEach(() => sandbox.stop());

  const seen = () => sandbox.teams.client.seen(grace.id, 'personal');
  const send = () => {
    const { id } = sandbox.teams.client.conversation(grace.id, 'personal');
    return fetch(`${sandbox.teams.serviceUrl}v3/conversations/${encodeURIComponent(id)}/activities`, {
      method: 'POST',
      body: JSON.stringify({ type: 'message', text: 'Hello.' }),
    });
  };
  const sendMany = async (count: number) => {
    const statuses: number[] = [];
    for (let sent = 0; sent < count; sent += 1) statuses.push((await send()).status);
    return statuses;
  };

  it('throttles nobody until it is told to', async () => {
    assert.deepEqual(new Set(await sendMany(12)), new Set([201]));
  });

  it('throttles with the seconds to wait', async () => {
    sandbox.teams.limit(true);
    assert.deepEqual(new Set(await sendMany(7)), new Set([201]));
    const refused = await send();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.deepEqual(await refused.json(), connectorErrors.throttled.body);
    assert.equal(seen().length, 7);
  });

  it('fails as it is told, once', async () => {
    sandbox.teams.faults.add({
      kind: 'answer',
      operation: 'send',
      answer: { ...connectorErrors.throttled, retryAfterSeconds: 7 },
    });
    const refused = await send();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '7');
    assert.equal((await send()).status, 201);
    assert.equal(seen().length, 1);
  });

  it('fails where it is told to, and not elsewhere', async () => {
    sandbox.teams.faults.add({ kind: 'answer', operation: 'update', answer: connectorErrors.badGateway });
    assert.equal((await send()).status, 201);
  });

  it('can do the work and cut the connection', async () => {
    sandbox.teams.faults.add({ kind: 'cut-after-success' });
    await assert.rejects(send());
    assert.equal(seen().length, 1);
  });

  it('can do the work and fall silent', async () => {
    sandbox.teams.faults.add({ kind: 'silence-after-success' });
    const answer = send();
    answer.catch(() => undefined);
    await sandbox.teams.client.view(grace.id, 'personal');
    while (seen().length === 0) await new Promise(setImmediate);
    await sandbox.teams.stop();
    await assert.rejects(answer);
  });

  it('writes down what the bot asked and what it was told', async () => {
    sandbox.teams.faults.add({ kind: 'answer', answer: connectorErrors.badGateway });
    await sendMany(2);
    const { id } = sandbox.teams.client.conversation(grace.id, 'personal');
    assert.deepEqual(sandbox.teams.requests, [
      { operation: 'send', conversation: id, status: 502 },
      { operation: 'send', conversation: id, status: 201 },
    ]);
  });
});
