import assert from 'node:assert/strict';
import { type Episode, play } from './crash-simulation.ts';

const episodes = Number(process.env.EPISODES ?? 2_000);

/**
 * Goal: whatever dies where, nobody misses what is critical, and nobody is told twice what a key can prevent. Method:
 * seeded episodes with one to three senders that die at their awaits, and a connector that fails in every way.
 */
describe('senders that die', () => {
  it(`miss nothing critical and double nothing that is known, in ${episodes} episodes`, async () => {
    const sums = { kills: 0, unknowns: 0, resent: 0, doubles: 0 };
    for (let seed = 1; seed <= episodes; seed += 1) {
      const episode = await play(seed);
      check(episode, `seed ${seed}`);
      sums.kills += episode.kills;
      sums.unknowns += episode.unknowns;
      sums.resent += episode.resent;
      sums.doubles += doubles(episode);
    }
    assert.ok(sums.kills > episodes, 'each episode is to see deaths');
    assert.ok(sums.doubles <= sums.resent);
    if (process.env.EPISODES !== undefined) console.log(sums);
  }).timeout(30_000 + episodes * 20);
});

function check(episode: Episode, seed: string): void {
  const { messages, heard, unknowns, resent } = episode;
  const last = messages.length;
  assert.ok(episode.isSettled, `${seed}: something is left to be done`);
  for (const { mode, urgency, version } of messages) {
    if (mode === 'edit' || (urgency !== 'critical' && unknowns > 0)) continue;
    const isHeard = heard.some(({ saidFirst }) => Number(saidFirst) >= version);
    assert.ok(isHeard, `${seed}: message ${version} (${mode}, ${urgency}) was missed`);
  }
  assert.ok(doubles(episode) <= resent, `${seed}: ${doubles(episode)} doubles and ${resent} counted`);
  if (unknowns > 0) return;
  const resolved = heard.filter(({ saidFirst }) => Number(saidFirst) === last);
  assert.equal(resolved.length, 1, `${seed}: resolved ${resolved.length} times`);
  const cards = heard.filter(({ as }) => as === 'card');
  assert.equal(cards.at(-1)?.says, String(last), `${seed}: the card is stale`);
  assert.equal(cards.at(-1)?.inert, false, seed);
  const live = cards.filter(({ inert }) => !inert);
  assert.ok(live.length <= 1 + episode.gone, `${seed}: ${live.length} cards can be tapped`);
}

/** More messages that made themselves heard than were meant to. */
function doubles({ messages, heard, gone }: Episode): number {
  return Math.max(0, heard.length - messages.filter(({ mode }) => mode !== 'edit').length - gone);
}
