import assert from 'node:assert/strict';
import { callersIn, readCaller, storeCaller } from '../../src/usage/caller.ts';
import { usageRow } from './samples.ts';

describe('callers', () => {
  it('have the name of their latest call in a batch', () => {
    const told = callersIn([
      usageRow({ userId: 'a', userDisplayName: 'New Name', startedAt: 2_000 }),
      usageRow({ userId: 'a', userDisplayName: 'Old Name', startedAt: 1_000 }),
    ]);
    assert.deepEqual([...told], [['a', { displayName: 'New Name' }]]);
  });

  it('are known by the principal name where there is no id or no name', () => {
    const told = callersIn([
      usageRow({ userId: null, userPrincipalName: 'kim@example.org', userDisplayName: null }),
      usageRow({ userId: 'b', userPrincipalName: 'lee@example.org', userDisplayName: ' ' }),
    ]);
    assert.deepEqual(
      [...told].map(([user, { displayName }]) => [user, displayName]),
      [
        ['kim@example.org', 'kim@example.org'],
        ['b', 'lee@example.org'],
      ],
    );
  });

  it("are not made up for a bot's call, nor where no name is told", () => {
    const told = callersIn([
      usageRow({ userId: null, userPrincipalName: null }),
      usageRow({ userId: 'c', userPrincipalName: null, userDisplayName: null }),
    ]);
    assert.equal(told.size, 0);
  });

  it('are read back as they were stored, and nothing else is', () => {
    assert.deepEqual(readCaller(storeCaller({ displayName: '=이서연' })), { displayName: '=이서연' });
    assert.throws(() => readCaller({ v: 2, displayName: 'x' }));
  });
});
