import assert from 'node:assert/strict';
import { inert } from '../../cards/inert.ts';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { readers, sampleAnswer, samples } from './samples.ts';

const kinds: ReadonlySet<Answer['kind']> = new Set(['incident', 'topup']);

/** What can change no more, what others read, and what somebody is to put right; all other samples can change. */
const withoutRefresh: ReadonlySet<string> = new Set([
  'topup, similar',
  'topup, order-refused',
  'topup, proven',
  'topup, rejected',
  'topup, cancelled',
  'topup, expired',
  'topup, lapsed',
  'incident, zero over',
  'incident, low over',
  'incident, failed over',
  'incident, drill over',
  'incident, spike closed',
  'incident, succeeded',
  'incident, in a channel',
]);

describe('a card that can change', () => {
  for (const { kind, name, answer } of samples) {
    const wanted = kinds.has(kind) && !withoutRefresh.has(`${kind}, ${name}`);
    it(`asks ${wanted ? '' : 'not '}to be refreshed: ${kind}, ${name}`, () => {
      for (const reader of [readers.en, readers.ko]) {
        const { refresh } = render(answer, reader).card;
        assert.deepEqual(refresh, wanted ? expected(answer, [reader.teamsUser ?? '']) : undefined);
      }
    });
  }

  it('names nobody where the reader’s id is not known: in a chat of two Teams refreshes for both', () => {
    const answer = sampleAnswer('topup', 'to-approve');
    const { teamsUser: _teamsUser, ...unknown } = readers.en;
    assert.deepEqual(render(answer, unknown).card.refresh, expected(answer, null));
  });

  it('is one person’s: another reader of the same facts is not asked in the first one’s name', () => {
    const answer = sampleAnswer('incident', 'zero');
    const [one, other] = ['29:1one', '29:1other'].map((teamsUser) =>
      render(answer, { ...readers.en, teamsUser }),
    );
    assert.notDeepEqual(one?.card.refresh, other?.card.refresh);
    assert.deepEqual({ ...one?.card, refresh: null }, { ...other?.card, refresh: null });
  });

  it('asks no more once a newer card took its place', () => {
    const { card } = render(sampleAnswer('topup', 'to-approve'), readers.en);
    assert.ok(card.refresh);
    assert.equal(inert(card, readers.en).refresh, undefined);
  });
});

function expected(answer: Answer, userIds: readonly string[] | null) {
  const action =
    answer.kind === 'incident'
      ? { verb: 'alert.view', data: { episode: answer.id } }
      : { verb: 'topup.view', data: { request: answer.kind === 'topup' ? answer.number : 0 } };
  return { action: { type: 'Action.Execute', ...action }, ...(userIds && { userIds }) };
}
