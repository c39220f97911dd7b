import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { Places } from '../../src/graph/places.ts';

/** Work that lasts until a test ends it, and the order in which it began. */
function worksIn(places: Places) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    enter: (name: string, somebodyWaits: boolean, key = 'tenant') =>
      places.whileHeld(key, { somebodyWaits }, async () => {
        begun.push(name);
        await new Promise<void>((end) => ends.set(name, end));
        return name;
      }),
    end: async (name: string) => {
      ends.get(name)?.();
      ends.delete(name);
      await turn();
    },
    underWay: () => [...ends.keys()],
  };
}

describe('places', () => {
  it('are given in order, and one that is left is given on', async () => {
    const { enter, end, begun } = worksIn(new Places(2));
    const all = ['a', 'b', 'c', 'd'].map((name) => enter(name, true));
    await turn();
    assert.deepEqual(begun, ['a', 'b']);
    await end('b');
    assert.deepEqual(begun, ['a', 'b', 'c']);
    await end('a');
    await end('c');
    await end('d');
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd']);
  });

  it('go to those who wait before work that came earlier', async () => {
    const { enter, end, begun } = worksIn(new Places(2));
    void enter('first', false);
    void enter('second', false);
    void enter('person', true);
    void enter('other person', true);
    await turn();
    await end('first');
    assert.deepEqual(begun, ['first', 'person', 'other person']);
    await end('person');
    await end('other person');
    assert.deepEqual(begun.at(-1), 'second');
    await end('second');
  });

  it('are not all taken by work that nobody waits for', async () => {
    const { enter, begun, end } = worksIn(new Places(4));
    const works = ['a', 'b', 'c', 'd'];
    for (const name of works) void enter(name, false);
    void enter('person', true);
    await turn();
    assert.deepEqual(begun, ['a', 'b', 'c', 'person']);
    for (const name of ['person', ...works]) await end(name);
  });

  it('are of one key', async () => {
    const { enter, begun, end } = worksIn(new Places(1));
    void enter('a', true, 'one');
    void enter('b', true, 'other');
    await turn();
    assert.deepEqual(begun, ['a', 'b']);
    await end('a');
    await end('b');
  });

  it('are free again after work that fails', async () => {
    const places = new Places(1);
    const failing = places.whileHeld('tenant', { somebodyWaits: true }, () =>
      Promise.reject(new Error('no')),
    );
    await assert.rejects(failing, /no/);
    assert.equal(await places.whileHeld('tenant', { somebodyWaits: true }, async () => 'yes'), 'yes');
  });

  it('are never more than there are, and nobody waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 20 }),
        fc.array(fc.nat()),
        async (comers, picks) => {
          const { enter, end, begun, underWay } = worksIn(new Places(4));
          const all = comers.map((somebodyWaits, index) => enter(String(index), somebodyWaits));
          await turn();
          for (let step = 0; underWay().length > 0; step += 1) {
            const current = underWay();
            assert.ok(current.length <= 4);
            await end(current[(picks[step % (picks.length || 1)] ?? 0) % current.length] ?? '');
          }
          assert.equal(begun.length, comers.length);
          await Promise.all(all);
        },
      ),
      { numRuns: 50 },
    );
  });
});
