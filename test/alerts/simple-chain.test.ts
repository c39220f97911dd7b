import assert from 'node:assert/strict';
import { defaultChain, escalationChain } from '../../src/alerts/escalation.ts';
import { rolesInChain, type SimpleChain, simpleChain, stepsOf } from '../../src/alerts/simple-chain.ts';

const role = '9f06204d-73c1-4d4c-880a-6edb90606fd8';
const never: SimpleChain = { roles: null, channel: null, mail: null };

describe('a chain as a form tells it', () => {
  it('is the times of its steps, and the same steps come of them again', () => {
    for (const steps of Object.values(defaultChain)) {
      const told = simpleChain(steps) ?? assert.fail();
      assert.deepEqual(stepsOf(told, rolesInChain(steps) ?? []), steps);
    }
    assert.deepEqual(simpleChain(defaultChain.critical), { roles: 30, channel: 60, mail: 120 });
    assert.deepEqual(simpleChain([]), never);
  });

  it('cannot tell of the same step twice', () => {
    const to = { kind: 'roles' as const, roles: [role] };
    const twice = [
      { afterMinutes: 5, to },
      { afterMinutes: 10, to },
    ];
    assert.equal(simpleChain(twice), null);
  });

  const cases: readonly (readonly [chain: SimpleChain, order: readonly string[] | null])[] = [
    [never, []],
    [{ roles: 60, channel: 15, mail: 30 }, ['channel', 'mail', 'roles']],
    [{ ...never, mail: 10_080 }, ['mail']],
    [{ ...never, roles: 60, mail: 60 }, null],
  ];
  for (const [chain, order] of cases) {
    it(`${JSON.stringify(chain)} is ${order === null ? 'none' : `[${order}]`}`, () => {
      const steps = stepsOf(chain, [role]);
      assert.deepEqual(steps?.map(({ to }) => to.kind) ?? null, order);
      if (steps !== null) escalationChain.shape.critical.parse(steps);
    });
  }
});
