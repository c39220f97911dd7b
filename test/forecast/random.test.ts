import assert from 'node:assert/strict';
import { randomOf } from '../../src/forecast/random.ts';

const drawn = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random numbers', () => {
  it('are the same for the same seed, and others for a neighbour', () => {
    assert.deepEqual(drawn(5, randomOf(7).uniform), drawn(5, randomOf(7).uniform));
    assert.notDeepEqual(drawn(5, randomOf(7).uniform), drawn(5, randomOf(8).uniform));
    assert.notDeepEqual(drawn(5, randomOf(1).uniform), drawn(5, randomOf(1 + 2 ** 32).uniform));
  });

  it('have the moments that their names promise', () => {
    const random = randomOf(1);
    const uniform = drawn(20_000, random.uniform);
    assert.ok(uniform.every((value) => value >= 0 && value < 1));
    assert.ok(Math.abs(mean(uniform) - 0.5) < 0.01);
    const normal = drawn(20_000, random.normal);
    assert.ok(Math.abs(mean(normal)) < 0.03);
    assert.ok(Math.abs(mean(normal.map((value) => value ** 2)) - 1) < 0.05);
    assert.ok(Math.abs(mean(drawn(20_000, random.exponential)) - 1) < 0.03);
  });
});
