import assert from 'node:assert/strict';
import { type Morning, playMorning } from './morning-simulation.ts';

const episodes = Number(process.env.EPISODES ?? 1_000);

/**
 * Goal: what waited in the night is heard once, in one message, and each incident has its card, whatever dies where.
 * Method: seeded mornings with one to three senders that die at their awaits, and a connector that fails.
 */
describe('senders that die in the morning', () => {
  it(`tell one list and each card, in ${episodes} mornings`, async () => {
    let [kills, unknowns] = [0, 0];
    for (let seed = 1; seed <= episodes; seed += 1) {
      const morning = await playMorning(seed);
      check(morning, `seed ${seed}`);
      kills += morning.kills;
      unknowns += morning.unknowns;
    }
    assert.ok(kills > episodes / 4 && unknowns > 0, 'mornings are to see deaths');
    if (process.env.EPISODES !== undefined) console.log({ kills, unknowns });
  }).timeout(30_000 + episodes * 20);
});

function check({ live, heard, unknowns, isSettled }: Morning, seed: string): void {
  assert.ok(isSettled, `${seed}: something is left to be done`);
  const [lists, cards] = [
    heard.filter(({ says }) => says === 'list'),
    heard.filter(({ says }) => says !== 'list'),
  ];
  assert.ok(lists.length <= 1, `${seed}: ${lists.length} lists`);
  for (const id of new Set(cards.map(({ says }) => says))) {
    const own = cards.filter(({ says }) => says === id);
    assert.equal(own.length, 1, `${seed}: ${id} has ${own.length} cards`);
  }
  const loud = heard.filter(({ silent }) => !silent);
  if (unknowns > 0) return;
  for (const id of live)
    assert.ok(
      cards.some(({ says }) => says === id),
      `${seed}: ${id} was missed`,
    );
  assert.equal(loud.length, 1, `${seed}: ${loud.length} messages made themselves heard`);
  assert.equal(heard[0]?.says, 'list', seed);
}
