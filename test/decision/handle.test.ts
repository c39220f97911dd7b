import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Change, CommitReply } from '../../src/decision/commit.ts';
import type { Refusal } from '../../src/decision/decider.ts';
import { handle, type Plan, type Step, TooManyConflicts } from '../../src/decision/handle.ts';
import { type TenantId, tenantId } from '../../src/decision/ids.ts';

const change: Change = {
  tenantId: tenantId('00000000-0000-4000-8000-000000000001') as TenantId,
  heads: [],
  events: [],
  counts: [],
  records: [],
  members: [],
  messages: [],
};
const aChange: Plan<string, Refusal> = { kind: 'change', change, outcome: 'first' };

function step(parts: {
  plan?: Plan<string, Refusal>;
  replies?: readonly CommitReply[];
  recalled?: Exclude<CommitReply, { kind: 'committed' | 'conflict' }> | null;
}) {
  const commit = sinon.stub<[Change], Promise<CommitReply>>();
  commit.resolves({ kind: 'conflict' });
  parts.replies?.forEach((reply, call) => {
    commit.onCall(call).resolves(reply);
  });
  const decide = sinon.stub<[], Promise<Plan<string, Refusal>>>().resolves(parts.plan ?? aChange);
  const made: Step<string, Refusal> = {
    recall: async () => parts.recalled ?? null,
    decide,
    commit,
    readOutcome: (stored) => `read ${String(stored)}`,
  };
  return { made, decide, commit };
}

describe('handle', () => {
  it('commits what was decided and gives its outcome', async () => {
    const { made } = step({ replies: [{ kind: 'committed' }] });
    assert.deepEqual(await handle(made), { kind: 'done', outcome: 'first', repeated: false });
  });

  it('decides anew on the new state after a conflict', async () => {
    const { made, decide } = step({
      replies: [{ kind: 'conflict' }, { kind: 'conflict' }, { kind: 'committed' }],
    });
    assert.equal((await handle(made)).kind, 'done');
    assert.equal(decide.callCount, 3);
  });

  it('commits nothing where the rule says no', async () => {
    const { made, commit } = step({ plan: { kind: 'refused', refusal: { code: 'no' } } });
    assert.deepEqual(await handle(made), { kind: 'refused', refusal: { code: 'no' } });
    assert.equal(commit.callCount, 0);
  });

  it('commits nothing where all of it was known', async () => {
    const { made, commit } = step({ plan: { kind: 'nothing', outcome: 'known' } });
    assert.deepEqual(await handle(made), { kind: 'done', outcome: 'known', repeated: false });
    assert.equal(commit.callCount, 0);
  });

  it('answers a known key as before, without deciding again', async () => {
    const { made, decide } = step({ recalled: { kind: 'repeated', outcome: 'first' } });
    assert.deepEqual(await handle(made), { kind: 'done', outcome: 'read first', repeated: true });
    assert.equal(decide.callCount, 0);
  });

  it('answers as before where the same request was committed meanwhile', async () => {
    const { made } = step({ replies: [{ kind: 'repeated', outcome: 'first' }] });
    assert.deepEqual(await handle(made), { kind: 'done', outcome: 'read first', repeated: true });
  });

  for (const [sentence, parts] of [
    ['before deciding', { recalled: { kind: 'key-reused' } }],
    ['at the commit', { replies: [{ kind: 'key-reused' }] }],
  ] as const) {
    it(`refuses a key that stands for another request: seen ${sentence}`, async () => {
      const { made } = step(parts);
      assert.deepEqual(await handle(made), { kind: 'refused', refusal: { code: 'idempotency-key-reused' } });
    });
  }

  it('ends after a bounded number of conflicts in a row', async () => {
    const { made, commit } = step({});
    await assert.rejects(handle(made), TooManyConflicts);
    assert.equal(commit.callCount, 100);
  });
});
