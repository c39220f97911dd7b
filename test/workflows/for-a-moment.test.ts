import assert from 'node:assert/strict';
import { forAMoment } from '../../src/workflows/for-a-moment.ts';

describe('what many ask for at once', () => {
  let now: number;
  let briefly: ReturnType<typeof forAMoment<number>>;

  beforeEach(() => {
    now = 0;
    briefly = forAMoment<number>(() => now);
  });

  it('is read once, and anew after a moment', async () => {
    let times = 0;
    const read = async () => {
      times += 1;
      return times;
    };
    const asked = Array.from({ length: 1_000 }, () => briefly('drill-1', read));
    assert.deepEqual(new Set(await Promise.all(asked)), new Set([1]));
    now += 2_999;
    assert.equal(await briefly('drill-1', read), 1);
    now += 1;
    assert.equal(await briefly('drill-1', read), 2);
  });

  it('is apart for each key', async () => {
    assert.equal(await briefly('a', async () => 1), 1);
    assert.equal(await briefly('b', async () => 2), 2);
  });

  it('is asked for again where it failed', async () => {
    await assert.rejects(
      briefly('a', () => Promise.reject(new Error('away'))),
      /away/,
    );
    assert.equal(await briefly('a', async () => 7), 7);
  });
});
